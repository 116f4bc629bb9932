package org.blrc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Several backward passes in one evaluation. */
final class EvaluationPassesTest {

  /** Keeps what it is given in the only phase. */
  private static final class Keeper extends AbstractOptimizer<double[]> {

    private static final List<Question> QUESTIONS =
        List.of(
            new Question("ell", "gradient", false),
            new Question("ell", "per_example_gradients", true));

    double[] gradient;
    double[] rows;
    int examples;

    Keeper() {
      super(new Signature("Keeper", List.of(), List.of("m"), List.of(QUESTIONS), false), 2);
    }

    @Override
    protected void point(int phase, int draw, int from, int to, double[] values) {}

    @Override
    protected void restore(int from, int to, double[] values) {}

    @Override
    protected void accumulate(int draw, int from, int to, double[] values) {}

    @Override
    protected void update(int draws, int from, int to, double[] values) {
      gradient = answer(0).clone();
      rows = answer(1).clone();
      examples = examples();
    }

    @Override
    protected double[] state(int index) {
      return new double[2];
    }

    @Override
    public double[] parameters() {
      return new double[2];
    }

    @Override
    public int samples() {
      return 1;
    }
  }

  @Test
  void gradientsAreAveragedAndRowsPutTogether() {
    Keeper optimizer = new Keeper();
    double[] gradient = new double[2];
    for (int step = 1; step <= 2; step++) {
      try (Evaluation<double[]> evaluation = optimizer.evaluate(3)) {
        for (int pass = 1; pass <= 3; pass++) {
          gradient[0] = pass * step;
          gradient[1] = 6;
          evaluation.answer(0, gradient);
          evaluation.answer(1, pass == 1 ? new double[] {1, 2, 3, 4} : new double[] {pass, step});
          assertEquals(pass == 3 ? 1 : 0, evaluation.phase());
        }
      }
      optimizer.step();
      assertArrayEquals(new double[] {2 * step, 6}, optimizer.gradient);
      assertEquals(4, optimizer.examples);
      assertArrayEquals(new double[] {1, 2, 3, 4, 2, step, 3, step}, optimizer.rows);
    }
  }

  @Test
  void eachQuestionHasItsNumberOfPasses() {
    Keeper optimizer = new Keeper();
    ThrownBy.illegalArgument("0 passes", () -> optimizer.evaluate(0));
    try (Evaluation<double[]> evaluation = optimizer.evaluate(2)) {
      evaluation.answer(0, new double[2]);
      evaluation.answer(0, new double[2]);
      ThrownBy.illegalState("already answered", () -> evaluation.answer(0, new double[2]));
      evaluation.answer(1, new double[2]);
    }
    ThrownBy.illegalState("closed after 0 of 1 phase", optimizer::step);
  }

  @Test
  void oneAfterTheOtherIsAsTheWhole() {
    Descent whole = Descent.builder().dimension(3).build();
    Descent parts = Descent.builder().dimension(3).build();
    for (int step = 0; step < 2; step++) {
      try (Evaluation<float[]> evaluation = whole.evaluate()) {
        evaluation.gradient(new float[] {1, 2, 3});
      }
      whole.step();
      try (Evaluation<float[]> evaluation = parts.evaluate(2)) {
        evaluation.gradient(new float[] {0, 4, 3});
        evaluation.gradient(new float[] {2, 0, 3});
      }
      parts.step();
    }
    assertArrayEquals(whole.state("m"), parts.state("m"));
  }
}
