package org.blrc.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.blrc.family.Support;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Test;

/** Against the known moments of Dirichlet's distribution. */
final class SimplexDensityTest {

  private static final double CLOSE = 1e-11;

  private static Density dirichlet(double... a) {
    double constant = Gamma.logGamma(Arrays.stream(a).sum());
    for (double each : a) {
      constant -= Gamma.logGamma(each);
    }
    double log = constant;
    return Density.of(
            new Support.Simplex(a.length),
            x -> {
              double sum = log;
              for (int k = 0; k < a.length; k++) {
                sum += (a[k] - 1) * Math.log(x[k]);
              }
              return sum;
            })
        .orElseThrow();
  }

  @Test
  void massAndMomentsOfTwoAndThreeComponents() {
    for (double[] a : new double[][] {{0.4, 2}, {1, 1, 1}, {0.37, 2.7, 1.3}}) {
      Density density = dirichlet(a);
      double sum = Arrays.stream(a).sum();
      assertEquals(1, density.mass(), CLOSE);
      for (int k = 0; k < a.length; k++) {
        int at = k;
        assertEquals(a[k] / sum, density.integral(x -> x[at]), CLOSE);
      }
      // digamma(a + n) - digamma(a) is a sum of reciprocals.
      double difference = 0;
      for (int i = 0; i < sum - a[0]; i++) {
        difference += 1 / (a[0] + i);
      }
      assertEquals(-difference, density.integral(x -> Math.log(x[0])), CLOSE);
      assertEquals(a[0] * a[1] / (sum * (sum + 1)), density.integral(x -> x[0] * x[1]), CLOSE);
    }
  }

  @Test
  void pointsLieOnTheSimplex() {
    dirichlet(1, 2, 3)
        .integral(
            x -> {
              assertTrue(Arrays.stream(x).allMatch(each -> each > 0));
              assertEquals(1, Arrays.stream(x).sum(), 1e-14);
              return 1;
            });
  }

  @Test
  void anIntegralThatDoesNotSettle() {
    Density density = dirichlet(1, 1, 1);
    assertThrows(UntrustedIntegral.class, () -> density.integral(x -> x[0] < 1 / Math.PI ? 0 : 1));
  }

  @Test
  void tooManyComponents() {
    assertThrows(UntrustedIntegral.class, () -> dirichlet(1, 1, 1, 1).mass());
  }
}
