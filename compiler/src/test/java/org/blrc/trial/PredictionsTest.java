package org.blrc.trial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.PhiloxNoise;
import org.junit.jupiter.api.Test;

class PredictionsTest {

  private static final LogisticRegression MODEL = new LogisticRegression(1);
  private static final Dataset DATA =
      Dataset.of(List.of(new double[] {2}, new double[] {-2}), List.of(1, 0));

  @Test
  void predictionsAreAveragedOverThePosterior() {
    // Posterior N(m, 1/gamma) for weight and bias, so that the logit of x is normal with mean
    // m1 x + m2 and variance (x^2 + 1) / gamma; the expected sigmoid by quadrature.
    double[] mean = {1, 0.5};
    double gamma = 1;
    Optimizer<double[]> vogn =
        Optimizers.vogn()
            .factory()
            .create(mean, ordered("alpha", 0.1, "rho", 0.1, "gamma", gamma, "N", 2));
    Belief<double[]> belief = new Belief<>(Optimizers.vogn(), vogn);
    double[] average = new double[2];
    int repetitions = 50;
    for (int seed = 0; seed < repetitions; seed++) {
      List<double[]> rows = Predictions.averaged(belief.draws(seed).orElseThrow(), MODEL, DATA);
      for (int i = 0; i < 2; i++) {
        assertEquals(1, rows.get(i)[0] + rows.get(i)[1], 1e-12);
        average[i] += rows.get(i)[1] / repetitions;
      }
    }
    for (int i = 0; i < 2; i++) {
      double x = DATA.input(i)[0];
      double expected = expectedSigmoid(x + 0.5, Math.sqrt((x * x + 1) / gamma));
      assertEquals(expected, average[i], 0.02, "1600 draws with a deviation of about 0.25");
      assertTrue(Math.abs(expected - 1 / (1 + Math.exp(-x - 0.5))) > 0.025, "not that of the mean");
    }
    assertArrayEquals(mean, vogn.parameters());
    assertEquals(0, vogn.steps());
  }

  @Test
  void anOptimizerThatDoesNotSampleHasNoAverage() {
    Optimizer<double[]> adam =
        Optimizers.adam()
            .factory()
            .create(
                new double[2], ordered("alpha", 0.1, "beta1", 0.9, "beta2", 0.9, "delta", 1e-8));
    adam.noise(new PhiloxNoise(1));
    assertTrue(new Belief<>(Optimizers.adam(), adam).draws(1).isEmpty());
  }

  private static double expectedSigmoid(double mean, double deviation) {
    double sum = 0;
    double step = 1e-3;
    for (double z = -8; z < 8; z += step) {
      double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
      sum += step * density / (1 + Math.exp(-mean - deviation * z));
    }
    return sum;
  }

  private static Map<String, Double> ordered(Object... pairs) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put((String) pairs[i], ((Number) pairs[i + 1]).doubleValue());
    }
    return values;
  }
}
