package org.blrc.symbolic;

import static org.blrc.symbolic.RandomExpr.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.blrc.symbolic.Expr.Sym;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Solutions against the values that they come from. */
final class SolverTest {

  private static final Sym TARGET = new Sym(Sym.Kind.STATE, "target", 9, Domain.REAL);

  /** Layers around a positive unknown; each is invertible and keeps it positive. */
  @Test
  void chainsOfInvertibleFunctions() {
    RandomExpr random = new RandomExpr(6);
    int solved = 0;
    for (int i = 0; i < 1000; i++) {
      WorkBudget.reset();
      Expr left = RandomExpr.P;
      int depth = 1 + random.below(3);
      for (int layer = 0; layer < depth; layer++) {
        left = layer(left, random.below(10));
      }
      Optional<Expr> solution = Solver.solve(left, TARGET, RandomExpr.P);
      if (solution.isPresent()) {
        solved++;
        check(left, solution.get(), random.point());
      }
    }
    assertTrue(solved > 700, "only " + solved + " solved");
  }

  private static Expr layer(Expr inner, int which) {
    return switch (which) {
      case 0 -> Exprs.mul(RandomExpr.Q, inner);
      case 1 -> Exprs.add(inner, RandomExpr.U);
      case 2 -> Exprs.reciprocal(inner);
      case 3 -> Exprs.call(Function.EXP, inner);
      case 4 -> Exprs.call(Function.TANH, inner);
      case 5 -> Exprs.call(Function.SOFTPLUS, inner);
      case 6 -> Exprs.pow(Exprs.add(Exprs.ONE, RandomExpr.Q), inner);
      case 7 -> Exprs.square(Exprs.add(inner, RandomExpr.Q));
      case 8 -> Exprs.add(Exprs.square(inner), Exprs.mul(RandomExpr.Q, inner));
      default -> Exprs.sqrt(inner);
    };
  }

  private static void check(Expr left, Expr solution, Map<Sym, Double> point) {
    Map<Sym, Double> at = new HashMap<>(point);
    at.put(TARGET, value(left, point));
    double actual = value(solution, at);
    // What the layers flatten cannot be told from rounded values.
    Map<Sym, Double> near = new HashMap<>(point);
    near.put(RandomExpr.P, point.get(RandomExpr.P) * (1 + 1e-6));
    double slope = Math.abs(value(left, near) - value(left, point)) / Math.abs(at.get(TARGET));
    if (slope > 1e-10) {
      assertEquals(
          point.get(RandomExpr.P),
          actual,
          1e-4,
          () ->
              ExprPrinter.TEXT.print(left)
                  + " = target gives "
                  + ExprPrinter.TEXT.print(solution)
                  + " at "
                  + at);
    }
  }

  @Test
  void linearAtoms() {
    RandomExpr random = new RandomExpr(7);
    Expr atom = Exprs.call(Function.SIN, RandomExpr.X);
    for (int i = 0; i < 500; i++) {
      WorkBudget.reset();
      Expr coefficient = Exprs.add(Exprs.num(9), Exprs.square(random.rational(2)));
      Expr zero = Exprs.subtract(Exprs.mul(coefficient, atom), TARGET);
      Expr solved = Solver.solveLinear(zero, atom).orElseThrow();
      Map<Sym, Double> at = new HashMap<>(random.point());
      at.put(TARGET, 1.7);
      double expected = 1.7 / value(coefficient, at);
      if (Double.isFinite(expected)) {
        assertEquals(expected, value(solved, at), 1e-9 * (1 + Math.abs(expected)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"square", "sine", "twice", "size"})
  void noSolutionIsClaimedWhereItIsNotUnique(String which) {
    Sym x = RandomExpr.X;
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
    Expr solution = Solver.solve(Exprs.square(RandomExpr.P), TARGET, RandomExpr.P).orElseThrow();
    assertEquals(1.5, value(solution, Map.of(TARGET, 2.25)), 1e-12);
  }
}
