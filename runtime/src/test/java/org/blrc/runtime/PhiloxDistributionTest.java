package org.blrc.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The distribution of the noise; seeds are fixed, limits are at five standard errors. */
final class PhiloxDistributionTest {

  private static final int COUNT = 1_000_000;
  private static final double STANDARD_ERROR = 1 / Math.sqrt(COUNT);

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 0x5eed_0000_0000L})
  void momentsOfNormals(long seed) {
    double[] z = normals(seed, 0, 1, 0);
    // Var z^k: 1, 2, 15, 96.
    assertEquals(0, moment(z, 1), 5 * STANDARD_ERROR);
    assertEquals(1, moment(z, 2), 5 * Math.sqrt(2) * STANDARD_ERROR);
    assertEquals(0, moment(z, 3), 5 * Math.sqrt(15) * STANDARD_ERROR);
    assertEquals(3, moment(z, 4), 5 * Math.sqrt(96) * STANDARD_ERROR);
  }

  @Test
  void kolmogorovSmirnovOfUniforms() {
    double[] u = new double[COUNT];
    new PhiloxNoise(11).uniform(0, 1, 0, 0, u, 0, COUNT);
    assertKolmogorovSmirnov(u, x -> x);
  }

  @Test
  void kolmogorovSmirnovOfNormals() {
    assertKolmogorovSmirnov(normals(11, 0, 1, 0), PhiloxDistributionTest::normalDistribution);
  }

  @Test
  void differentAddressesAreUncorrelated() {
    double[] base = normals(5, 0, 1, 0);
    assertUncorrelated(base, normals(5, 0, 2, 0));
    assertUncorrelated(base, normals(5, 0, 1, 1));
    assertUncorrelated(base, normals(5, 1, 1, 0));
    assertUncorrelated(base, normals(6, 0, 1, 0));
    assertUncorrelated(base, normals(5, 0, 1 + (1L << 32), 0));
    for (int lag = 1; lag <= 8; lag++) {
      assertUncorrelated(Arrays.copyOf(base, COUNT - lag), Arrays.copyOfRange(base, lag, COUNT));
    }
  }

  private static double[] normals(long seed, int stream, long step, int sample) {
    double[] z = new double[COUNT];
    new PhiloxNoise(seed).normal(stream, step, sample, 0, z, 0, COUNT);
    return z;
  }

  private static double moment(double[] z, int power) {
    return Arrays.stream(z).map(x -> Math.pow(x, power)).average().orElseThrow();
  }

  /** Neither the values nor their squares may be correlated. */
  private static void assertUncorrelated(double[] a, double[] b) {
    double product = 0;
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      product += a[i] * b[i];
      squares += (a[i] * a[i] - 1) * (b[i] * b[i] - 1);
    }
    assertEquals(0, product / a.length, 5 * STANDARD_ERROR);
    assertEquals(0, squares / a.length, 5 * 2 * STANDARD_ERROR);
  }

  /** 2.23 / sqrt(n) is exceeded with probability 1e-4. */
  private static void assertKolmogorovSmirnov(double[] values, DoubleUnaryOperator distribution) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double distance = 0;
    for (int i = 0; i < COUNT; i++) {
      double expected = distribution.applyAsDouble(sorted[i]);
      distance = Math.max(distance, Math.abs(expected - (double) i / COUNT));
      distance = Math.max(distance, Math.abs(expected - (i + 1.0) / COUNT));
    }
    assertTrue(distance < 2.23 * STANDARD_ERROR, "distance " + distance);
  }

  /** The standard normal distribution by its Taylor series, or 0 or 1 beyond 6. */
  private static double normalDistribution(double x) {
    if (Math.abs(x) > 6) {
      return x < 0 ? 0 : 1;
    }
    double term = x;
    double sum = x;
    for (int k = 1; Math.abs(term) > 1e-17; k++) {
      term *= x * x / (2 * k + 1);
      sum += term;
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }
}
