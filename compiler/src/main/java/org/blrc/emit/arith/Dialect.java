package org.blrc.emit.arith;

import java.util.List;

/** How a language writes what languages write differently. */
public interface Dialect {

  /**
   * A call.
   *
   * @param arguments as text, with the marks of {@link LineBreaks}
   */
  String call(Operation operation, List<String> arguments, Precision precision);

  /** A whole number as a literal of floating-point type. */
  String real(String digits, Precision precision);
}
