package org.blrc.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.numbers.gamma.Digamma;
import org.blrc.derive.Setting;
import org.blrc.derive.Specs;
import org.blrc.symbolic.Expr.Sym;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Distributions found by their means, far from where the search begins. */
final class NaturalInverseTest {

  private static Optional<Map<Sym, Double>> found(
      String states, String posterior, Double... means) {
    Point point =
        Point.of(
                Specs.derive(
                    """
                    optimizer Test {
                      hyper      rho: unit = 0.1
                      state      %s
                      posterior  each theta ~ %s
                      loss       0 * theta
                      rate       rho
                    }
                    """
                        .formatted(states, posterior)),
                1)
            .getFirst();
    Setting setting = point.setting();
    List<Integer> all = List.of(0, 1);
    return new NaturalInverse(setting.family(), all, setting.domains(), point.world())
        .parameters(List.of(means));
  }

  private static double value(Map<Sym, Double> parameters, String name) {
    return parameters.entrySet().stream()
        .filter(each -> each.getKey().name().equals(name))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  @ParameterizedTest
  @CsvSource({
    "0.001, 1",
    "0.05, 1e4",
    "0.5, 1e-4",
    "1, 1",
    "3, 2",
    "40, 1e5",
    "1e4, 1e-3",
    "1e6, 1e6",
  })
  void gammas(double shape, double rate) {
    Map<Sym, Double> parameters =
        found(
                "a: positive = 1, b: positive = 1",
                "Gamma(shape = a, rate = b)",
                Digamma.value(shape) - Math.log(rate),
                shape / rate)
            .orElseThrow();
    assertEquals(1, value(parameters, "a") / shape, 1e-6);
    assertEquals(1, value(parameters, "b") / rate, 1e-6);
  }

  @ParameterizedTest
  @CsvSource({"0.01, 0.02", "0.3, 7", "1, 1", "200, 3", "1000, 4000"})
  void betas(double a, double b) {
    double both = Digamma.value(a + b);
    Map<Sym, Double> parameters =
        found(
                "a: positive = 1, b: positive = 1",
                "Beta(a = a, b = b)",
                Digamma.value(a) - both,
                Digamma.value(b) - both)
            .orElseThrow();
    assertEquals(1, value(parameters, "a") / a, 1e-8);
    assertEquals(1, value(parameters, "b") / b, 1e-8);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1000, 0.001", "-1e6, 1e-3", "0.1, 1e8"})
  void normals(double mean, double precision) {
    Map<Sym, Double> parameters =
        found(
                "m: real = 0, s: positive = 1",
                "Normal(mean = m, precision = s)",
                mean,
                mean * mean + 1 / precision)
            .orElseThrow();
    assertEquals(mean, value(parameters, "m"), 1e-9 * (1 + Math.abs(mean)));
    assertEquals(1, value(parameters, "s") / precision, 1e-6);
  }

  /** By Jensen's inequality, E[log x] < log E[x]; and E[x]^2 < E[x^2]. */
  @Test
  void meansThatNoDistributionHasAreNotFound() {
    assertEquals(
        Optional.empty(),
        found("a: positive = 1, b: positive = 1", "Gamma(shape = a, rate = b)", 1.0, 2.0));
    assertEquals(
        Optional.empty(),
        found("m: real = 0, s: positive = 1", "Normal(mean = m, precision = s)", 3.0, 8.0));
  }
}
