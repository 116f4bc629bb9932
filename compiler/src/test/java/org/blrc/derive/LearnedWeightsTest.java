package org.blrc.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.blrc.emit.java.CompiledProgram;
import org.blrc.program.Program;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.OutOfDomain;
import org.blrc.runtime.RecordedNoise;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Exprs;
import org.blrc.verify.Verifier;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.junit.jupiter.api.Test;

/** Mixtures whose weights are learned with their components. */
final class LearnedWeightsTest {

  private static final String SPEC =
      """
      optimizer Learned {
        hyper      rho: unit = 0.1, delta: positive = 0.7
        state      shared l[1]: real = 0.4, m[2]: real, s[2]: positive = k for k in 1..2
        posterior  theta ~ mixture(k in 1..2) of each Normal(mean = m[k], precision = s[k]) with k ~ Categorical[2](logit = l)
        prior      each theta ~ Normal(mean = 0, precision = delta)
        loss       ell(theta) + theta^2 / 4
        rate       rho
        step       blockwise
        approximate
          monte_carlo
      }
      """;

  private static final double LOGIT = 0.4;
  private static final double[][] MEANS = {{0.3, -0.4}, {0.9, 0.2}};
  private static final double[] PRECISIONS = {1, 2};
  private static final GaussIntegrator NODES = new GaussIntegratorFactory().hermite(24);

  /** A loss that is no sum over the two coordinates. */
  private static double ell(double[] at) {
    return Math.log(Math.cosh(at[0] + at[1] / 2)) + 0.3 * at[0] * at[1];
  }

  /** The mean over two standard normal numbers. */
  private static double mean(ToDoubleFunction<double[]> f) {
    double sum = 0;
    for (int i = 0; i < NODES.getNumberOfPoints(); i++) {
      for (int j = 0; j < NODES.getNumberOfPoints(); j++) {
        double[] at = {
          Math.sqrt(2) * NODES.getPoint(i), Math.sqrt(2) * NODES.getPoint(j),
        };
        sum += NODES.getWeight(i) * NODES.getWeight(j) * f.applyAsDouble(at) / Math.PI;
      }
    }
    return sum;
  }

  private static double logNormal(double x, double mean, double precision) {
    return (Math.log(precision / (2 * Math.PI)) - precision * (x - mean) * (x - mean)) / 2;
  }

  /** What stands under the expectation in the objective: loss - log prior + log q. */
  private static double integrand(double[] at, double[] weights) {
    double result = ell(at);
    double density = 0;
    for (double x : at) {
      result += x * x / 4 - logNormal(x, 0, 0.7);
    }
    for (int k = 0; k < 2; k++) {
      density +=
          weights[k]
              * Math.exp(
                  logNormal(at[0], MEANS[k][0], PRECISIONS[k])
                      + logNormal(at[1], MEANS[k][1], PRECISIONS[k]));
    }
    return result + Math.log(density);
  }

  /** The objective of the mixture, from its definition. */
  private static double objective(double logit) {
    double first = 1 / (1 + Math.exp(-logit));
    double[] weights = {first, 1 - first};
    double sum = 0;
    for (int k = 0; k < 2; k++) {
      int component = k;
      double scale = 1 / Math.sqrt(PRECISIONS[k]);
      sum +=
          weights[k]
              * mean(
                  eps ->
                      integrand(
                          new double[] {
                            MEANS[component][0] + scale * eps[0],
                            MEANS[component][1] + scale * eps[1],
                          },
                          weights));
    }
    return sum;
  }

  /** The logit after a step with this noise. */
  private static double moved(Optimizer<double[]> optimizer, double[] eps) {
    RecordedNoise noise = new RecordedNoise();
    noise.set(new double[][][] {{eps}});
    optimizer.noise(noise);
    optimizer.outOfDomain(OutOfDomain.PROPAGATE);
    try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
      for (var phase : optimizer.phases()) {
        double value = ell(optimizer.parameters());
        for (int question = 0; question < phase.size(); question++) {
          // What is asked beside the value does not reach the logit.
          evaluation.answer(question, new double[] {value, value});
        }
      }
    }
    optimizer.step();
    return optimizer.state("l[1]")[0];
  }

  @Test
  void takesTheNaturalGradientOfAllCoordinatesTogether() {
    Program program = Specs.derive(SPEC).program();
    double h = 1e-5;
    double gradient = (objective(LOGIT + h) - objective(LOGIT - h)) / (2 * h);
    double weight = 1 / (1 + Math.exp(-LOGIT));
    double expected = LOGIT - 0.1 * gradient / (weight * (1 - weight));
    Map<String, double[]> start = Map.of("m[1]", MEANS[0], "m[2]", MEANS[1]);
    CompiledProgram compiled = CompiledProgram.of(program);
    assertEquals(expected, mean(eps -> moved(compiled.doubles(2, Map.of(), start), eps)), 1e-8);
    assertEquals(
        expected,
        mean(
            eps -> {
              ReferenceOptimizer reference = new ReferenceOptimizer(program, 2, Map.of());
              start.forEach(
                  (name, values) -> System.arraycopy(values, 0, reference.state(name), 0, 2));
              reference.refresh();
              return moved(reference, eps);
            }),
        1e-8);
  }

  private static void verified(String text) {
    var failed =
        Verifier.verify(Specs.derive(text)).stream().filter(check -> !check.passes()).toList();
    assertTrue(failed.isEmpty(), failed::toString);
  }

  /** A loss that is written out leaves nothing to ask, and draws are made all the same. */
  @Test
  void drawsNeedNoQuestions() {
    verified(
        """
        optimizer Test {
          hyper      rho: unit = 0.1
          state      m: real = 0, s: positive = 1
          posterior  each theta ~ Normal(mean = m, precision = s)
          loss       log1p(theta^2)
          rate       rho
          approximate monte_carlo
        }
        """);
  }

  @Test
  void isVerifiedWithThreeComponentsAtTheirMeans() {
    verified(
        SPEC.replace("l[1]: real = 0.4, m[2]: real", "l[2]: real = 0, m[3]: real = k for k in 1..3")
            .replace("s[2]", "s[3]")
            .replace("1..2", "1..3")
            .replace("[2](", "[3](")
            .replace("monte_carlo", "delta_method, hard_responsibilities"));
  }

  /** Along the geodesic of the distribution of the component, which the components do not know. */
  @Test
  void weightsFollowGeodesics() {
    verified(
        """
        optimizer Test {
          hyper      rho: unit = 0.1
          state      shared l[2]: real = 0, m[3]: real = k for k in 1..3
          posterior  theta ~ mixture(k in 1..3) of each Normal(mean = m[k], precision = 1) with k ~ Categorical[3](logit = l)
          loss       ell(theta)
          rate       rho
          approximate
            delta_method
            geodesic(l)
        }
        """);
  }

  /** What a user declares over the numbers of the components will do. */
  @Test
  void anyFamilyOverTheNumbersOfTheComponentsGivesWeights() {
    verified(
        """
        family Odds(chance: (0, 1)) {
          support        {2, 3}
          statistics     j
          natural        log(chance / (1 - chance))
          log_partition  2 * log(chance) - 3 * log(1 - chance)
        }

        optimizer Test {
          hyper      rho: unit = 0.1
          state      shared p: (0, 1) = 1/2, m[2]: real = 2 * k - 3 for k in 1..2
          posterior  theta ~ mixture(k in 2..3) of each Normal(mean = m[k - 1], precision = 1) with k ~ Odds(chance = p)
          loss       ell(theta)
          rate       rho
          approximate monte_carlo
        }
        """);
  }

  /** Each coordinate has a choice of its own, where what it adds to the loss is known. */
  @Test
  void coordinatesMayHaveWeightsOfTheirOwn() {
    String text =
        """
        optimizer Test {
          hyper      rho: unit = 0.1, a: real = 1
          state      l[1]: real = 0
          posterior  each theta ~ mixture(k in 1..2) of Normal(mean = 2 * k - 3, precision = 1) with k ~ Categorical[2](logit = l)
          loss       a * theta + theta^2
          rate       rho
          approximate monte_carlo
        }
        """;
    verified(text);
    assertEquals(List.of(), Specs.derive(text).program().phases());
  }

  @Test
  void aWrongStepOfTheWeightsIsNoticed() {
    Derivation derivation = Specs.derive(SPEC.replace("monte_carlo", "delta_method"));
    Derivation weights = derivation.weights().orElseThrow();
    List<Step> reversed =
        weights.steps().stream()
            .map(
                step ->
                    step.title().equals("Natural gradient")
                        ? new Step(
                            step.title(),
                            step.lines().stream().map(LearnedWeightsTest::reversed).toList(),
                            step.justification(),
                            step.source(),
                            step.grade())
                        : step)
            .toList();
    Derivation wrong =
        new Derivation(
            derivation.optimizer(),
            derivation.steps(),
            derivation.result(),
            derivation.program(),
            derivation.setting(),
            derivation.components(),
            Optional.of(
                new Derivation(
                    weights.optimizer(),
                    reversed,
                    weights.result(),
                    weights.program(),
                    weights.setting(),
                    List.of(),
                    Optional.empty())));
    assertTrue(
        Verifier.verify(wrong).stream()
            .anyMatch(check -> !check.passes() && check.subject().startsWith("weights: ")));
  }

  private static Step.Line reversed(Step.Line line) {
    return line instanceof Step.Line.Equation(Quantity left, Expr right)
        ? new Step.Line.Equation(left, Exprs.negate(right))
        : line;
  }
}
