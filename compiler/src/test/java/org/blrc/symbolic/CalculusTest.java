package org.blrc.symbolic;

import static org.blrc.symbolic.Samples.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The derivatives of every function against differences of its values. */
final class CalculusTest {

  /** The arguments by which the language has no name for the derivative. */
  private static final Map<Function, List<Integer>> NAMELESS =
      Map.ofEntries(
          Map.entry(Function.EXPREL, List.of(0)),
          Map.entry(Function.SIGN, List.of(0)),
          Map.entry(Function.BESSEL_I0INC_DK, List.of(0)),
          Map.entry(Function.PDTRIK, List.of(0, 1)),
          Map.entry(Function.POLYGAMMA, List.of(0)),
          Map.entry(Function.GAMMAINC_DA, List.of(0)),
          Map.entry(Function.BETAINC, List.of(0, 1)),
          Map.entry(Function.MIN, List.of(0, 1)),
          Map.entry(Function.MAX, List.of(0, 1)),
          Map.entry(Function.CLAMP, List.of(0, 1, 2)),
          Map.entry(Function.EQUAL, List.of(0, 1)),
          Map.entry(Function.GREATER, List.of(0, 1)));

  @ParameterizedTest
  @EnumSource(Function.class)
  void everyFunction(Function function) {
    for (int i = 0; i < function.arity(); i++) {
      List<Expr> arguments = new ArrayList<>(constants(function));
      arguments.set(i, Samples.X);
      Expr call = Exprs.call(function, arguments);
      if (NAMELESS.getOrDefault(function, List.of()).contains(i)) {
        assertThrows(Calculus.NotDifferentiable.class, () -> Calculus.derivative(call, Samples.X));
        continue;
      }
      Expr derivative = Calculus.derivative(call, Samples.X);
      for (double x : new double[] {0.12, 0.5, 0.83}) {
        double difference = difference(y -> value(call, Map.of(Samples.X, y)), x);
        assertEquals(
            difference, value(derivative, Map.of(Samples.X, x)), 1e-6 * (1 + Math.abs(difference)));
      }
    }
  }

  /** A whole number first, for polygamma; a number below 1 last, for the inverses. */
  private static List<Expr> constants(Function function) {
    List<Expr> constants = new ArrayList<>(Collections.nCopies(function.arity(), Exprs.TWO));
    constants.set(function.arity() - 1, Exprs.HALF);
    return constants;
  }

  /** The central difference, extrapolated. */
  private static double difference(DoubleUnaryOperator f, double x) {
    double h = 1e-3 * x;
    double wide = (f.applyAsDouble(x + 2 * h) - f.applyAsDouble(x - 2 * h)) / (4 * h);
    double narrow = (f.applyAsDouble(x + h) - f.applyAsDouble(x - h)) / (2 * h);
    return narrow + (narrow - wide) / 3;
  }
}
