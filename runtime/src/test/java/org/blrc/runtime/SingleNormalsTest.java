package org.blrc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Normal values in single precision: their distance from the real numbers they stand for. */
final class SingleNormalsTest {

  private static final PhiloxNoise NOISE = new PhiloxNoise(-5);

  /** Those of a radius, of a sine or cosine, and of their product. */
  private static final double BOUND = (2.8 + 3.8 + 1) * 0x1p-24;

  /** Where the double-precision value carries the rounding of its angle, compare absolutely. */
  private static final double ANGLE_ROUNDING = 1e-14;

  @Test
  void liesWithinTheErrorBound() {
    int count = 1 << 20;
    float[] single = new float[count];
    double[] exact = new double[count];
    NOISE.normal(1, 3, 2, 12345, single, 0, count);
    NOISE.normal(1, 3, 2, 12345, exact, 0, count);
    double worst = 0;
    for (int i = 0; i < count; i++) {
      double error = Math.max(0, Math.abs(single[i] - exact[i]) - ANGLE_ROUNDING);
      worst = Math.max(worst, error / Math.abs(exact[i]));
    }
    assertTrue(worst <= BOUND, "relative error " + worst * 0x1p24 + " * 2^-24");
  }

  /** The words where something changes: the ends, the middle, powers of two, quarter turns. */
  @Test
  void liesWithinTheErrorBoundAtSpecialWords() {
    int[] special = {
      0,
      1,
      2,
      3,
      -1,
      -2,
      -3,
      1 << 29,
      (1 << 29) - 1,
      1 << 30,
      (1 << 30) - 1,
      3 << 29,
      5 << 29,
      7 << 29,
      (5 << 29) - 1,
      (7 << 29) - 1,
      3 << 30,
      (3 << 30) - 1,
      Integer.MAX_VALUE,
      Integer.MAX_VALUE - 1,
      Integer.MIN_VALUE,
      Integer.MIN_VALUE + 1,
      1 << 24,
      (1 << 24) - 1,
      (1 << 24) + 1,
      1 << 12
    };
    float[] normals = new float[2];
    for (int first : special) {
      for (int second : special) {
        SingleNormals.boxMuller(first, second, normals, 0);
        double radius = Math.sqrt(-2 * Math.log1p(-(1 - unit(first))));
        // Taking off the nearest quarter turn first leaves an exact rest.
        double turns = unit(second);
        double rest = 2 * Math.PI * (turns - Math.rint(4 * turns) / 4);
        int quarters = (int) Math.rint(4 * turns) & 3;
        double[] cosine = {Math.cos(rest), -Math.sin(rest), -Math.cos(rest), Math.sin(rest)};
        double[] sine = {Math.sin(rest), Math.cos(rest), -Math.sin(rest), -Math.cos(rest)};
        assertClose(radius * cosine[quarters], normals[0], first, second);
        assertClose(radius * sine[quarters], normals[1], first, second);
      }
    }
  }

  private static double unit(int word) {
    return (Integer.toUnsignedLong(word) + 0.5) * 0x1p-32;
  }

  private static void assertClose(double exact, float actual, int first, int second) {
    assertEquals(
        exact, actual, BOUND * Math.abs(exact), "at the words " + first + " and " + second);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 3, (1L << 34) - 1000, (1L << 50) - 2900})
  void vectorsGiveTheSameBits(long from) {
    assertTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    PhiloxAddress address =
        PhiloxAddress.of(~0xdeadbeefL << 7, 200, (1L << 40) + 5, 77, from, 2900);
    Random random = new Random(from);
    for (int trial = 0; trial < 200; trial++) {
      int count = random.nextInt(2900);
      int at = random.nextInt(5);
      float[] expected = new float[count + 8];
      float[] actual = new float[count + 8];
      Arrays.fill(expected, 7);
      Arrays.fill(actual, 7);
      new SingleNormals(address, false).write(from, expected, at, count);
      new SingleNormals(address, true).write(from, actual, at, count);
      assertArrayEquals(expected, actual);
      assertEquals(7, actual[at + count]);
    }
  }
}
