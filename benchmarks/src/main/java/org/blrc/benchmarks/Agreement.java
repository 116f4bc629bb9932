package org.blrc.benchmarks;

import org.blrc.runtime.Optimizer;

/** All implementations of an algorithm have to compute the same, or their times mean nothing. */
final class Agreement {

  private static final int SIZE = 20_001;
  private static final int STEPS = 3;
  private static final int THREADS = 2;
  private static final float TOLERANCE = 1e-4f;

  /** DJL adds delta before the bias is corrected, which shows where a gradient is small. */
  private static final float TOLERANCE_OF_DJL = 1e-2f;

  private Agreement() {}

  /**
   * Compares the means after a few steps.
   *
   * @throws IllegalStateException if they differ by more than rounding explains
   */
  static void check(Contestants algorithm) {
    Optimizer<float[]> optimizer = algorithm.emitted(SIZE);
    float[] gradients = algorithm.gradients(SIZE);
    try (NativeSteps steps = new NativeSteps(algorithm, SIZE, THREADS)) {
      for (int step = 0; step < STEPS; step++) {
        StepBenchmark.step(optimizer, gradients);
        steps.step();
      }
      compare(algorithm + " in C", steps.mean(), optimizer.parameters(), TOLERANCE);
    }
    if (algorithm == Contestants.ADAM) {
      try (DjlAdam adam = new DjlAdam(SIZE, THREADS)) {
        for (int step = 0; step < STEPS; step++) {
          adam.step();
        }
        compare("Adam in DJL", adam.mean(), optimizer.parameters(), TOLERANCE_OF_DJL);
      }
    }
  }

  private static void compare(String what, float[] actual, float[] expected, float tolerance) {
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(actual[i] - expected[i]) <= tolerance * largest)) {
        throw new IllegalStateException(
            "%s gives %s at %d, where the emitted class gives %s"
                .formatted(what, actual[i], i, expected[i]));
      }
    }
  }
}
