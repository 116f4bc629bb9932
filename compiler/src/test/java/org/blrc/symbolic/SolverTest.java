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

  /** As log(p) - log(1 - p), in which the unknown stands twice. */
  @ParameterizedTest
  @ValueSource(doubles = {-800, -1.5, 0, 0.25, 800})
  void ofLogOddsTheProbabilityIsFoundWithoutOverflow(double value) {
    Sym p = new Sym(Sym.Kind.STATE, "p", 0, Domain.UNIT);
    Expr rest = Exprs.subtract(Exprs.ONE, p);
    Expr odds = Exprs.subtract(Exprs.call(Function.LOG, p), Exprs.call(Function.LOG, rest));
    Expr solution = Solver.solve(odds, TARGET, p).orElseThrow();
    double expected = 1 / (1 + Math.exp(-value));
    assertEquals(expected, Samples.value(solution, Map.of(TARGET, value)), 1e-15);
    Expr against = Solver.solve(Exprs.mul(Exprs.num(-2), odds), TARGET, p).orElseThrow();
    assertEquals(expected, Samples.value(against, Map.of(TARGET, -2 * value)), 1e-15);
  }

  @Test
  void aSumOfLogarithmsIsTheLogarithmOfAProduct() {
    Expr sum =
        Exprs.add(
            Exprs.mul(Exprs.num(3), Exprs.call(Function.LOG, Samples.P)),
            Exprs.mul(Exprs.num(-3), Exprs.call(Function.LOG, Exprs.add(Samples.P, Exprs.num(4)))));
    Expr solution = Solver.solve(sum, TARGET, Samples.P).orElseThrow();
    // p / (p + 4) = 1 / 3
    assertEquals(2, Samples.value(solution, Map.of(TARGET, -3 * Math.log(3))), 1e-12);
  }
}
