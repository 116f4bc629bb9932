package org.blrc.symbolic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.blrc.program.ExprEvaluator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written down of the functions, against their values. */
final class FunctionTest {

  private static final double[] POINTS = {0.05, 0.3, 0.62, 0.97, 1.6, 5.5, 31};

  private static double value(Function function, double x) {
    double[] arguments = new double[function.arity()];
    Arrays.fill(arguments, x);
    return ExprEvaluator.call(function, arguments);
  }

  @ParameterizedTest
  @EnumSource(Function.class)
  void valuesLieInTheRange(Function function) {
    for (double x : POINTS) {
      for (double signed : new double[] {x, -x}) {
        double value = value(function, signed);
        // A value may be rounded to an open end.
        Domain range = function.range();
        assertTrue(
            Double.isNaN(value) || (range.lower() <= value && value <= range.upper()),
            () -> value + " at " + signed);
      }
    }
  }

  static Stream<Function> shaped() {
    return Arrays.stream(Function.values())
        .filter(function -> function.shape() != FunctionFacts.Shape.NONE);
  }

  @ParameterizedTest
  @MethodSource("shaped")
  void signs(Function function) {
    for (double x : POINTS) {
      double right = value(function, x);
      double left = value(function, -x);
      if (Double.isNaN(right)) {
        continue;
      }
      if (function.shape() == FunctionFacts.Shape.EVEN) {
        assertEquals(right, left, 1e-14 * Math.abs(right));
      }
      if (function.shape().isOdd()) {
        assertEquals(-right, left, 1e-14 * Math.abs(right));
      }
      if (function.shape().isSigned()) {
        assertTrue(!(right <= 0) && !(left >= 0), () -> "at " + x);
      }
    }
  }

  static Stream<Function> invertible() {
    return Arrays.stream(Function.values())
        .filter(function -> function.inverse(Samples.X).isPresent());
  }

  @ParameterizedTest
  @MethodSource("invertible")
  void inverses(Function function) {
    for (double x : new double[] {0.05, 0.3, 0.62, 0.97}) {
      double value = value(function, x);
      Expr inverse = function.inverse(Samples.X).orElseThrow();
      assertEquals(x, Samples.value(inverse, Map.of(Samples.X, value)), 1e-12);
    }
  }

  @ParameterizedTest
  @EnumSource(Function.class)
  void normalFormKeepsTheValue(Function function) {
    List<Expr> arguments =
        Collections.nCopies(function.arity(), Exprs.negate(Exprs.mul(Exprs.TWO, Samples.N)));
    Expr call = Exprs.call(function, arguments);
    Expr minus = Exprs.call(function, arguments.stream().map(Exprs::negate).toList());
    for (Expr expr : List.of(call, minus)) {
      Map<Expr.Sym, Double> at = Map.of(Samples.N, -0.37);
      double expected = Samples.value(expr, at);
      double simplified = Samples.value(Normal.simplify(expr), at);
      double error = Math.abs(simplified - expected);
      assertTrue(
          Double.isNaN(expected) ? Double.isNaN(simplified) : error <= 1e-13 * Math.abs(expected),
          () -> simplified + ", not " + expected);
    }
  }
}
