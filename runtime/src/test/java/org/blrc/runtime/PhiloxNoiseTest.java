package org.blrc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The layout of the stream, and that values depend on nothing but their address. */
final class PhiloxNoiseTest {

  private static final long SEED = 0x0123456789abcdefL;
  private static final PhiloxNoise NOISE = new PhiloxNoise(SEED);

  @ParameterizedTest
  @CsvSource({
    // stream, step, sample, coordinate; counter words in hexadecimal
    "0, 1, 0, 0,              0, 0, 1, 0",
    "0, 1, 0, 5,              1, 0, 1, 0",
    "3, 1, 7, 0,              0, 0, 1, 3000007",
    "0, 4294967298, 0, 2,     0, 10000, 2, 0",
    "1, 1, 2, 8589934592,     80000000, 0, 1, 1000002",
    "1, 4294967297, 2, 34359738375,   1, 10002, 1, 1000002",
    "255, 281474976710655, 16777215, 1125899906842619,   fffffffe, ffffffff, ffffffff, ffffffff",
  })
  void documentedLayout(
      int stream,
      long step,
      int sample,
      long coordinate,
      String word0,
      String word1,
      String word2,
      String word3) {
    int[] words = new int[4];
    Philox.block(hex(word0), hex(word1), hex(word2), hex(word3), 0x89abcdef, 0x01234567, words);
    double expected = (Integer.toUnsignedLong(words[(int) (coordinate % 4)]) + 0.5) / 4294967296.0;
    double[] value = new double[1];
    NOISE.uniform(stream, step, sample, coordinate, value, 0, 1);
    assertEquals(expected, value[0]);
  }

  @Test
  void normalsAreBoxMullerPairsOfTheUniforms() {
    double[] u = new double[8];
    double[] z = new double[8];
    NOISE.uniform(2, 9, 4, 16, u, 0, 8);
    NOISE.normal(2, 9, 4, 16, z, 0, 8);
    for (int i = 0; i < 8; i += 2) {
      double radius = Math.sqrt(-2 * Math.log(u[i]));
      assertEquals(radius * Math.cos(2 * Math.PI * u[i + 1]), z[i], 1e-15);
      assertEquals(radius * Math.sin(2 * Math.PI * u[i + 1]), z[i + 1], 1e-15);
    }
  }

  @Test
  void cuttingDoesNotChangeValues() {
    int count = 1000;
    long from = (1L << 33) - 491;
    double[] normal = new double[count];
    double[] uniform = new double[count];
    float[] normalSingle = new float[count];
    float[] uniformSingle = new float[count];
    NOISE.normal(1, 2, 3, from, normal, 0, count);
    NOISE.uniform(1, 2, 3, from, uniform, 0, count);
    NOISE.normal(1, 2, 3, from, normalSingle, 0, count);
    NOISE.uniform(1, 2, 3, from, uniformSingle, 0, count);
    Random random = new Random(7);
    for (int done = 0; done < count; ) {
      int length = Math.min(count - done, random.nextInt(12));
      double[] part = new double[length];
      float[] partSingle = new float[length];
      NOISE.normal(1, 2, 3, from + done, part, 0, length);
      assertArrayEquals(Arrays.copyOfRange(normal, done, done + length), part);
      NOISE.uniform(1, 2, 3, from + done, part, 0, length);
      assertArrayEquals(Arrays.copyOfRange(uniform, done, done + length), part);
      NOISE.normal(1, 2, 3, from + done, partSingle, 0, length);
      assertArrayEquals(Arrays.copyOfRange(normalSingle, done, done + length), partSingle);
      NOISE.uniform(1, 2, 3, from + done, partSingle, 0, length);
      assertArrayEquals(Arrays.copyOfRange(uniformSingle, done, done + length), partSingle);
      done += length;
    }
  }

  @Test
  void writesOnlyWhatIsAsked() {
    double[] out = {7, 7, 7, 7};
    NOISE.normal(0, 1, 0, 2, out, 0, 3);
    assertEquals(7, out[3]);
    assertNotEquals(7, out[2]);
  }

  @Test
  void singlePrecisionUniformsStayBelowOne() {
    // At this coordinate the value lies above 1 - 2^-25 and so rounds to 1.
    long coordinate = 110_689_936;
    double[] value = new double[1];
    NOISE.uniform(0, 1, 0, coordinate, value, 0, 1);
    assertEquals(1f, (float) value[0]);
    assertTrue(value[0] < 1);
    float[] single = new float[1];
    NOISE.uniform(0, 1, 0, coordinate, single, 0, 1);
    assertEquals(Math.nextDown(1f), single[0]);
  }

  @Test
  void addressesBeyondTheLimitsAreRejected() {
    double[] out = new double[4];
    assertThrows(IllegalArgumentException.class, () -> NOISE.normal(256, 1, 0, 0, out, 0, 4));
    assertThrows(IllegalArgumentException.class, () -> NOISE.normal(-1, 1, 0, 0, out, 0, 4));
    assertThrows(IllegalArgumentException.class, () -> NOISE.normal(0, 1L << 48, 0, 0, out, 0, 4));
    assertThrows(IllegalArgumentException.class, () -> NOISE.normal(0, 1, 1 << 24, 0, out, 0, 4));
    assertThrows(IllegalArgumentException.class, () -> NOISE.normal(0, 1, 0, -1, out, 0, 4));
    assertThrows(IllegalArgumentException.class, () -> NOISE.normal(0, 1, 0, 1L << 50, out, 0, 4));
  }

  /** The documentation allows every coordinate below 2^50, so the last one too. */
  @Test
  void aRangeMayEndAtTheLimit() {
    long limit = 1L << 50;
    double[] last = new double[1];
    NOISE.uniform(0, 1, 0, limit - 1, last, 0, 1);
    int[] words = new int[4];
    Philox.block(-1, 0xffff, 1, 0, 0x89abcdef, 0x01234567, words);
    assertEquals((Integer.toUnsignedLong(words[3]) + 0.5) / 4294967296.0, last[0]);
    double[] out = new double[8];
    NOISE.normal(0, 1, 0, limit - 8, out, 0, 8);
    NOISE.normal(0, 1, 0, limit - 8, new float[8], 0, 8);
    assertThrows(IllegalArgumentException.class, () -> NOISE.normal(0, 1, 0, limit - 7, out, 0, 8));
  }

  private static int hex(String text) {
    return Integer.parseUnsignedInt(text, 16);
  }
}
