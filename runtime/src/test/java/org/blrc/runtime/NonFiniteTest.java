package org.blrc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NonFiniteTest {

  private static Descent descent(int dimension) {
    Descent.Builder builder = Descent.builder();
    builder.hyperParameter("sigma", 0.5).dimension(dimension);
    return builder.build();
  }

  private static void evaluate(Descent optimizer, float[] gradient) {
    try (Evaluation<float[]> evaluation = optimizer.evaluate()) {
      evaluation.gradient(gradient);
    }
  }

  @Test
  void byDefaultTheyPropagate() {
    Descent optimizer = descent(2);
    evaluate(optimizer, new float[] {1, Float.NaN});
    optimizer.step();
    assertEquals(-1, optimizer.state("m")[0]);
    assertTrue(Float.isNaN(optimizer.state("m")[1]));
    assertEquals(1, optimizer.steps());
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void theFirstOneIsNamed(float value) {
    int dimension = 20 * Blocks.LENGTH + 5;
    Descent optimizer = descent(dimension);
    optimizer.nonFinite(NonFinite.REJECT);
    optimizer.threads(4);
    float[] gradient = new float[dimension];
    for (int place : new int[] {dimension - 1, 3 * Blocks.LENGTH, 70_000 % Blocks.LENGTH, 0}) {
      gradient[place] = value;
      try (Evaluation<float[]> evaluation = optimizer.evaluate()) {
        NonFiniteException thrown =
            assertThrows(NonFiniteException.class, () -> evaluation.gradient(gradient));
        assertEquals(
            "gradient of ell is %s at coordinate %d in step 1, draw 0".formatted(value, place),
            thrown.getMessage());
        assertEquals(place, thrown.coordinate());
        assertEquals(1, thrown.step());
      }
    }
    ThrownBy.illegalState("closed after 0 of 1 phase", optimizer::step);
  }

  @Test
  void afterAnErrorAnotherAnswerCanBeGiven() {
    Descent optimizer = descent(2);
    optimizer.nonFinite(NonFinite.REJECT);
    try (Evaluation<float[]> evaluation = optimizer.evaluate()) {
      assertThrows(NonFiniteException.class, () -> evaluation.gradient(new float[] {0, Float.NaN}));
      evaluation.gradient(new float[] {2, 3});
    }
    optimizer.step();
    assertArrayEquals(new float[] {-2, -3}, optimizer.state("m"));
  }

  @Test
  void aSkippedStepLeavesEverythingAsItWas() {
    Descent optimizer = descent(2);
    Descent other = descent(2);
    optimizer.nonFinite(NonFinite.SKIP);
    optimizer.steps(1, 1);
    evaluate(optimizer, new float[] {1, 1});
    evaluate(optimizer, new float[] {Float.MAX_VALUE, Float.POSITIVE_INFINITY});
    optimizer.step();
    assertEquals(1, optimizer.steps());
    assertEquals(1, optimizer.skippedSteps());
    optimizer.steps(2, 2);
    other.steps(1, 1);
    other.steps(2, 2);
    assertArrayEquals(other.state("m"), optimizer.state("m"));
    assertArrayEquals(other.state("number of steps"), optimizer.state("number of steps"));
  }

  @Test
  void anAbandonedEvaluationSpoilsNothing() {
    Descent optimizer = descent(1);
    optimizer.nonFinite(NonFinite.SKIP);
    try (Evaluation<float[]> evaluation = optimizer.evaluate(2)) {
      evaluation.gradient(new float[] {Float.NaN});
    }
    evaluate(optimizer, new float[] {4});
    optimizer.step();
    assertArrayEquals(new float[] {-4}, optimizer.state("m"));
    assertEquals(0, optimizer.skippedSteps());
  }

  /** Each pass is finite, and so is no sum of them. */
  private static final float[] LARGE = {1, 2, Float.MAX_VALUE};

  @Test
  void aSumThatOverflowsIsRefused() {
    Descent optimizer = descent(3);
    optimizer.steps(1, 1);
    optimizer.nonFinite(NonFinite.REJECT);
    float[] before = optimizer.state("m").clone();
    try (Evaluation<float[]> evaluation = optimizer.evaluate(3)) {
      evaluation.gradient(LARGE);
      NonFiniteException thrown =
          assertThrows(NonFiniteException.class, () -> evaluation.gradient(LARGE));
      assertEquals(
          "gradient of ell, added up over 2 passes, is Infinity at coordinate 2 in step 2, draw 0",
          thrown.getMessage());
      assertEquals(2, thrown.coordinate());
      assertEquals(2, thrown.step());
      assertThrows(
          NonFiniteException.class, () -> evaluation.gradient(new float[] {0, Float.NaN, 0}));
      evaluation.gradient(new float[] {2, 1, -Float.MAX_VALUE});
      evaluation.gradient(new float[] {3, 3, 3});
    }
    optimizer.step();
    assertArrayEquals(
        new float[] {before[0] - 2, before[1] - 2, before[2] - 1}, optimizer.state("m"));
  }

  @Test
  void aSumThatOverflowsSkipsTheStep() {
    Descent optimizer = descent(3);
    optimizer.nonFinite(NonFinite.SKIP);
    try (Evaluation<float[]> evaluation = optimizer.evaluate(2)) {
      evaluation.gradient(LARGE);
      evaluation.gradient(LARGE);
    }
    optimizer.step();
    assertEquals(1, optimizer.skippedSteps());
    assertArrayEquals(new float[3], optimizer.state("m"));
  }

  @Test
  void inDoublePrecisionTheSumIsSearchedToo() {
    Workers workers = new Workers();
    workers.threads(4);
    int length = 10 * Blocks.LENGTH;
    double[] sum = new double[length];
    double[] added = new double[length];
    FiniteCheck check = new FiniteCheck(workers);
    assertEquals(-1, check.firstInSum(sum, added));
    sum[70_000] = -Double.MAX_VALUE;
    added[70_000] = -Double.MAX_VALUE;
    assertEquals(70_000, check.firstInSum(sum, added));
    added[69_999] = Double.NaN;
    assertEquals(69_999, check.firstInSum(sum, added));
  }

  @Test
  void thePolicyIsChosenBetweenSteps() {
    Descent optimizer = descent(1);
    evaluate(optimizer, new float[] {4});
    ThrownBy.illegalState("inside a step", () -> optimizer.nonFinite(NonFinite.SKIP));
  }
}
