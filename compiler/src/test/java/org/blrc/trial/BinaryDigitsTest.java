package org.blrc.trial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.blrc.runtime.Optimizer;
import org.blrc.trial.TrialResult.Entry;
import org.junit.jupiter.api.Test;

class BinaryDigitsTest {

  /** The straight-through estimator, of weights that are bits; no name is one of the library's. */
  private static final String BITS =
      """
      optimizer Zeros {
        hyper      speed: unit = 0.1
        state      z: real
        posterior  each bit ~ Bernoulli(logit = z)
        loss       f(bit)
        rate       speed
        approximate
          rounding
      }

      rule rounding for b ~ Bernoulli(logit) {
        relax   b ~> sigmoid(logit)
        grad(f)(sigmoid(logit)) ~> grad(f)((1 + sign(logit)) / 2)
      }
      """;

  /** BayesBiNN, whose estimator has heavy tails, with a bound on the direction. */
  private static final String RELAXED =
      """
      optimizer Relaxed {
        hyper      rho: unit = 0.01, tau: positive = 1, c: positive = 5, N: positive
        state      l: real
        posterior  each w ~ SignedBernoulli(natural = l)
        loss       N * f(w)
        rate       rho
        approximate
          concrete_signs(tau)
          monte_carlo(samples = 1)
          clip(c) of l
      }
      """;

  /** Expectations by enumeration; the loss is that of all examples, not of their mean. */
  private static final String ENUMERATED =
      """
      optimizer Enumerated {
        hyper      a: unit = 0.1, N: positive
        state      l: real
        posterior  each w ~ SignedBernoulli(natural = l)
        loss       N * f(w)
        rate       a
      }
      """;

  @Test
  void theStraightThroughEstimatorLearnsTheDigits() {
    Entry entry = run(Specs.zoo("ste"), Map.of());
    Scores scores = entry.atCentre().orElseThrow();
    assertTrue(scores.accuracy() > 0.9, scores.toString());
    assertTrue(entry.averaged().isEmpty(), "no draws are made, and nothing is enumerated");
  }

  @Test
  void theMeanOfBinaryNetworksLearnsTheDigits() {
    Entry entry = run(Specs.contender(RELAXED), Map.of());
    Scores averaged = entry.averaged().orElseThrow();
    assertTrue(averaged.accuracy() > 0.9, averaged.toString());
  }

  @Test
  void weightsMayBeBits() {
    Scores scores = run(Specs.contender(BITS), Map.of()).atCentre().orElseThrow();
    assertTrue(scores.accuracy() > 0.9, scores.toString());
  }

  @Test
  void theCentreIsTheModeAndDrawsHaveTheirProbabilities() {
    Contender<double[]> contender = Specs.contender(ENUMERATED);
    double[] natural = new double[3000];
    Arrays.setAll(natural, i -> i % 3 == 0 ? -30 : i % 3 == 1 ? 0.4 : 30);
    Optimizer<double[]> optimizer = contender.factory().create(natural, Map.of("N", 1.));
    Belief<double[]> belief = new Belief<>(contender, optimizer);
    double[] mode = new double[natural.length];
    belief.centre(mode);
    assertArrayEquals(Arrays.stream(natural).map(Math::signum).toArray(), mode);
    IntFunction<double[]> draws = belief.draws(1).orElseThrow();
    double[] draw = draws.apply(7);
    assertArrayEquals(draw, draws.apply(7));
    double positive = 0;
    for (int i = 0; i < draw.length; i++) {
      if (i % 3 == 1) {
        positive += (1 + draw[i]) / 2 / 1000;
      } else {
        assertEquals(mode[i], draw[i]);
      }
    }
    double probability = 1 / (1 + Math.exp(-0.8));
    assertEquals(probability, positive, 4 * Math.sqrt(probability * (1 - probability) / 1000));
  }

  @Test
  void enumerationHoldsTheOtherWeightsAtADraw() {
    // Two weights, ell = w1 w2: given the other's draw s, the gradient in the mean is s.
    Contender<double[]> contender = Specs.contender(ENUMERATED);
    Problem problem =
        new Problem(
            "product",
            "a product",
            Place.TWO_VALUES,
            new Product(),
            Target.NO_DATA,
            Optional.empty(),
            0,
            1,
            1);
    Training<double[]> training =
        Training.run(problem, contender, Map.of("a", 1., "N", 1.), 1, () -> {});
    // One step of rate 1 ends at natural parameters of minus the other's draw, -1 or 1. Had the
    // other been held at its mean, 0, they would be 0.
    for (int i = 0; i < 2; i++) {
      double[] probabilities = contender.posterior().probabilities(training.belief().values(i));
      assertEquals(1 / (1 + Math.exp(-2)), Arrays.stream(probabilities).max().orElseThrow(), 1e-12);
    }
  }

  /** The loss w1 w2. */
  private record Product() implements Model {
    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public double[] initial(RandomGenerator random) {
      return new double[2];
    }

    @Override
    public double loss(double[] w, double[] x, int label) {
      return w[0] * w[1];
    }

    @Override
    public void addGradient(
        double[] w, double[] x, int label, double scale, double[] out, int from) {
      throw new AssertionError("not asked");
    }

    @Override
    public void addHessianDiagonal(
        double[] w, double[] x, int label, double scale, double[] out, int from) {
      throw new AssertionError("not asked");
    }

    @Override
    public void addHessianProduct(
        double[] w, double[] v, double[] x, int label, double scale, double[] out, int from) {
      throw new AssertionError("not asked");
    }
  }

  @Test
  void aPosteriorElsewhereIsToldWhatFitsIt() {
    TrialException e =
        assertThrows(
            TrialException.class, () -> run(Optimizers.gradientDescent(), Map.of("alpha", 1.)));
    assertEquals(
        "the parameters of problem `binary-digits` lie on two values, but `GradientDescent` has a"
            + " posterior on the real line, which can be tried on `quadratic`, `logistic`, `digits`"
            + " or `mixture`",
        e.getMessage());
  }

  @Test
  void theDefaultIsTheFirstThatFits() {
    assertEquals(Problems.QUADRATIC, Problems.byDefault(List.of(Optimizers.adam())));
    assertEquals(Problems.BINARY_DIGITS, Problems.byDefault(List.of(Specs.contender(BITS))));
    assertEquals(Problems.POISSON, Problems.byDefault(List.of(Specs.zoo("gamma-vi"))));
    Contender<double[]> share =
        Specs.contender(
            """
            family Power(a: positive) {
              support        (0, 1)
              statistics     log(x)
              natural        a - 1
              log_partition  -log(a)
              sample         u^(1 / a)   with u ~ Uniform
            }

            optimizer Share {
              hyper      r: unit = 0.1
              state      s: positive = 1
              posterior  each x ~ Power(a = s)
              loss       f(x)
              rate       r
              approximate
                monte_carlo(samples = 1)
            }
            """);
    TrialException e = assertThrows(TrialException.class, () -> Problems.byDefault(List.of(share)));
    assertEquals(
        "`Share` has a posterior on the interval (0, 1), which no problem is for", e.getMessage());
  }

  private static Entry run(Contender<double[]> contender, Map<String, Double> settings) {
    Map<String, Double> all = new HashMap<>(settings);
    // Rates are not tuned here.
    contender
        .signature()
        .hyperParameters()
        .forEach(
            hyper -> {
              if (!Double.isNaN(hyper.byDefault())) {
                all.putIfAbsent(hyper.name(), hyper.byDefault());
              }
            });
    return Trial.run(
            new TrialRequest(Problems.BINARY_DIGITS.make(), List.of(contender), all, 1),
            Progress.SILENT)
        .entries()
        .getFirst();
  }
}
