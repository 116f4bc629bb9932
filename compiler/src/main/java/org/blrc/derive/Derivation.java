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
 * @param setting what it starts from
 */
public record Derivation(
    String optimizer, List<Step> steps, List<Result> result, Program program, Setting setting) {

  public Derivation {
    steps = List.copyOf(steps);
    result = List.copyOf(result);
  }

  /** The common rate of the rule, in lines before each state's own takes its place. */
  public static final Sym RATE = Symbols.RATE;

  /** The number of the step, from 1. */
  public static final Sym STEP_NUMBER = Scope.STEP_NUMBER;

  /** How lines refer to the value after the step of a state or of a parameter. */
  public static Sym newValue(Sym old) {
    return Symbols.newValue(old);
  }

  /** {@code new(state) = value}. */
  public record Result(Sym state, Expr value) {}
}
