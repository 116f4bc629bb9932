package org.blrc.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.blrc.program.Program;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.RecordedNoise;
import org.blrc.syntax.Code;
import org.junit.jupiter.api.Test;

/** How gradients of expectations are taken, and what they come to. */
final class GradientChoiceTest {

  private static final String THREE =
      """
      family Three(tilt: real) {
        support        {-1, 0, 2}
        statistics     x
        natural        tilt
        log_partition  log(exp(-tilt) + 1 + exp(2 * tilt))
      }
      """;

  private static String optimizer(String family, String clauses) {
    return """
    optimizer Test {
      state      l: real = 0
      posterior  each x ~ %s
      loss       ell(x)
      rate       1 / 4
      %s
    }
    """
        .formatted(family, clauses);
  }

  private static double loss(double x) {
    return Math.cos(x) + x * x / 3;
  }

  /** A step of one coordinate whose questions are all answered with values. */
  private static double step(Program program, double l, double... noise) {
    ReferenceOptimizer optimizer = new ReferenceOptimizer(program, 1, Map.of());
    optimizer.state("l")[0] = l;
    optimizer.refresh();
    RecordedNoise draws = new RecordedNoise();
    draws.set(DoubleStream.of(noise).mapToObj(u -> new double[] {u}).toArray(double[][]::new));
    optimizer.noise(draws);
    for (int draw = 0; draw < optimizer.samples(); draw++) {
      try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
        for (Program.Phase phase : program.phases()) {
          assertEquals(List.of(Program.AnswerKind.VALUE), kinds(phase));
          evaluation.answer(0, new double[] {loss(optimizer.parameters()[0])});
        }
      }
    }
    optimizer.step();
    return optimizer.state("l")[0];
  }

  private static List<Program.AnswerKind> kinds(Program.Phase phase) {
    return phase.answers().stream().map(Program.Answer::kind).toList();
  }

  /** Fewer statistics than values: the probabilities are not affine in the mean. */
  @Test
  void anyFiniteSupportIsEnumerated() {
    Program program = Specs.derive(THREE + optimizer("Three(tilt = l)", "")).program();
    assertEquals(3, program.phases().size());
    double l = 0.3;
    double[] x = {-1, 0, 2};
    double total = Math.exp(-l) + 1 + Math.exp(2 * l);
    double mean = 0;
    double square = 0;
    double product = 0;
    double expected = 0;
    for (double each : x) {
      double q = Math.exp(l * each) / total;
      mean += q * each;
      square += q * each * each;
      product += q * each * loss(each);
      expected += q * loss(each);
    }
    double meanGradient = (product - mean * expected) / (square - mean * mean);
    assertEquals(0.75 * l - meanGradient / 4, step(program, l), 1e-12);
  }

  /** By the score function: the covariance of loss and statistic over the variance. */
  @Test
  void theScoreFunctionAsksForOneValueADraw() {
    Program program =
        Specs.derive(
                optimizer(
                    "SignedBernoulli(natural = l)",
                    "gradient score approximate monte_carlo(samples = 2)"))
            .program();
    assertEquals(1, program.phases().size());
    double l = 0.3;
    double mean = Math.tanh(l);
    // sigmoid(0.6) = 0.646: the first draw is +1, the second -1.
    double estimate = (loss(1) * (1 - mean) + loss(-1) * (-1 - mean)) / 2 / (1 - mean * mean);
    assertEquals(0.75 * l - estimate / 4, step(program, l, 0.2, 0.9), 1e-12);
  }

  @Test
  void whatIsExplicitIsNotSampled() {
    Program program =
        Specs.derive(
                """
                optimizer Test {
                  state      r: positive = 1
                  posterior  each x ~ Poisson(rate = r)
                  prior      each x ~ Poisson(rate = 2)
                  loss       x^2 / 2
                  rate       1 / 4
                }
                """)
            .program();
    assertTrue(program.phases().isEmpty());
    assertTrue(program.noises().isEmpty());
    ReferenceOptimizer optimizer = new ReferenceOptimizer(program, 1, Map.of());
    optimizer.state("r")[0] = 1.5;
    optimizer.refresh();
    optimizer.evaluate().close();
    optimizer.step();
    // E[x^2] = mu + mu^2 has the slope 1 + 2 mu.
    double natural = 0.75 * Math.log(1.5) + (Math.log(2) - (1 + 2 * 1.5) / 2) / 4;
    assertEquals(Math.exp(natural), optimizer.state("r")[0], 1e-12);
  }

  private static String waiting(String clauses) {
    return """
    family Waiting(pace: positive) {
      support        positive
      statistics     x
      natural        -pace
      log_partition  -log(pace)
      %s
    }
    """
        .formatted(clauses);
  }

  /** Draws jump where the pace passes the noise. */
  private static final String JUMPING =
      "sample -log(u * v) / (pace * (3 + sign(pace - v))) with u ~ Uniform, v ~ Uniform";

  /** Both ways are exact, so what comes of them is the same. */
  @Test
  void theDistributionFunctionGivesTheGradientOfASmoothSampler() {
    String update =
        optimizer("Waiting(pace = l)", "approximate monte_carlo").replace("real = 0", "positive");
    String sampled = waiting("sample -log(u) / pace with u ~ Uniform");
    String distributed =
        waiting(
            "sample -log(abs(sign(u - pace / (1 + pace)) - u)) / pace with u ~ Uniform cdf -expm1(-pace * x)");
    assertEquals(update(sampled + update), update(distributed + update));
  }

  /** What is known in closed form is the same however draws would be made, if they could be. */
  @Test
  void closedFormsNeedNoSampler() {
    String update =
        optimizer("Waiting(pace = l)", "")
            .replace("real = 0", "positive")
            .replace("ell(x)", "2 * x + x^2");
    String sampled = waiting("sample -log(u) / pace with u ~ Uniform");
    assertEquals(update(sampled + update), update(waiting("") + update));
    List<Code> codes =
        Specs.problems(waiting("") + update.replace("x^2", "sin(x)")).stream()
            .map(each -> each.code())
            .toList();
    assertEquals(List.of(Code.NO_SAMPLER), codes);
  }

  private static String update(String spec) {
    List<String> values =
        Specs.derive(spec).steps().getLast().lines().stream()
            .filter(line -> line instanceof Step.Line.Equation(Quantity.NewValue _, var _))
            .map(Object::toString)
            .toList();
    assertEquals(1, values.size());
    return values.getFirst();
  }

  @Test
  void noDerivativePassesThroughAJumpOfTheSampler() {
    String update =
        optimizer("Waiting(pace = l)", "approximate monte_carlo").replace("real = 0", "positive");
    for (String jump : List.of("sign(pace - v)", "[pace > v]")) {
      Program program =
          Specs.derive(waiting(JUMPING.replace("sign(pace - v)", jump)) + update).program();
      assertEquals(List.of(Program.AnswerKind.VALUE), kinds(program.phases().getFirst()), jump);
    }
  }

  @Test
  void aWayThatCannotBeTakenIsRefused() {
    for (String bad :
        List.of(
            optimizer("Normal(mean = l, precision = 1)", "gradient differences"),
            optimizer("SignedBernoulli(natural = l)", "gradient pathwise"),
            waiting(JUMPING)
                + optimizer("Waiting(pace = l)", "gradient pathwise")
                    .replace("real = 0", "positive"))) {
      List<Code> codes = Specs.problems(bad).stream().map(each -> each.code()).toList();
      assertEquals(List.of(Code.NO_SAMPLER), codes);
    }
  }

  private static final double[][] DRAWS = {{0.9}, {-1.4}, {0.2}};

  /** The natural gradient is the covariance of loss and statistics: here that of the sample. */
  @Test
  void eachDrawIsComparedWithTheOthers() {
    double m = 0.7;
    double[] x = new double[DRAWS.length];
    double meanX = 0;
    double meanLoss = 0;
    for (int k = 0; k < x.length; k++) {
      x[k] = m + DRAWS[k][0];
      meanX += x[k] / x.length;
      meanLoss += loss(x[k]) / x.length;
    }
    double covariance = 0;
    for (double each : x) {
      covariance += (each - meanX) * (loss(each) - meanLoss) / (x.length - 1);
    }
    assertEquals(m - covariance / 4, afterOneStep("leave_one_out(ell, 3)", m, 0), 1e-14);
  }

  /** A mean that coordinates share moves by the mean of what each of them would do alone. */
  @Test
  void eachDrawIsComparedWithTheOthersWhereCoordinatesShareAState() {
    double[][] draws = {{0.9, 0.1}, {-1.4, 0.8}, {0.2, -0.5}};
    double m = 0.7;
    double alone = 0;
    for (int i = 0; i < 2; i++) {
      int at = i;
      double[][] own =
          Arrays.stream(draws).map(each -> new double[] {each[at]}).toArray(double[][]::new);
      alone += afterOneStep("leave_one_out(ell, 3)", m, 0, own) / 2;
    }
    Program program =
        Specs.derive(
                optimizer(GAUSSIAN, "gradient score approximate leave_one_out(ell, 3)")
                    .replace("l: real", "shared l: real"))
            .program();
    ReferenceOptimizer optimizer = new ReferenceOptimizer(program, 2, Map.of());
    optimizer.state("l")[0] = m;
    optimizer.refresh();
    RecordedNoise noise = new RecordedNoise();
    noise.set(new double[][][] {draws});
    optimizer.noise(noise);
    for (int draw = 0; draw < draws.length; draw++) {
      try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
        evaluation.answer(0, Arrays.stream(optimizer.parameters()).map(x -> loss(x)).toArray());
      }
    }
    optimizer.step();
    assertEquals(alone, optimizer.state("l")[0], 1e-14);
  }

  /** The loss of a minibatch of two is the mean of theirs, and N of them make the whole. */
  @Test
  void eachDrawIsComparedWithTheOthersForALossOfExamples() {
    double m = 0.7;
    String clauses = "gradient score approximate leave_one_out(ell, 3) stochastic";
    String spec =
        optimizer(GAUSSIAN, clauses)
            .replace("ell(x)", "sum(i in examples) ell(i, x)")
            .replace("state ", "hyper N: positive data examples[N] state ");
    double whole =
        OneStep.of(spec, Map.of("N", 10.), Map.of("l", new double[] {m}))
            .withExamples(2)
            .withNoise(DRAWS)
            .run((_, _, example, x) -> example == 0 ? loss(x) : 3 * loss(x))
            .state("l")[0];
    double change = afterOneStep("leave_one_out(ell, 3)", m, 0) - m;
    assertEquals(m + 10 * (1 + 3) / 2. * change, whole, 1e-13);
  }

  /** Terms beside the loss do not come between what a rule is about. */
  @Test
  void aScoreStaysInOnePieceBesideABaseMeasure() {
    for (String state : List.of("a: positive = 1", "shared a: positive = 1")) {
      String spec =
          optimizer(
                  "Poisson(rate = a)",
                  "gradient score approximate leave_one_out(ell, 3) monte_carlo(3)")
              .replace("l: real = 0", state)
              .replace("1 / 4", "eta")
              .replace("state", "hyper eta: unit = 1 / 4 state");
      assertEquals(
          List.of(Program.AnswerKind.VALUE),
          kinds(Specs.derive(spec).program().phases().getFirst()));
    }
  }

  @Test
  void aConstantInTheLossIsNoNoiseAgainstABaseline() {
    for (String sampler : List.of("leave_one_out(ell, 3)", "monte_carlo(3)")) {
      double difference = afterOneStep(sampler, 0.7, 1000) - afterOneStep(sampler, 0.7, 0);
      assertEquals(sampler.startsWith("leave"), Math.abs(difference) < 1e-9, sampler);
    }
  }

  @Test
  void aSingleDrawHasNoOthers() {
    String alone = optimizer(GAUSSIAN, "gradient score approximate leave_one_out(ell, 1)");
    assertEquals(
        List.of(Code.DOMAIN), Specs.problems(alone).stream().map(each -> each.code()).toList());
  }

  private static final String GAUSSIAN = "Normal(mean = l, precision = 1)";

  private static double afterOneStep(String sampler, double m, double shift) {
    return afterOneStep(sampler, m, shift, DRAWS);
  }

  private static double afterOneStep(String sampler, double m, double shift, double[][] draws) {
    return OneStep.of(
            optimizer(GAUSSIAN, "gradient score approximate " + sampler),
            Map.of(),
            Map.of("l", new double[] {m}))
        .withNoise(draws)
        .run((_, _, _, x) -> loss(x) + shift)
        .state("l")[0];
  }
}
