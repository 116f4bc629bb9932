package org.blrc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class RecordedNoiseTest {

  private final RecordedNoise noise = new RecordedNoise();

  @Test
  void givesDrawsByStreamAndSample() {
    noise.set(new double[][] {{1, 2, 3}, {4, 5, 6}}, new double[][] {{7, 8, 9}, {10, 11, 12}});
    double[] out = new double[2];
    noise.normal(0, 99, 1, 1, out, 0, 2);
    assertArrayEquals(new double[] {5, 6}, out);
    float[] single = new float[3];
    noise.uniform(1, 1, 0, 0, single, 0, 3);
    assertArrayEquals(new float[] {7, 8, 9}, single);
  }

  @Test
  void missingDrawsAreReported() {
    noise.set(new double[][] {{1, 2, 3}});
    double[] out = new double[3];
    assertThrows(IllegalStateException.class, () -> noise.normal(0, 1, 1, 0, out, 0, 3));
    assertThrows(IllegalStateException.class, () -> noise.normal(1, 1, 0, 0, out, 0, 3));
  }
}
