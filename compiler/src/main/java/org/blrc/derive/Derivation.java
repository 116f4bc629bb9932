package org.blrc.derive;

import java.util.List;
import org.blrc.program.Program;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;

/**
 * A finished derivation.
 *
 * @param optimizer the spec's name for it
 * @param steps what was done, in order
 * @param result the new value of each state
 * @param program what back ends see
 */
public record Derivation(String optimizer, List<Step> steps, List<Result> result, Program program) {

  public Derivation {
    steps = List.copyOf(steps);
    result = List.copyOf(result);
  }

  /** {@code new(state) = value}. */
  public record Result(Sym state, Expr value) {}
}
