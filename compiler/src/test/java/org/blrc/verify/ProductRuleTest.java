package org.blrc.verify;

import static org.blrc.symbolic.Expr.Distribution.STANDARD_NORMAL;
import static org.blrc.symbolic.Expr.Distribution.UNIFORM;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;
import org.blrc.symbolic.Expr.Distribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Means that are known, and functions that the rule must not claim to know the mean of. */
final class ProductRuleTest {

  private static Arguments mean(
      Distribution first, Distribution second, DoubleBinaryOperator f, double expected) {
    return Arguments.of(first, second, f, expected);
  }

  static Stream<Arguments> known() {
    return Stream.of(
        mean(STANDARD_NORMAL, STANDARD_NORMAL, (x, y) -> Math.cos(x + y), Math.exp(-1)),
        mean(STANDARD_NORMAL, STANDARD_NORMAL, (x, y) -> Math.pow(x * y, 4), 9),
        mean(STANDARD_NORMAL, UNIFORM, (x, u) -> Math.exp(x) * u, Math.sqrt(Math.E) / 2),
        mean(UNIFORM, STANDARD_NORMAL, (u, x) -> Math.exp(u * x), 1.1949576619102276),
        mean(UNIFORM, UNIFORM, (u, v) -> -Math.log(u) * Math.sqrt(v), 2.0 / 3),
        mean(UNIFORM, UNIFORM, (u, v) -> Math.pow(u * v, -0.25), 16.0 / 9),
        mean(UNIFORM, UNIFORM, (u, v) -> Math.pow(1 - u, -0.25) * v, 2.0 / 3),
        mean(UNIFORM, UNIFORM, (u, v) -> 1 / (1 + u + v), Math.log(27.0 / 16)));
  }

  @ParameterizedTest
  @MethodSource("known")
  void isTheMean(Distribution first, Distribution second, DoubleBinaryOperator f, double expected) {
    OptionalDouble mean = ProductRule.mean(first, second, f);
    assertEquals(expected, mean.orElseThrow(), 1e-9 * expected);
  }

  static Stream<Arguments> unknown() {
    return Stream.of(
        mean(STANDARD_NORMAL, STANDARD_NORMAL, (x, y) -> Math.signum(x + y - 0.3), 0),
        mean(UNIFORM, UNIFORM, (u, v) -> Math.abs(u - v), 0),
        mean(UNIFORM, UNIFORM, (u, v) -> Math.pow(u, -0.9), 0),
        mean(UNIFORM, UNIFORM, (u, v) -> 1 / (u * v), 0),
        mean(STANDARD_NORMAL, UNIFORM, (x, u) -> Math.exp(x * x / 2), 0),
        mean(STANDARD_NORMAL, UNIFORM, (x, u) -> Math.sqrt(x), 0));
  }

  @ParameterizedTest
  @MethodSource("unknown")
  void doesNotSettle(Distribution first, Distribution second, DoubleBinaryOperator f, double none) {
    assertEquals(OptionalDouble.empty(), ProductRule.mean(first, second, f));
  }
}
