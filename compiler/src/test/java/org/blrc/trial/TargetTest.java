package org.blrc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.blrc.symbolic.Domain;
import org.blrc.trial.NormalMixture.Component;
import org.blrc.verify.Density;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TargetTest {

  private static final Target RATES = (Target) Problems.POISSON.make().model();
  private static final Target MIXTURE = (Target) Problems.MIXTURE.make().model();

  static Stream<Arguments> targets() {
    return Stream.of(Arguments.of(RATES, Domain.POSITIVE), Arguments.of(MIXTURE, Domain.REAL));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void slopesAndCurvaturesAreDerivatives(Target target, Domain domain) {
    double h = 1e-5;
    for (int i = 0; i < target.dimension(); i++) {
      for (double x : new double[] {0.3, 1.7, 4}) {
        double slope = (target.loss(i, x + h) - target.loss(i, x - h)) / (2 * h);
        double bend = (target.slope(i, x + h) - target.slope(i, x - h)) / (2 * h);
        assertEquals(slope, target.slope(i, x), 1e-6 * (1 + Math.abs(slope)));
        assertEquals(bend, target.curvature(i, x), 1e-6 * (1 + Math.abs(bend)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void lossesAreThoseOfDensities(Target target, Domain domain) {
    for (int i = 0; i < target.dimension(); i++) {
      int coordinate = i;
      DoubleUnaryOperator log = x -> -target.loss(coordinate, x);
      assertEquals(1, Density.of(domain, log).orElseThrow().mass(), 1e-9);
    }
  }

  @Test
  void theDensityIsLeastInTheValley() {
    double valley = MIXTURE.valleys().getFirst();
    assertEquals(0, MIXTURE.slope(0, valley), 1e-12);
    assertTrue(MIXTURE.curvature(0, valley) < 0, "the loss is greatest");
  }

  @Test
  void farFromAllComponentsTheLossIsFinite() {
    NormalMixture two =
        new NormalMixture(
            List.of(new Component(0.5, -1, 1), new Component(0.5, 1, 1)), List.of(0.0), 0);
    // There the right component is alone.
    double expected = 99. * 99 / 2 + Math.log(2 * Math.PI) / 2 - Math.log(0.5);
    assertEquals(expected, two.loss(0, 100), 1e-9);
    assertEquals(99, two.slope(0, 100), 1e-9);
  }

  /** Of Gamma(1 + events, 11): the posterior of a rate is known. */
  @Test
  void exactMomentsAreThoseOfTheGammaDistribution() {
    List<Fit> fits = untrained(Specs.zoo("exponential-vi"), Problems.POISSON.make());
    double[] events = {1, 4, 25};
    for (int i = 0; i < events.length; i++) {
      double shape = 1 + events[i];
      Fit fit = fits.get(i);
      assertEquals(shape / 11, fit.exact().mean(), 1e-9);
      assertEquals(Math.sqrt(shape) / 11, fit.exact().deviation(), 1e-9);
      // The start: the exponential distribution with rate 1.
      assertEquals(1, fit.approximate().mean(), 1e-9);
      assertEquals(1, fit.approximate().deviation(), 1e-9);
      // E[log x] = -gamma, so KL = -1 - (a - 1) E[log x] + 11 - a log 11 + log Gamma(a).
      double factorial = i == 0 ? 0 : i == 1 ? Math.log(24) : 58.00360522298052;
      double gap = -1 + events[i] * EULER + 11 - shape * Math.log(11) + factorial;
      assertEquals(gap, fit.divergence(), 1e-8);
      // With rate r the divergence is log r - 1 + (a - 1)(gamma + log r) + 11 / r - a log 11 + ...,
      // and least at r = 11 / a.
      double least =
          shape * Math.log(11 / shape)
              - 1
              + events[i] * EULER
              + shape
              - shape * Math.log(11)
              + factorial;
      assertEquals(gap - least, fit.excess(), 1e-6);
    }
  }

  private static final double EULER = 0.5772156649015329;

  @Test
  void aPriorOfTheSpecIsPartOfTheExactPosterior() {
    Contender<double[]> contender =
        Specs.contender(
            """
            optimizer Own {
              hyper      a: positive = 0.1, K: positive
              state      q: positive = 1
              posterior  each y ~ Exponential(rate = q)
              prior      each y ~ Exponential(rate = 2)
              loss       K * f(y)
              rate       a
              approximate
                monte_carlo(samples = 1)
            }
            """);
    // Twice the likelihood and prior of one count, and the spec's prior: Gamma(1 + 2 n, 22 + 2).
    Fit fit = untrained(contender, Problems.POISSON.make(), "K", 2).get(1);
    assertEquals(9. / 24, fit.exact().mean(), 1e-9);
    assertEquals(3. / 24, fit.exact().deviation(), 1e-9);
  }

  @Test
  void aNormalPosteriorIsComparedWithAMode() {
    Contender<double[]> contender =
        Specs.contender(
            """
            optimizer Unit {
              hyper      a: positive = 0.1
              state      m: real
              posterior  each y ~ Normal(mean = m, precision = 4)
              loss       f(y)
              rate       a
              approximate
                delta_method
            }
            """);
    Fit fit =
        untrained(
                contender,
                one(new NormalMixture(List.of(new Component(1, 2, 0.5)), List.of(3.0), 1.5)))
            .getFirst();
    assertEquals(0.5 * 4 * 0.25, fit.divergence(), 1e-9, "half the squared distance in deviations");
    assertEquals(fit.divergence(), fit.excess(), 1e-6, "the mean is free to move there");
    assertEquals(0.9986501019683699, fit.approximate().shares().getFirst(), 1e-8);
    assertEquals(0.9772498680518208, fit.exact().shares().getFirst(), 1e-8);
  }

  @Test
  void aGammaPosteriorFindsTheExactOne() {
    Problem problem = Problems.POISSON.make();
    Training<double[]> training = train(Specs.zoo("gamma-vi"), problem, Map.of("rho", 0.1));
    for (Fit fit : training.fits()) {
      assertTrue(fit.divergence() < 0.02, fit.toString());
      assertEquals(fit.exact().mean(), fit.approximate().mean(), 0.1 * fit.exact().mean());
    }
  }

  private static Problem one(Target target) {
    return new Problem("one", "one", Place.REAL, target, Target.NO_DATA, Optional.empty(), 0, 1, 0);
  }

  private static List<Fit> untrained(Contender<double[]> contender, Problem problem) {
    return train(contender, stopped(problem), Map.of("a", 0.1)).fits();
  }

  private static List<Fit> untrained(
      Contender<double[]> contender, Problem problem, String name, double value) {
    return train(contender, stopped(problem), Map.of("a", 0.1, name, value)).fits();
  }

  private static Problem stopped(Problem problem) {
    return new Problem(
        problem.name(),
        problem.description(),
        problem.place(),
        problem.model(),
        problem.training(),
        problem.heldOut(),
        0,
        1,
        0);
  }

  private static Training<double[]> train(
      Contender<double[]> contender, Problem problem, Map<String, Double> given) {
    Map<String, Double> known = new HashMap<>(given);
    known
        .keySet()
        .removeIf(
            name ->
                contender.signature().hyperParameters().stream()
                    .noneMatch(hyper -> hyper.name().equals(name)));
    return Training.run(
        problem, contender, Settings.values(Settings.of(contender, known, problem)), 1, () -> {});
  }
}
