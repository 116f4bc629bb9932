package org.blrc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.blrc.trial.TrialResult.Entry;
import org.blrc.trial.TrialResult.Point;
import org.blrc.trial.TrialResult.Setting;
import org.blrc.trial.TrialResult.Source;
import org.junit.jupiter.api.Test;

class TrialTest {

  private static final Problem LOGISTIC = Problems.named("logistic").make();

  private static final Problem PARABOLA = parabola(50);

  @Test
  void gradientDescentFollowsItsClosedForm() {
    // m_t - 1 = (1 - alpha)^t (m_0 - 1) with m_0 = 0, and the loss above the optimum is half its
    // square; the loss at 1 is ((-1 - 1)^2 + (3 - 1)^2) / 4 = 2.
    Entry entry = run(PARABOLA, Map.of("alpha", 0.25), Optimizers.gradientDescent());
    for (Point point : entry.curve()) {
      assertEquals(0.5 * Math.pow(0.75, 2. * point.step()), point.loss(), 1e-13);
    }
    assertEquals(new Point(0, 0.5), entry.curve().getFirst());
    assertEquals(50, entry.curve().getLast().step());
    assertEquals(List.of(new Setting("alpha", 0.25, Source.GIVEN, List.of())), entry.settings());
  }

  @Test
  void anUnsetRateIsTuned() {
    Entry entry = run(parabola(5), Map.of(), Optimizers.gradientDescent());
    Setting alpha = entry.settings().getFirst();
    assertEquals(Source.TUNED, alpha.source());
    assertEquals(1, alpha.value(), "rate 1 solves the parabola in one step");
    assertTrue(alpha.tried().contains(0.3) && alpha.tried().contains(3.0));
  }

  @Test
  void divergenceIsReportedWithItsStep() {
    // With alpha = 3, m_t - 1 = -(-2)^t. The loss, 2^(2t - 1), is finite up to t = 512, and it is
    // taken at every 6th step.
    Entry entry = run(parabola(600), Map.of("alpha", 3.0), Optimizers.gradientDescent());
    int step = entry.divergedAt().orElseThrow();
    assertEquals(516, step);
    assertEquals(Optional.empty(), entry.atCentre());
    assertTrue(entry.curve().stream().allMatch(point -> Double.isFinite(point.loss())));
  }

  @Test
  void anAnswerThatIsNotANumberEndsTheRun() {
    // Newton divides 0 by 0 at the first pixel, which is 0 in every image.
    Entry entry = run(Problems.named("digits").make(), Map.of("rho", 0.1), Optimizers.newton());
    assertEquals(OptionalInt.of(1), entry.divergedAt());
  }

  @Test
  void newtonSolvesAnIsotropicQuadraticInOneStep() {
    Entry entry = run(PARABOLA, Map.of("rho", 1.0), Optimizers.newton());
    assertEquals(0, entry.curve().get(1).loss(), 1e-14);
  }

  @Test
  void aTrialDependsOnItsRequestAlone() {
    Entry one = run(LOGISTIC, Map.of("alpha", 0.1), Optimizers.ivon());
    Entry other = run(LOGISTIC, Map.of("alpha", 0.1), Optimizers.ivon());
    assertEquals(one.curve(), other.curve());
    assertEquals(one.atCentre(), other.atCentre());
    assertEquals(one.averaged(), other.averaged());
    TrialRequest reseeded =
        new TrialRequest(LOGISTIC, List.of(Optimizers.ivon()), Map.of("alpha", 0.1), 2);
    Entry third = Trial.run(reseeded, Progress.SILENT).entries().getFirst();
    assertFalse(one.curve().equals(third.curve()));
  }

  @Test
  void singlePrecisionAgreesToItsAccuracy() {
    Entry single = run(LOGISTIC, Map.of("alpha", 0.1), Optimizers.singlePrecision());
    Entry exact = run(LOGISTIC, Map.of("alpha", 0.1), Optimizers.gradientDescent());
    assertEquals(exact.trainingLoss(), single.trainingLoss(), 1e-6);
  }

  @Test
  void tunedOptimizersClassifyTheBreastCancerData() {
    TrialResult result =
        Trial.run(
            new TrialRequest(
                LOGISTIC,
                List.of(Optimizers.adam(), Optimizers.vogn(), Optimizers.ivon()),
                Map.of(),
                1),
            Progress.SILENT);
    for (Entry entry : result.entries()) {
      Scores scores = entry.atCentre().orElseThrow();
      assertTrue(scores.accuracy() > 0.93, entry.name() + " " + scores);
      assertTrue(scores.negativeLogLikelihood() < 0.2, entry.name() + " " + scores);
      assertTrue(
          entry.times().optimizer() > 0 && entry.times().total() > entry.times().optimizer());
    }
    assertEquals(
        List.of(false, true, true),
        result.entries().stream().map(entry -> entry.averaged().isPresent()).toList());
  }

  @Test
  void aNetworkLearnsTheDigits() {
    Entry entry = run(Problems.named("digits").make(), Map.of("alpha", 0.003), Optimizers.adam());
    assertTrue(entry.atCentre().orElseThrow().accuracy() > 0.96, entry.atCentre().toString());
  }

  @Test
  void namesAreMadeUnique() {
    TrialResult result =
        Trial.run(
            new TrialRequest(
                PARABOLA,
                List.of(Optimizers.gradientDescent(), Optimizers.gradientDescent()),
                Map.of("alpha", 0.1),
                1),
            Progress.SILENT);
    assertEquals(
        List.of("GradientDescent", "GradientDescent (2)"),
        result.entries().stream().map(Entry::name).toList());
  }

  @Test
  void anOptimizerThatCannotStartIsReported() {
    Contender<double[]> good = Optimizers.gradientDescent();
    Contender<double[]> bad =
        new Contender<>(
            good.signature(),
            good.roles(),
            good.posterior(),
            good.numbers(),
            (mean, hypers) -> {
              throw new IllegalArgumentException("the initial value 0 lies outside (0, Infinity)");
            });
    TrialException e =
        assertThrows(TrialException.class, () -> run(PARABOLA, Map.of("alpha", 1.0), bad));
    assertEquals(
        "`GradientDescent` cannot start: the initial value 0 lies outside (0, Infinity)",
        e.getMessage());
  }

  @Test
  void progressCoversEveryStepOfEveryRun() {
    List<String> runs = new ArrayList<>();
    int[] steps = {0};
    Progress counting =
        name ->
            new Progress.Bar() {
              @Override
              public void begin(String what, int most) {
                runs.add(what + " of " + most);
              }

              @Override
              public void advance() {
                steps[0]++;
              }

              @Override
              public void close() {
                runs.add("closed");
              }
            };
    Trial.run(
        new TrialRequest(PARABOLA, List.of(Optimizers.gradientDescent()), Map.of("alpha", 0.1), 1),
        counting);
    assertEquals(List.of("training of 50", "closed"), runs);
    assertEquals(50, steps[0]);
  }

  /** One coordinate with curvature 1 around the mean of the examples -1 and 3. */
  private static Problem parabola(int steps) {
    return new Problem(
        "parabola",
        "one coordinate",
        Place.REAL,
        new Quadratic(1, 1, new SplittableRandom(1)),
        Dataset.of(List.of(new double[] {-1}, new double[] {3}), List.of(0, 0)),
        Optional.empty(),
        2,
        2,
        steps);
  }

  private static Entry run(Problem problem, Map<String, Double> settings, Contender<?> contender) {
    return Trial.run(new TrialRequest(problem, List.of(contender), settings, 1), Progress.SILENT)
        .entries()
        .getFirst();
  }
}
