package org.blrc.emit.java;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.blrc.runtime.AbstractOptimizer;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.SegmentedOptimizer;
import org.junit.jupiter.api.Test;

/** Emitted classes that sum over all coordinates. */
final class EmittedSumsTest {

  /** Enough for several threads. */
  private static final int DIMENSION = 100_000;

  private static final int CUT = 30_001;
  private static final double[] START = new Random(5).doubles(DIMENSION, 0.5, 1.5).toArray();

  private static Optimizer<float[]> part(CompiledProgram program, int from, int to) {
    double[] start = Arrays.copyOfRange(START, from, to);
    return program.floats(to - from, Map.of(), Map.of("m", start));
  }

  private static float[] gradient(float[] point) {
    float[] gradient = new float[point.length];
    for (int i = 0; i < point.length; i++) {
      gradient[i] = point[i] * point[i];
    }
    return gradient;
  }

  private static float[] steps(Optimizer<float[]> optimizer, int threads, int draws) {
    optimizer.threads(threads);
    for (int step = 0; step < 3; step++) {
      for (int draw = 0; draw < draws; draw++) {
        try (Evaluation<float[]> evaluation = optimizer.evaluate()) {
          evaluation.gradient(gradient(optimizer.parameters()));
          evaluation.gradient(gradient(optimizer.parameters()));
        }
      }
      optimizer.step();
    }
    return optimizer.state("m");
  }

  private static void cutAndShared(CompiledProgram program, int draws) {
    float[] alone = steps(part(program, 0, DIMENSION), 1, draws);
    assertArrayEquals(alone, steps(part(program, 0, DIMENSION), 3, draws));

    List<AbstractOptimizer<float[]>> parts =
        List.of(
            (AbstractOptimizer<float[]>) part(program, 0, CUT),
            (AbstractOptimizer<float[]>) part(program, CUT, DIMENSION));
    SegmentedOptimizer<float[]> optimizer = new SegmentedOptimizer<>(parts);
    for (int step = 0; step < 3; step++) {
      for (int draw = 0; draw < draws; draw++) {
        try (Evaluation<List<float[]>> evaluation = optimizer.evaluate()) {
          for (int phase = 0; phase < 2; phase++) {
            evaluation.gradient(
                optimizer.parameters().stream().map(EmittedSumsTest::gradient).toList());
          }
        }
      }
      optimizer.step();
    }
    assertArrayEquals(Arrays.copyOfRange(alone, 0, CUT), parts.getFirst().state("m"));
    assertArrayEquals(Arrays.copyOfRange(alone, CUT, DIMENSION), parts.getLast().state("m"));
  }

  @Test
  void doNotDependOnThreadsAndSegments() {
    cutAndShared(CompiledProgram.of(Programs.norms()), 1);
    cutAndShared(CompiledProgram.of(Programs.normsOfDraws()), 2);
    cutAndShared(CompiledProgram.of(Programs.sumsInOnePass()), 2);
  }

  /** Squares of such numbers are beyond single precision. */
  @Test
  void addUpInDoublePrecision() {
    CompiledProgram program = CompiledProgram.of(Programs.norms());
    for (float size : new float[] {1e-30f, 1e30f}) {
      Optimizer<float[]> optimizer =
          program.floats(2, Map.of("alpha", 1.0, "r", 1.0), Map.of("m", new double[] {3, 4}));
      try (Evaluation<float[]> evaluation = optimizer.evaluate()) {
        assertArrayEquals(new float[] {0.6f, 0.8f}, optimizer.parameters());
        evaluation.gradient(new float[] {4 * size, -3 * size});
        assertEquals(3.8f, optimizer.parameters()[0], 1e-6f);
        assertEquals(3.4f, optimizer.parameters()[1], 1e-6f);
      }
    }
  }
}
