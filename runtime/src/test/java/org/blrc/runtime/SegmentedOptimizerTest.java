package org.blrc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SegmentedOptimizerTest {

  private static final int DIMENSION = 1000;
  private static final int[] BOUNDS = {0, 1, 400, 403, DIMENSION};

  private static Descent part(int from, int to) {
    Descent.Builder builder = Descent.builder();
    builder.hyperParameter("sigma", 0.5).hyperParameter("alpha", 0.25).dimension(to - from);
    int start = Math.max(from, 500);
    int end = Math.min(to, 600);
    if (start < end) {
      builder.group("g", start - from, end - from, Map.of("alpha", 0.5));
    }
    return builder.build();
  }

  private static SegmentedOptimizer<float[]> segmented() {
    return new SegmentedOptimizer<>(
        IntStream.range(0, BOUNDS.length - 1)
            .mapToObj(i -> part(BOUNDS[i], BOUNDS[i + 1]))
            .toList());
  }

  private static void steps(SegmentedOptimizer<float[]> optimizer, int steps) {
    for (int step = 0; step < steps; step++) {
      for (int draw = 0; draw < 2; draw++) {
        try (Evaluation<List<float[]>> evaluation = optimizer.evaluate()) {
          evaluation.gradient(optimizer.parameters().stream().map(float[]::clone).toList());
        }
      }
      optimizer.step();
    }
  }

  private static void assertSame(float[] expected, List<float[]> actual) {
    for (int i = 0; i < actual.size(); i++) {
      assertArrayEquals(Arrays.copyOfRange(expected, BOUNDS[i], BOUNDS[i + 1]), actual.get(i));
    }
  }

  @Test
  void segmentsTogetherGiveTheBitsOfTheWhole() {
    Descent whole = part(0, DIMENSION);
    SegmentedOptimizer<float[]> parts = segmented();
    whole.steps(2, 2);
    steps(parts, 2);
    whole.hyperParameter("sigma", 0.25);
    parts.hyperParameter("sigma", 0.25);
    whole.group("g").schedule("alpha", Schedule.linear(0.5, 0.1, 3));
    parts.group("g").schedule("alpha", Schedule.linear(0.5, 0.1, 3));
    whole.steps(2, 2);
    steps(parts, 2);
    assertSame(whole.state("m"), parts.state("m"));
    assertSame(whole.parameters(), parts.parameters());
    assertEquals(4, parts.steps());
    assertEquals(DIMENSION, parts.size());
  }

  @Test
  void aStepAndTheNextEvaluationAtOnce() {
    SegmentedOptimizer<float[]> apart = segmented();
    SegmentedOptimizer<float[]> atOnce = segmented();
    Evaluation<List<float[]>> next = atOnce.evaluate();
    for (int step = 0; step < 3; step++) {
      try (Evaluation<List<float[]>> evaluation = apart.evaluate()) {
        evaluation.gradient(apart.parameters().stream().map(float[]::clone).toList());
      }
      apart.step();
      next.gradient(atOnce.parameters().stream().map(float[]::clone).toList());
      next = atOnce.stepAndEvaluate();
    }
    next.close();
    for (int i = 0; i < apart.parameters().size(); i++) {
      assertArrayEquals(apart.parameters().get(i), atOnce.parameters().get(i));
    }
  }

  @Test
  void theirFilesAreTheSame(@TempDir Path folder) throws IOException {
    Descent whole = part(0, DIMENSION);
    SegmentedOptimizer<float[]> parts = segmented();
    whole.steps(2, 2);
    steps(parts, 2);
    Path file = folder.resolve("whole.npz");
    whole.save(file);
    Path other = folder.resolve("parts.npz");
    parts.save(other);
    assertEquals(-1, Files.mismatch(file, other));
    SegmentedOptimizer<float[]> again = segmented();
    again.load(file);
    whole.steps(2, 2);
    steps(again, 2);
    assertSame(whole.state("m"), again.state("m"));
  }

  /** Noise beyond 2^31 coordinates is that of the address, and of no other one. */
  @Test
  void coordinatesGoBeyondAnInt() {
    long start = (1L << 33) + 17;
    Descent far = part(0, DIMENSION);
    far.firstCoordinate(start);
    far.noise(new PhiloxNoise(3));
    float[] expected = new float[DIMENSION];
    new PhiloxNoise(3).normal(0, 1, 0, start, expected, 0, DIMENSION);
    try (Evaluation<float[]> evaluation = far.evaluate()) {
      assertEquals(0, evaluation.phase());
      for (int i = 0; i < DIMENSION; i++) {
        assertEquals(0.5f * expected[i], far.parameters()[i]);
      }
    }
    assertEquals(DIMENSION, far.dimension());
  }

  @Test
  void anErrorInOneSegmentStopsAll() {
    SegmentedOptimizer<float[]> parts = segmented();
    parts.nonFinite(NonFinite.REJECT);
    List<float[]> answer = parts.parameters().stream().map(float[]::clone).toList();
    answer.get(3)[7] = Float.NaN;
    try (Evaluation<List<float[]>> evaluation = parts.evaluate()) {
      NonFiniteException thrown =
          assertThrows(NonFiniteException.class, () -> evaluation.gradient(answer));
      assertEquals(410, thrown.coordinate());
      ThrownBy.illegalArgument(
          "1 arrays are given for 4 segments", () -> evaluation.gradient(List.of(new float[1])));
      answer.get(3)[7] = 0;
      evaluation.gradient(answer);
    }
    parts.step();
    assertEquals(1, parts.steps());
    parts.nonFinite(NonFinite.SKIP);
    answer.get(1)[0] = Float.NaN;
    try (Evaluation<List<float[]>> evaluation = parts.evaluate()) {
      evaluation.gradient(answer);
    }
    parts.step();
    assertEquals(1, parts.steps());
    assertEquals(1, parts.skippedSteps());
  }

  @Test
  void segmentsThatAreNoOneOptimizer() {
    Descent one = part(0, 10);
    Descent other = part(10, 20);
    other.hyperParameter("sigma", 0.75);
    assertEquals(
        "the segments have different values of sigma: 0.5 and 0.75",
        assertThrows(
                IllegalArgumentException.class, () -> new SegmentedOptimizer<>(List.of(one, other)))
            .getMessage());
    assertEquals(
        "a segment stands twice in the list",
        assertThrows(
                IllegalArgumentException.class, () -> new SegmentedOptimizer<>(List.of(one, one)))
            .getMessage());
    ThrownBy.illegalArgument("needs a segment", () -> new SegmentedOptimizer<float[]>(List.of()));
  }

  private static void refuses(String message, Consumer<Descent> change) {
    Descent one = part(0, 10);
    Descent other = part(10, 20);
    change.accept(other);
    ThrownBy.illegalArgument(message, () -> new SegmentedOptimizer<>(List.of(one, other)));
  }

  @Test
  void whatSegmentsDifferInIsNamed() {
    refuses(
        "different sources of noise: PhiloxNoise[seed=0] and PhiloxNoise[seed=3]",
        other -> other.noise(new PhiloxNoise(3)));
    refuses(
        "different policies for values that are not finite: PROPAGATE and SKIP",
        other -> other.nonFinite(NonFinite.SKIP));
    refuses(
        "different schedules of alpha", other -> other.schedule("alpha", Schedule.constant(0.25)));
    refuses("different numbers of steps: 0 and 1", other -> other.steps(1, 1));
    refuses(
        "different numbers of skipped steps: 0 and 1",
        other -> {
          other.nonFinite(NonFinite.SKIP);
          try (Evaluation<float[]> evaluation = other.evaluate()) {
            float[] gradient = new float[10];
            gradient[3] = Float.NaN;
            evaluation.gradient(gradient);
          }
          other.step();
          other.nonFinite(NonFinite.PROPAGATE);
        });
  }

  @Test
  void theSameScheduleIsNoDifference() {
    Schedule schedule = Schedule.linear(1, 2, 3);
    Descent one = part(0, 10);
    Descent other = part(10, 20);
    one.schedule("alpha", schedule);
    other.schedule("alpha", schedule);
    assertEquals(1, new SegmentedOptimizer<>(List.of(one, other)).hyperParameter("alpha"));
  }

  @Test
  void whatIsRefusedIsNotMoved() {
    Descent one = part(0, 10);
    Descent other = part(0, 10);
    Descent third = part(0, 10);
    try (Evaluation<float[]> evaluation = third.evaluate()) {
      ThrownBy.illegalState(
          "cannot become a segment",
          () -> new SegmentedOptimizer<>(List.of(part(0, 10), other, third)));
      assertEquals(0, evaluation.phase());
    }
    one.steps(1, 1);
    other.steps(1, 1);
    assertArrayEquals(one.state("m"), other.state("m"));
  }

  /** Asks for rows and does nothing. */
  private static final class Rows extends AbstractOptimizer<double[]> {

    Rows(int dimension) {
      super(
          new Signature(
              "Rows",
              List.of(),
              List.of("m"),
              List.of(List.of(new Question("ell", "per_example_gradients", true))),
              true),
          dimension);
    }

    @Override
    protected void point(int phase, int draw, int from, int to, double[] values) {}

    @Override
    protected void restore(int from, int to, double[] values) {}

    @Override
    protected void accumulate(int draw, int from, int to, double[] values) {}

    @Override
    protected void update(int draws, int from, int to, double[] values) {}

    @Override
    protected double[] state(int index) {
      return new double[dimension()];
    }

    @Override
    public double[] parameters() {
      return new double[dimension()];
    }

    @Override
    public int samples() {
      return 1;
    }
  }

  @Test
  void allSegmentsHaveTheSameExamples() {
    SegmentedOptimizer<double[]> parts =
        new SegmentedOptimizer<>(List.of(new Rows(2), new Rows(0), new Rows(3)));
    try (Evaluation<List<double[]>> evaluation = parts.evaluate(2)) {
      ThrownBy.illegalArgument(
          "per_example_gradients of ell has rows for 2 examples in segment 0 and for 3 in segment 2",
          () -> evaluation.gradient(List.of(new double[4], new double[0], new double[9])));
      evaluation.gradient(List.of(new double[4], new double[0], new double[6]));
      evaluation.gradient(List.of(new double[2], new double[0], new double[3]));
      assertEquals(1, evaluation.phase());
    }
    parts.step();
  }

  @Test
  void whatOneSegmentCannotLoadChangesNone(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("parts.npz");
    SegmentedOptimizer<float[]> saved = segmented();
    steps(saved, 2);
    saved.save(file);
    SegmentedOptimizer<float[]> parts = segmented();
    // Good for the first step, but not for the third one, in the last segment alone.
    parts.group("g").schedule("alpha", Schedule.linear(0.5, -1.5, 2));
    ThrownBy.check(
        StateFileException.class,
        "the schedule of alpha in group g (97 to 197) gives -1.5 in step 3",
        () -> parts.load(file));
    assertEquals(0, parts.steps());
    assertSame(new float[DIMENSION], parts.state("m"));
    assertSame(new float[DIMENSION], parts.parameters());
  }
}
