package org.blrc.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.blrc.derive.Parameterisations.Form;
import org.blrc.program.ReferenceOptimizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The natural gradient does not depend on how a Gaussian is parameterised. With a quadratic loss a
 * (theta - c)^2 / 2 the delta method is exact, and one joint step of rate rho has to take the
 * natural parameters to (1 - rho) lambda + rho (lambda* + lambda_0), where lambda* = (a c, -a/2)
 * and lambda_0 is the prior's. A blockwise step does this for each state in the natural parameter
 * of its own conditional family, which follows here from finite differences of the objective.
 */
final class ParameterisationsTest {

  private static final double A = 1.7;
  private static final double C = 0.4;
  private static final double RATE = 0.3;

  /** A loss known from outside. */
  private static double quadratic(String function, int order, int example, double theta) {
    return order == 1 ? A * (theta - C) : A;
  }

  /** A prior and its natural parameters. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Prior(String clause, double... natural) {}

  private static final List<Prior> PRIORS =
      List.of(
          new Prior("", 0, 0),
          new Prior("prior each theta ~ Normal(mean = -1, precision = 0.8)", -0.8, -0.4),
          new Prior("prior each theta ~ Normal(mean = m0, variance = v0)", 0.15, -0.25),
          new Prior("prior each theta ~ Normal(linear = 0.2, quadratic = -v0 / 4)", 0.2, -0.5));

  /** Every form with two of the priors. */
  static Stream<Arguments> cases() {
    List<Form> forms = Parameterisations.forms();
    return IntStream.range(0, 2 * forms.size())
        .mapToObj(i -> Arguments.of(forms.get(i / 2), PRIORS.get((i / 2 + i % 2) % PRIORS.size())));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aJointStepMovesTheNaturalParametersOnALine(Form form, Prior prior) {
    ReferenceOptimizer after = step(form, prior, "step joint");
    Map<String, double[]> before = grid(form);
    double[] target = {A * C + prior.natural()[0], -A / 2 + prior.natural()[1]};
    for (int i = 0; i < after.dimension(); i++) {
      double[] old = naturalAt(form, before::get, i);
      double[] actual = naturalAt(form, after::state, i);
      for (int j = 0; j < 2; j++) {
        double expected = (1 - RATE) * old[j] + RATE * target[j];
        assertEquals(expected, actual[j], 1e-9 * (1 + Math.abs(expected)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aBlockwiseStepDoesSoForEachState(Form form, Prior prior) {
    ReferenceOptimizer after = step(form, prior, "step blockwise");
    Map<String, double[]> before = grid(form);
    List<String> names = form.names();
    for (int i = 0; i < after.dimension(); i++) {
      double[] at = {before.get(names.get(0))[i], before.get(names.get(1))[i]};
      for (int block = 0; block < 2; block++) {
        double actual = form.free().get(block).applyAsDouble(after.state(names.get(block))[i]);
        double expected = blockStep(form, at, block, prior.natural());
        assertEquals(expected, actual, 1e-6 * (1 + Math.abs(expected)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.blrc.derive.Parameterisations#forms")
  void rateOneSolvesAnExplicitQuadraticLoss(Form form) {
    String clauses = "rate 1 approximate delta_method";
    String text = "zero(theta) + 1.7 * (theta - 0.4)^2 / 2";
    Prior prior = PRIORS.get(1);
    ReferenceOptimizer after = run(form, prior, text, clauses, (_, _, _, _) -> 0);
    for (int i = 0; i < after.dimension(); i++) {
      double[] natural = naturalAt(form, after::state, i);
      assertEquals(A * C + prior.natural()[0], natural[0], 1e-9);
      assertEquals(-A / 2 + prior.natural()[1], natural[1], 1e-9);
    }
  }

  /** phi - rate * phi' L' / F, with phi the free function of one state. */
  private static double blockStep(Form form, double[] at, int block, double[] prior) {
    DoubleUnaryOperator free = form.free().get(block);
    double x = at[block];
    double slope = slope(free, x);
    double gradient = slope(y -> objective(form, with(at, block, y), prior), x);
    double fisher = 0;
    for (int j = 0; j < 2; j++) {
      int k = j;
      fisher +=
          slope(
                  y -> {
                    double[] p = with(at, block, y);
                    return form.natural(p[0], p[1])[k];
                  },
                  x)
              * slope(y -> moments(form, with(at, block, y))[k], x);
    }
    return free.applyAsDouble(x) - RATE * slope * gradient / fisher;
  }

  /** E[loss] - H(q) - E[log prior], up to constants. */
  private static double objective(Form form, double[] at, double[] prior) {
    double[] mu = moments(form, at);
    double expectedLoss = A / 2 * (mu[1] - 2 * C * mu[0] + C * C);
    double entropy = -Math.log(form.precision().applyAsDouble(at[0], at[1])) / 2;
    return expectedLoss - entropy - prior[0] * mu[0] - prior[1] * mu[1];
  }

  private static double[] moments(Form form, double[] at) {
    double mean = form.mean().applyAsDouble(at[0], at[1]);
    return new double[] {mean, mean * mean + 1 / form.precision().applyAsDouble(at[0], at[1])};
  }

  private static double[] with(double[] at, int block, double value) {
    double[] changed = at.clone();
    changed[block] = value;
    return changed;
  }

  /** Central differences, extrapolated once. */
  private static double slope(DoubleUnaryOperator f, double x) {
    double h = 2e-3 * Math.abs(x);
    double wide = (f.applyAsDouble(x + 2 * h) - f.applyAsDouble(x - 2 * h)) / (4 * h);
    double narrow = (f.applyAsDouble(x + h) - f.applyAsDouble(x - h)) / (2 * h);
    return narrow + (narrow - wide) / 3;
  }

  private static double[] naturalAt(
      Form form, java.util.function.Function<String, double[]> states, int i) {
    List<String> names = form.names();
    return form.natural(states.apply(names.get(0))[i], states.apply(names.get(1))[i]);
  }

  /** All pairs of values, one for each coordinate. */
  private static Map<String, double[]> grid(Form form) {
    int n = form.first().length * form.second().length;
    double[] first = new double[n];
    double[] second = new double[n];
    for (int i = 0; i < n; i++) {
      first[i] = form.first()[i / form.second().length];
      second[i] = form.second()[i % form.second().length];
    }
    return Map.of(form.names().get(0), first, form.names().get(1), second);
  }

  private static ReferenceOptimizer step(Form form, Prior prior, String clause) {
    String clauses = "rate rho\n  " + clause + "\n  approximate delta_method";
    return run(form, prior, "ell(theta)", clauses, ParameterisationsTest::quadratic);
  }

  private static ReferenceOptimizer run(
      Form form, Prior prior, String text, String clauses, OneStep.Loss loss) {
    Map<String, Double> hypers = new HashMap<>();
    List<String> words =
        List.of((form.posterior() + " " + prior.clause() + " " + clauses).split("\\W+", -1));
    Map.of("rho", RATE, "gamma", 2.0, "N", 3.0, "m0", 0.3, "v0", 2.0)
        .forEach(
            (name, value) -> {
              if (words.contains(name)) {
                hypers.put(name, value);
              }
            });
    String declared =
        hypers.keySet().stream()
            .map(name -> name + (name.equals("rho") ? ": unit" : ": positive"))
            .collect(Collectors.joining(", "));
    String spec =
        """
        optimizer Test {
          %s
          state      %s
          posterior  each theta ~ Normal(%s)
          %s
          loss       %s
          %s
        }
        """
            .formatted(
                declared.isEmpty() ? "" : "hyper " + declared,
                form.states(),
                form.posterior(),
                prior.clause(),
                text,
                clauses);
    return OneStep.of(spec, hypers, grid(form)).run(loss);
  }
}
