package org.blrc.symbolic;

import static org.blrc.symbolic.RandomExpr.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.blrc.symbolic.Expr.Sym;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Derivatives against differences of values. */
final class CalculusTest {

  /** The arguments by which the language has no name for the derivative. */
  private static final Map<Function, List<Integer>> NAMELESS =
      Map.of(
          Function.SIGN, List.of(0),
          Function.POLYGAMMA, List.of(0),
          Function.GAMMAINC_DA, List.of(0),
          Function.BETAINC, List.of(0, 1),
          Function.MIN, List.of(0, 1),
          Function.MAX, List.of(0, 1),
          Function.CLAMP, List.of(0, 1, 2));

  @Test
  void randomExpressions() {
    RandomExpr random = new RandomExpr(4);
    int compared = 0;
    for (int i = 0; i < 2000; i++) {
      WorkBudget.reset();
      Expr expr = random.differentiable(4);
      Sym by = random.symbol();
      Expr derivative = Calculus.derivative(expr, by);
      Map<Sym, Double> at = random.point();
      double[] difference = difference(x -> value(expr, with(at, by, x)), at.get(by));
      if (Math.abs(difference[0]) < 1e6 && difference[1] < 1e-3 * (1 + Math.abs(difference[0]))) {
        compared++;
        assertEquals(
            difference[0],
            value(derivative, at),
            1e-5 * (1 + Math.abs(difference[0])),
            () -> ExprPrinter.TEXT.print(expr) + " by " + by.name() + " at " + at);
      }
    }
    assertTrue(compared > 1500, "only " + compared + " compared");
  }

  @ParameterizedTest
  @EnumSource(Function.class)
  void everyFunction(Function function) {
    for (int i = 0; i < function.arity(); i++) {
      List<Expr> arguments = new ArrayList<>(constants(function));
      arguments.set(i, RandomExpr.X);
      Expr call = Exprs.call(function, arguments);
      if (NAMELESS.getOrDefault(function, List.of()).contains(i)) {
        assertThrows(
            Calculus.NotDifferentiable.class, () -> Calculus.derivative(call, RandomExpr.X));
        continue;
      }
      Expr derivative = Calculus.derivative(call, RandomExpr.X);
      for (double x : new double[] {0.12, 0.5, 0.83}) {
        double[] difference = difference(y -> value(call, Map.of(RandomExpr.X, y)), x);
        assertEquals(
            difference[0],
            value(derivative, Map.of(RandomExpr.X, x)),
            1e-6 * (1 + Math.abs(difference[0])));
      }
    }
  }

  /** A whole number first, for polygamma; a number below 1 last, for the inverses. */
  private static List<Expr> constants(Function function) {
    List<Expr> constants = new ArrayList<>(Collections.nCopies(function.arity(), Exprs.TWO));
    constants.set(function.arity() - 1, Exprs.HALF);
    return constants;
  }

  private static Map<Sym, Double> with(Map<Sym, Double> at, Sym symbol, double value) {
    Map<Sym, Double> changed = new HashMap<>(at);
    changed.put(symbol, value);
    return changed;
  }

  /** The extrapolated central difference, and how far it is from the plain one. */
  private static double[] difference(DoubleUnaryOperator f, double x) {
    double h = 1e-3 * Math.abs(x);
    double wide = (f.applyAsDouble(x + 2 * h) - f.applyAsDouble(x - 2 * h)) / (4 * h);
    double narrow = (f.applyAsDouble(x + h) - f.applyAsDouble(x - h)) / (2 * h);
    double off = Math.abs(narrow - wide) / 3;
    return new double[] {
      narrow + (narrow - wide) / 3, Double.isNaN(off) ? Double.POSITIVE_INFINITY : off
    };
  }
}
