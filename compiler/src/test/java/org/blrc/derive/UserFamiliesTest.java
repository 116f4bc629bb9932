package org.blrc.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.blrc.program.ReferenceOptimizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The natural gradient of families that a spec declares, against quadrature. In an exponential
 * family the gradient of E[f] in the natural parameters is Cov(T, f) and the Fisher information is
 * Cov(T, T), so that no derivative has to be taken here, and the log-partition is not needed. The
 * derived update is linear in its draws when read in natural parameters: with one coordinate for
 * each node of a quadrature over the noise, its weighted mean is the update's expectation.
 */
final class UserFamiliesTest {

  private static final double RATE = 1e-4;

  /** A loss with its derivatives. */
  record Loss(
      String text,
      DoubleUnaryOperator value,
      DoubleUnaryOperator first,
      DoubleUnaryOperator second) {}

  private static final List<Loss> LOSSES =
      List.of(
          new Loss(
              "1 / (1 + theta^2)",
              x -> 1 / (1 + x * x),
              x -> -2 * x / Math.pow(1 + x * x, 2),
              x -> (6 * x * x - 2) / Math.pow(1 + x * x, 3)),
          new Loss(
              "log(1 + theta^2)",
              x -> Math.log1p(x * x),
              x -> 2 * x / (1 + x * x),
              x -> 2 * (1 - x * x) / Math.pow(1 + x * x, 2)),
          new Loss(
              "tanh(theta)",
              Math::tanh,
              x -> 1 - Math.pow(Math.tanh(x), 2),
              x -> {
                double t = Math.tanh(x);
                return -2 * t * (1 - t * t);
              }));

  @ParameterizedTest
  @MethodSource("org.blrc.derive.UserFamilies#cases")
  void anOpaqueLoss(UserFamilies.Case family) {
    ReferenceOptimizer[] after = new ReferenceOptimizer[LOSSES.size()];
    OneStep step = step(family, "ell(theta)");
    for (int i = 0; i < after.length; i++) {
      Loss loss = LOSSES.get(i);
      after[i] =
          step.run(
              (_, order, _, theta) ->
                  (order == 1 ? loss.first() : loss.second()).applyAsDouble(theta));
      check(family, loss, after[i]);
    }
  }

  @ParameterizedTest
  @MethodSource("org.blrc.derive.UserFamilies#cases")
  void anExplicitLoss(UserFamilies.Case family) {
    Loss loss = LOSSES.get(family.values().length % LOSSES.size());
    ReferenceOptimizer after = step(family, "zero(theta) + " + loss.text()).run((_, _, _, _) -> 0);
    check(family, loss, after);
  }

  private static void check(UserFamilies.Case family, Loss loss, ReferenceOptimizer after) {
    double[] old = family.natural().apply(family.values());
    double[] gradient = naturalGradient(family, old, loss.value());
    List<String> names = after.states();
    int nodes = family.noise().nodes().length;
    for (int j = 0; j < old.length; j++) {
      double[] increments = new double[nodes];
      for (int i = 0; i < nodes; i++) {
        int at = i;
        double[] state = names.stream().mapToDouble(name -> after.state(name)[at]).toArray();
        increments[i] = family.natural().apply(state)[j] - old[j];
      }
      double actual = family.noise().sum(increments) / RATE;
      double expected = -old[j] - gradient[j];
      assertEquals(expected, actual, 2e-6 * (1 + Math.abs(expected)), loss.text());
    }
  }

  private static OneStep step(UserFamilies.Case family, String loss) {
    String spec =
        """
        family Test(%s) {
          %s
        }
        optimizer Test {
          hyper      rho: unit
          state      %s
          posterior  each theta ~ Test(%s)
          loss       %s
          rate       rho
          approximate
            monte_carlo
        }
        """
            .formatted(
                family.parameters(), family.clauses(), family.states(), family.arguments(), loss);
    Map<String, double[]> states = new HashMap<>();
    List<String> names =
        Stream.of(family.states().split(",", -1))
            .map(each -> each.split(":", -1)[0].strip())
            .toList();
    for (int i = 0; i < names.size(); i++) {
      double[] values = new double[family.noise().nodes().length];
      Arrays.fill(values, family.values()[i]);
      states.put(names.get(i), values);
    }
    return OneStep.of(spec, Map.of("rho", RATE), states)
        .withNoise(new double[][] {family.noise().nodes()});
  }

  /** F^-1 Cov(T, f + log h). */
  private static double[] naturalGradient(
      UserFamilies.Case family, double[] natural, DoubleUnaryOperator loss) {
    DoubleUnaryOperator log =
        x -> {
          double sum = family.logBaseMeasure().applyAsDouble(x);
          for (int j = 0; j < natural.length; j++) {
            sum += natural[j] * family.statistics().get(j).applyAsDouble(x);
          }
          return sum;
        };
    DoubleUnaryOperator density = x -> Math.exp(log.applyAsDouble(x));
    double mass = family.support().integrate(density);
    Quadrature q = family.support().under(x -> density.applyAsDouble(x) / mass);
    List<DoubleUnaryOperator> centred =
        family.statistics().stream()
            .<DoubleUnaryOperator>map(
                statistic -> {
                  double mean = q.integrate(statistic);
                  return x -> statistic.applyAsDouble(x) - mean;
                })
            .toList();
    DoubleUnaryOperator f = x -> loss.applyAsDouble(x) + family.logBaseMeasure().applyAsDouble(x);
    double[] right =
        centred.stream()
            .mapToDouble(t -> q.integrate(x -> t.applyAsDouble(x) * f.applyAsDouble(x)))
            .toArray();
    int n = centred.size();
    double[][] fisher = new double[n][n];
    for (int j = 0; j < n; j++) {
      for (int k = 0; k < n; k++) {
        DoubleUnaryOperator left = centred.get(j);
        DoubleUnaryOperator other = centred.get(k);
        fisher[j][k] = q.integrate(x -> left.applyAsDouble(x) * other.applyAsDouble(x));
      }
    }
    if (n == 1) {
      return new double[] {right[0] / fisher[0][0]};
    }
    double determinant = fisher[0][0] * fisher[1][1] - fisher[0][1] * fisher[1][0];
    return new double[] {
      (fisher[1][1] * right[0] - fisher[0][1] * right[1]) / determinant,
      (fisher[0][0] * right[1] - fisher[1][0] * right[0]) / determinant
    };
  }
}
