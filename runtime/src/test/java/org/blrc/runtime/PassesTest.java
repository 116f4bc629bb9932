package org.blrc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PassesTest {

  private static final int DIMENSION = 10 * Blocks.LENGTH + 1;

  private static Passes passes(int blockLength) {
    Start start =
        new Start(
            DIMENSION, new double[] {1}, Map.of(), List.of(new Range("g", 5, 9000, List.of(2.0))));
    Signature signature =
        new Signature(
            "Any",
            List.of(new HyperParameter("alpha", 0, true, 9, true, 1)),
            List.of(),
            List.of(),
            false);
    HyperValues hypers = new HyperValues(signature, start.hyperParameters(), start.groups());
    return new Passes(start, blockLength, hypers, new Workers());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 1 << 20})
  void everyCoordinateIsVisitedOnceWithItsValues(int blockLength) {
    double[] seen = new double[DIMENSION];
    passes(blockLength)
        .run(
            (from, to, values) -> {
              for (int i = from; i < to; i++) {
                seen[i] += values[0];
              }
            });
    double[] expected = new double[DIMENSION];
    Arrays.fill(expected, 1);
    Arrays.fill(expected, 5, 9000, 2);
    assertArrayEquals(expected, seen);
  }

  @Test
  void aPassWithinAPassIsRefused() {
    Passes passes = passes(Blocks.LENGTH);
    Passes.Hook nothing = (_, _, _) -> {};
    ThrownBy.illegalState(
        "the optimizer is at work", () -> passes.run((_, _, _) -> passes.run(nothing)));
    passes.run(nothing);
  }

  /** Noise apart, which is made of objects until HotSpot has compiled it. */
  @Test
  void aStepAllocatesNoArraysOfCoordinates() {
    Descent.Builder builder = Descent.builder();
    builder.hyperParameter("sigma", 0.5).dimension(DIMENSION);
    Descent optimizer = builder.build();
    optimizer.threads(1);
    RecordedNoise noise = new RecordedNoise();
    noise.set(new double[][] {new double[DIMENSION]});
    optimizer.noise(noise);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    optimizer.steps(1, 1);
    float[] gradient = new float[DIMENSION];
    long before = threads.getCurrentThreadAllocatedBytes();
    try (Evaluation<float[]> evaluation = optimizer.evaluate()) {
      evaluation.gradient(gradient);
    }
    optimizer.step();
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < DIMENSION / 10, allocated + " bytes");
    assertEquals(2, optimizer.steps());
  }
}
