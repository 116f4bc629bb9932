package org.blrc.symbolic;

import static org.blrc.symbolic.Samples.TARGET;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.blrc.symbolic.Expr.Sym;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which equations are solved. */
final class SolverTest {

  @ParameterizedTest
  @ValueSource(strings = {"square", "sine", "twice", "size"})
  void noSolutionIsClaimedWhereItIsNotUnique(String which) {
    Sym x = Samples.X;
    Expr left =
        switch (which) {
          case "square" -> Exprs.square(x);
          case "sine" -> Exprs.call(Function.SIN, x);
          case "twice" -> Exprs.add(x, Exprs.call(Function.EXP, x));
          default -> Exprs.call(Function.ABS, x);
        };
    assertEquals(Optional.empty(), Solver.solve(left, TARGET, x));
  }

  @Test
  void theBranchIsTheOneInTheDomain() {
    Expr solution = Solver.solve(Exprs.square(Samples.P), TARGET, Samples.P).orElseThrow();
    assertEquals(1.5, Samples.value(solution, Map.of(TARGET, 2.25)), 1e-12);
  }

  @Test
  void aPowerWithAnUnknownExponentHasOneRoot() {
    Expr power = Exprs.negate(Exprs.pow(Samples.P, Exprs.negate(Samples.Q)));
    Expr solution = Solver.solve(power, TARGET, Samples.P).orElseThrow();
    assertEquals(
        Math.pow(2.25, -1 / 3.0),
        Samples.value(solution, Map.of(TARGET, -2.25, Samples.Q, 3.0)),
        1e-12);
    // The exponent may be 0, and then any base is as good.
    Expr open = Exprs.pow(Samples.P, Samples.X);
    assertEquals(Optional.empty(), Solver.solve(open, TARGET, Samples.P));
  }
}
