package org.blrc.program;

import org.blrc.symbolic.Function;

/** What a kind of arithmetic makes of exact results, or of values that it reads. */
@FunctionalInterface
public interface Arithmetic {

  double rounded(double exact);

  /** The same for the value of a function. */
  default double rounded(Function function, double exact) {
    return rounded(exact);
  }
}
