package org.blrc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The order of calls, from outside and to the hooks. */
final class AbstractOptimizerTest {

  private static final double[] GRADIENT = {1, 2};
  private static final Question GRADIENT_OF_ELL = new Question("ell", "gradient", false);
  private static final Question ROWS_OF_ELL = new Question("ell", "per_example_gradients", true);
  private static final Question OTHER_ROWS =
      new Question("ell", "per_example_hessian_diagonals", true);

  /** Writes down which hooks are called. */
  private static class Recorder extends AbstractOptimizer<double[]> {

    final List<String> calls = new ArrayList<>();
    final double[] state = new double[dimension()];

    Recorder(boolean draws, List<List<Question>> phases) {
      super(
          new Signature(
              "Recorder",
              List.of(new HyperParameter("rate", 0, false, 1, true, 0.5)),
              List.of("m"),
              phases,
              draws),
          2,
          0.5);
    }

    @Override
    public int samples() {
      return 1;
    }

    @Override
    public double[] parameters() {
      return state;
    }

    @Override
    protected double[] state(int index) {
      return state;
    }

    @Override
    protected void point(int phase, int draw, int from, int to, double[] values) {
      String seen = phase == 0 ? "" : " after " + answer(0)[0];
      calls.add("point " + phase + " of " + draw + seen);
    }

    @Override
    protected void restore(int from, int to, double[] values) {
      calls.add("restore");
    }

    @Override
    protected void accumulate(int draw, int from, int to, double[] values) {
      calls.add("accumulate " + draw + ": " + answer(0)[0]);
    }

    @Override
    protected void update(int draws, int from, int to, double[] values) {
      calls.add("update from " + draws + " in step " + stepNumber());
    }
  }

  private static Recorder drawing() {
    return new Recorder(true, List.of(List.of(GRADIENT_OF_ELL)));
  }

  private static void evaluate(Recorder optimizer, double answer) {
    try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
      evaluation.gradient(new double[] {answer, 0});
    }
  }

  @Test
  void oneDrawIsAccumulatedWhenTheStepIsMade() {
    Recorder optimizer = drawing();
    evaluate(optimizer, 3);
    assertEquals(List.of("point 0 of 0", "restore"), optimizer.calls);
    optimizer.step();
    assertEquals(
        List.of("accumulate 0: 3.0", "update from 1 in step 1"), optimizer.calls.subList(2, 4));
    assertEquals(1, optimizer.steps());
  }

  @Test
  void drawsAreAccumulatedInOrder() {
    Recorder optimizer = drawing();
    evaluate(optimizer, 3);
    evaluate(optimizer, 4);
    optimizer.step();
    evaluate(optimizer, 5);
    assertEquals(
        List.of(
            "point 0 of 0",
            "restore",
            "accumulate 0: 3.0",
            "point 0 of 1",
            "restore",
            "accumulate 1: 4.0",
            "update from 2 in step 1",
            "point 0 of 0",
            "restore"),
        optimizer.calls);
  }

  @Test
  void anAbandonedEvaluationDoesNotCount() {
    Recorder optimizer = drawing();
    evaluate(optimizer, 3);
    optimizer.evaluate().close();
    optimizer.evaluate().close();
    optimizer.step();
    assertEquals(
        List.of(
            "point 0 of 0",
            "restore",
            "accumulate 0: 3.0",
            "point 0 of 1",
            "restore",
            "point 0 of 1",
            "restore",
            "update from 1 in step 1"),
        optimizer.calls);
  }

  @Test
  void phasesFollowEachOther() {
    Recorder optimizer =
        new Recorder(true, List.of(List.of(GRADIENT_OF_ELL), List.of(GRADIENT_OF_ELL)));
    double[] buffer = {7, 0};
    try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
      assertEquals(0, evaluation.phase());
      evaluation.gradient(buffer);
      assertEquals(1, evaluation.phase());
      buffer[0] = 8;
      evaluation.gradient(buffer);
      assertEquals(2, evaluation.phase());
    }
    optimizer.step();
    assertEquals(
        List.of(
            "point 0 of 0",
            "point 1 of 0 after 7.0",
            "restore",
            "accumulate 0: 8.0",
            "update from 1 in step 1"),
        optimizer.calls);
  }

  @Test
  void stepNeedsACompletedEvaluation() {
    Recorder optimizer = drawing();
    assertIllegalState("no evaluation was completed", optimizer::step);
    optimizer.evaluate().close();
    assertIllegalState("the last evaluation was closed after 0 of 1 phase", optimizer::step);
    evaluate(optimizer, 1);
    optimizer.step();
    assertIllegalState("no evaluation was completed", optimizer::step);
    assertEquals(1, optimizer.steps());
  }

  @Test
  void anEvaluationThatWasClosedEarlyIsNamedAsTheReason() {
    List<Question> phase = List.of(GRADIENT_OF_ELL);
    Recorder optimizer = new Recorder(true, List.of(phase, phase));
    try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
      evaluation.gradient(GRADIENT);
    }
    assertIllegalState("the last evaluation was closed after 1 of 2 phases", optimizer::step);
    try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
      evaluation.gradient(GRADIENT);
      evaluation.gradient(GRADIENT);
    }
    optimizer.step();
    assertIllegalState("no evaluation was completed", optimizer::step);
  }

  @Test
  void nothingElseWhileAnEvaluationIsOpen() {
    Recorder optimizer = drawing();
    try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
      assertIllegalState("an evaluation is open", optimizer::evaluate);
      assertIllegalState("an evaluation is open", optimizer::step);
      assertIllegalState("an evaluation is open", optimizer::refresh);
      assertIllegalState("an evaluation is open", () -> optimizer.hyperParameter("rate", 0.25));
      evaluation.gradient(GRADIENT);
      assertIllegalState("an evaluation is open", optimizer::step);
    }
    optimizer.step();
  }

  @Test
  void hyperParametersChangeBetweenSteps() {
    Recorder optimizer = drawing();
    optimizer.hyperParameter("rate", 1);
    assertEquals(1, optimizer.hyperParameter("rate"));
    evaluate(optimizer, 1);
    assertIllegalState("inside a step", () -> optimizer.hyperParameter("rate", 0.25));
    assertIllegalState("inside a step", () -> optimizer.noise(new PhiloxNoise(1)));
    optimizer.step();
    optimizer.hyperParameter("rate", 0.25);
    assertIllegalArgument("(0, 1]", () -> optimizer.hyperParameter("rate", 0));
    assertIllegalArgument("(0, 1]", () -> optimizer.hyperParameter("rate", Double.NaN));
    assertIllegalArgument("it has rate", () -> optimizer.hyperParameter("speed", 0.25));
    assertEquals(0.25, optimizer.hyperParameter("rate"));
  }

  @Test
  void answersHaveTheirTime() {
    Recorder optimizer = new Recorder(true, List.of(List.of(GRADIENT_OF_ELL, GRADIENT_OF_ELL)));
    Evaluation<double[]> evaluation = optimizer.evaluate();
    assertIllegalArgument("no question 2", () -> evaluation.answer(2, GRADIENT));
    assertIllegalArgument("no question -1", () -> evaluation.answer(-1, GRADIENT));
    assertIllegalState("asks 2 questions", () -> evaluation.gradient(GRADIENT));
    assertThrows(NullPointerException.class, () -> evaluation.answer(0, null));
    evaluation.answer(1, GRADIENT);
    assertIllegalState("already answered", () -> evaluation.answer(1, GRADIENT));
    evaluation.answer(0, GRADIENT);
    assertIllegalState("complete", () -> evaluation.answer(0, GRADIENT));
    evaluation.close();
    evaluation.close();
    assertEquals(List.of("point 0 of 0", "restore"), optimizer.calls);
    assertIllegalState("closed", () -> evaluation.answer(0, GRADIENT));
  }

  @Test
  void answersHaveTheRightLength() {
    Recorder optimizer =
        new Recorder(true, List.of(List.of(GRADIENT_OF_ELL, ROWS_OF_ELL, OTHER_ROWS)));
    try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
      assertIllegalArgument(
          "gradient of ell has 3 values; expected 2", () -> evaluation.answer(0, new double[3]));
      assertIllegalArgument("a row of 2", () -> evaluation.answer(1, new double[3]));
      assertIllegalArgument("a row of 2", () -> evaluation.answer(1, new double[0]));
      evaluation.answer(1, new double[6]);
      assertIllegalArgument("rows for 3 examples", () -> evaluation.answer(2, new double[8]));
      evaluation.answer(2, new double[6]);
      evaluation.answer(0, new double[2]);
    }
    assertEquals(3, optimizer.examples());
  }

  @Test
  void withoutDrawsAStepTakesOneEvaluation() {
    Recorder optimizer = new Recorder(false, List.of(List.of(GRADIENT_OF_ELL)));
    evaluate(optimizer, 1);
    assertIllegalState("makes no draws", optimizer::evaluate);
    optimizer.step();
    evaluate(optimizer, 1);
  }

  @Test
  void statesAreFoundByName() {
    Recorder optimizer = drawing();
    assertArrayEquals(new double[2], optimizer.state("m"));
    assertIllegalArgument("Recorder has no state s; it has m", () -> optimizer.state("s"));
  }

  @Test
  void aClosedEvaluationStaysClosed() {
    Recorder optimizer = drawing();
    Evaluation<double[]> first = optimizer.evaluate();
    first.close();
    try (Evaluation<double[]> second = optimizer.evaluate()) {
      first.close();
      assertIllegalState("closed", () -> first.gradient(GRADIENT));
      assertEquals(0, second.phase());
      second.gradient(GRADIENT);
    }
    optimizer.step();
  }

  /** Fails where its number of calls says so. */
  private static final class Failing extends Recorder {

    private final String failing;

    Failing(String failing) {
      super(true, List.of(List.of(GRADIENT_OF_ELL)));
      this.failing = failing;
    }

    private void failAt(String call) {
      if (call.equals(failing)) {
        throw new IllegalArgumentException("no noise");
      }
    }

    @Override
    protected void accumulate(int draw, int from, int to, double[] values) {
      super.accumulate(draw, from, to, values);
      failAt("accumulate " + draw + " in step " + stepNumber());
    }

    @Override
    protected void update(int draws, int from, int to, double[] values) {
      super.update(draws, from, to, values);
      failAt("update in step " + stepNumber());
    }
  }

  @Test
  void whatCannotBeAddedUpIsForgotten() {
    Recorder optimizer = new Failing("accumulate 1 in step 1");
    evaluate(optimizer, 1);
    evaluate(optimizer, 2);
    assertIllegalArgument("no noise", optimizer::evaluate);
    assertIllegalState("no evaluation was completed", optimizer::step);
    evaluate(optimizer, 3);
    optimizer.step();
    assertEquals(1, optimizer.steps());
  }

  @Test
  void afterAnUpdateThatFailedOnlyLoadingHelps(@TempDir Path folder) throws IOException {
    Recorder optimizer = new Failing("update in step 2");
    evaluate(optimizer, 1);
    optimizer.step();
    Path file = folder.resolve("state.npz");
    optimizer.save(file);
    evaluate(optimizer, 1);
    assertIllegalArgument("no noise", optimizer::step);
    assertEquals(1, optimizer.steps());
    String reason = "step 2 failed while it wrote the states";
    assertIllegalState(reason, optimizer::evaluate);
    assertIllegalState(reason, optimizer::step);
    assertIllegalState(reason, () -> optimizer.save(file));
    optimizer.load(file);
    evaluate(optimizer, 1);
  }

  /** Whether the evaluation before is closed first or not. */
  @Test
  void aStepAndTheNextEvaluationAtOnce() {
    Descent apart = Descent.builder().dimension(1000).hyperParameter("sigma", 0.5).build();
    Descent atOnce = Descent.builder().dimension(1000).hyperParameter("sigma", 0.5).build();
    float[] gradient = new float[1000];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = i % 7 - 3;
    }
    Evaluation<float[]> next = atOnce.evaluate();
    for (int step = 0; step < 3; step++) {
      try (Evaluation<float[]> evaluation = apart.evaluate()) {
        assertArrayEquals(apart.parameters(), atOnce.parameters());
        evaluation.gradient(gradient);
      }
      apart.step();
      next.gradient(gradient);
      if (step == 1) {
        next.close();
      }
      Evaluation<float[]> before = next;
      next = atOnce.stepAndEvaluate();
      before.close();
    }
    next.close();
    assertArrayEquals(apart.state("m"), atOnce.state("m"));
    assertArrayEquals(apart.parameters(), atOnce.parameters());
    assertEquals(3, atOnce.steps());
  }

  @Test
  void noStepAtOnceInAnEvaluationThatIsNotComplete() {
    Descent optimizer = Descent.builder().dimension(3).build();
    assertIllegalState("no evaluation was completed", optimizer::stepAndEvaluate);
    try (Evaluation<float[]> evaluation = optimizer.evaluate()) {
      assertIllegalState("an evaluation is open", optimizer::stepAndEvaluate);
      evaluation.gradient(new float[3]);
    }
    optimizer.step();
  }

  private static void assertIllegalState(String message, Executable action) {
    assertMessage(message, assertThrows(IllegalStateException.class, action));
  }

  private static void assertIllegalArgument(String message, Executable action) {
    assertMessage(message, assertThrows(IllegalArgumentException.class, action));
  }

  private static void assertMessage(String expected, Exception thrown) {
    assertTrue(thrown.getMessage().contains(expected), thrown.getMessage());
  }

  @Test
  void aPointThatCannotBeComputedLeavesTheMeanAndNoOpenEvaluation() {
    RuntimeException failure = new IllegalArgumentException("no noise");
    Recorder optimizer =
        new Recorder(true, List.of(List.of(GRADIENT_OF_ELL))) {
          private boolean failed;

          @Override
          protected void point(int phase, int draw, int from, int to, double[] values) {
            if (!failed) {
              failed = true;
              throw failure;
            }
            super.point(phase, draw, from, to, values);
          }
        };

    assertEquals(failure, assertThrows(RuntimeException.class, optimizer::evaluate));
    optimizer.evaluate().close();

    assertEquals(List.of("restore", "point 0 of 0", "restore"), optimizer.calls);
  }
}
