package org.blrc.trial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.blrc.program.Program.AnswerKind;
import org.junit.jupiter.api.Test;

class ProblemTest {

  @Test
  void splitsHaveTheirSizes() {
    assertSizes("digits", 1797);
    assertSizes("logistic", 569);
  }

  private static void assertSizes(String name, int total) {
    Problem problem = Problems.named(name).make();
    Dataset heldOut = problem.heldOut().orElseThrow();
    assertEquals(total, problem.training().size() + heldOut.size());
    assertEquals(0.2 * total, heldOut.size(), 5, "a fifth, up to rounding in each class");
    Problem tuning = problem.forTuning();
    Dataset validation = tuning.heldOut().orElseThrow();
    assertEquals(problem.training().size(), tuning.training().size() + validation.size());
    assertEquals(0.2 * problem.training().size(), validation.size(), 5);
  }

  @Test
  void splitsAreDisjointStratifiedAndFixed() {
    Dataset all = Tables.breastCancer();
    Dataset.Split split = all.split(0.2, 7);
    Set<double[]> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    seen.addAll(inputs(split.first()));
    seen.addAll(inputs(split.second()));
    assertEquals(569, seen.size());
    assertEquals(Math.round(0.2 * 357), count(split.second(), 1));
    assertEquals(Math.round(0.2 * 212), count(split.second(), 0));
    assertEquals(inputs(split.second()), inputs(all.split(0.2, 7).second()));
    assertFalse(inputs(split.second()).equals(inputs(all.split(0.2, 8).second())));
  }

  @Test
  void validationDataComeFromTheTrainingDataOnly() {
    Problem problem = Problems.named("digits").make();
    Set<double[]> training = Collections.newSetFromMap(new IdentityHashMap<>());
    training.addAll(inputs(problem.training()));
    assertTrue(training.containsAll(inputs(problem.forTuning().training())));
    assertTrue(training.containsAll(inputs(problem.forTuning().heldOut().orElseThrow())));
  }

  @Test
  void measurementsAreStandardisedOverTheTrainingData() {
    Dataset data = Problems.named("logistic").make().training();
    for (int column = 0; column < 30; column++) {
      int j = column;
      double[] values = inputs(data).stream().mapToDouble(x -> x[j]).toArray();
      assertEquals(0, Arrays.stream(values).average().orElseThrow(), 1e-12);
      assertEquals(1, Arrays.stream(values).map(x -> x * x).average().orElseThrow(), 1e-12);
    }
  }

  @Test
  void theFirstDigitIsRead() {
    Dataset digits = Tables.digits();
    assertEquals(0, digits.label(0));
    double[] row = {0, 0, 5, 13, 9, 1, 0, 0};
    assertArrayEquals(
        Arrays.stream(row).map(x -> x / 16).toArray(), Arrays.copyOf(digits.input(0), 8));
  }

  @Test
  void quadraticHasTheStatedSpectrum() {
    // Sums of powers of the eigenvalues: the trace of A, and of A^2 as the squared norm of A.
    Quadratic model = new Quadratic(20, 1e4, new SplittableRandom(5));
    double[] w = new double[20];
    double trace = 0;
    double norm = 0;
    for (int j = 0; j < 20; j++) {
      w[j] = 1;
      double[] column = new double[20];
      model.addGradient(w, new double[20], 0, 1, column, 0);
      w[j] = 0;
      trace += column[j];
      norm += Arrays.stream(column).map(x -> x * x).sum();
    }
    double[] eigenvalues =
        IntStream.range(0, 20).mapToDouble(k -> Math.pow(10, -2 + 4 * k / 19.)).toArray();
    assertEquals(Arrays.stream(eigenvalues).sum(), trace, 1e-9);
    assertEquals(Arrays.stream(eigenvalues).map(x -> x * x).sum(), norm, 1e-7);
  }

  @Test
  void quadraticLossIsReportedAboveItsMinimum() {
    Problem problem = Problems.named("quadratic").make();
    Quadratic model = (Quadratic) problem.model();
    double[] minimum = model.minimum(problem.training());
    assertEquals(0, problem.trainingLoss(minimum), 1e-10);
    double[] gradient = new double[100];
    int[] all = IntStream.range(0, problem.training().size()).toArray();
    new Oracle(model, problem.training())
        .answer(AnswerKind.GRADIENT, minimum, minimum, minimum, all, gradient);
    assertArrayEquals(new double[100], gradient, 1e-10);
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    TrialException e = assertThrows(TrialException.class, () -> Problems.named("mnist"));
    assertEquals(
        "there is no problem `mnist`; there are `quadratic`, `logistic`, `digits`, `mixture`,"
            + " `poisson` and `binary-digits`",
        e.getMessage());
    Problems.names().forEach(name -> assertEquals(name, Problems.named(name).make().name()));
  }

  private static List<double[]> inputs(Dataset data) {
    return IntStream.range(0, data.size()).mapToObj(data::input).toList();
  }

  private static long count(Dataset data, int label) {
    return IntStream.range(0, data.size()).filter(i -> data.label(i) == label).count();
  }
}
