package org.blrc.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.blrc.emit.java.CompiledProgram;
import org.blrc.family.FamilyFacts;
import org.blrc.program.ExprEvaluator;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.Optimizer;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Families with components: one of several outcomes, against the textbook's formulas. */
final class CategoricalTest {

  private static final double[] LOGITS = {0.4, -1.3, 0.9, 0.1};
  private static final double[] OF_PRIOR = {-0.2, 0.5, 0.3, -0.7};
  private static final double[] P = softmax(LOGITS);
  private static final double[] Q = softmax(OF_PRIOR);

  private static final Model MODEL =
      Specs.model(
          """
          optimizer Test {
            hyper      c[4]: real
            state      l[4]: real = 0
            posterior  each x ~ Categorical[5](logit = l)
            prior      each x ~ Categorical[5](logit = c)
            loss       ell(x)
            rate       1
          }
          """);

  /** The probabilities of all outcomes; the last one has the logit 0. */
  private static double[] softmax(double... logits) {
    double sum = 1 + IntStream.range(0, logits.length).mapToDouble(k -> Math.exp(logits[k])).sum();
    double[] p = new double[logits.length + 1];
    for (int k = 0; k < p.length; k++) {
      p[k] = (k < logits.length ? Math.exp(logits[k]) : 1) / sum;
    }
    return p;
  }

  private static double value(Expr expr) {
    return ExprEvaluator.evaluate(
        expr,
        symbol -> {
          int component = symbol.name().charAt(2) - '1';
          return symbol.kind() == Sym.Kind.HYPER ? OF_PRIOR[component] : LOGITS[component];
        });
  }

  @Test
  void meansAreProbabilities() {
    FamilyFacts facts = MODEL.posterior();
    for (int k = 0; k < 4; k++) {
      assertEquals(P[k], value(facts.expectation().get(k).orElseThrow()), 1e-15);
    }
  }

  /** Half of u_k (u_k - 2 E[u]): F^-1 times half of the third cumulants, u^T kappa u. */
  @Test
  void connectionFollowsFromThirdCumulants() {
    double[] u = {0.7, -0.4, 1.1, 0.2};
    double mean = IntStream.range(0, 4).mapToDouble(k -> P[k] * u[k]).sum();
    List<Sym> tangent = MODEL.coordinates().stream().map(Symbols::direction).toList();
    List<Expr> connection =
        MODEL.posterior().connection(MODEL.coordinates(), tangent, tangent).orElseThrow();
    for (int k = 0; k < 4; k++) {
      double actual =
          ExprEvaluator.evaluate(
              connection.get(k),
              symbol -> tangent.contains(symbol) ? u[tangent.indexOf(symbol)] : value(symbol));
      assertEquals(u[k] * (u[k] - 2 * mean) / 2, actual, 1e-14);
    }
  }

  @Test
  void fisherInformationIsThatOfTheMultinomial() {
    List<List<Expr>> fisher = MODEL.posterior().fisher(MODEL.coordinates());
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        double expected = (i == j ? P[i] : 0) - P[i] * P[j];
        assertEquals(expected, value(fisher.get(i).get(j)), 1e-15);
      }
    }
  }

  @Test
  void entropyAndDivergence() {
    double entropy = IntStream.range(0, 5).mapToDouble(k -> -P[k] * Math.log(P[k])).sum();
    assertEquals(entropy, value(MODEL.posterior().entropy().orElseThrow()), 1e-14);
    double divergence = IntStream.range(0, 5).mapToDouble(k -> P[k] * Math.log(P[k] / Q[k])).sum();
    FamilyFacts prior = MODEL.prior().orElseThrow();
    assertEquals(divergence, value(MODEL.posterior().divergenceFrom(prior).orElseThrow()), 1e-14);
  }

  /** With a prior, rate 1 adds up its logits and the differences of the loss. */
  @Test
  void theRuleWithAPrior() {
    Derivation derivation =
        Specs.derive(
            """
            optimizer Test {
              hyper      rho: unit, c[2]: real
              state      l[2]: real = c
              posterior  each x ~ Categorical[3](logit = 2 * l)
              prior      each x ~ Categorical[3](logit = c)
              loss       ell(x)
              rate       l = rho
            }
            """);
    for (int k = 0; k < 2; k++) {
      Expr prior = derivation.program().hypers().get(k + 1).symbol();
      Expr target = Exprs.subtract(prior, difference(k + 1, 3));
      assertUpdate(derivation, k, Exprs.mul(Exprs.HALF, target));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void naturalGradientIsADifferenceFromTheLastOutcome(int outcomes) {
    Derivation derivation =
        Specs.derive(
            """
            optimizer Test {
              hyper      rho: unit
              state      l[%d]: real
              posterior  each x ~ Categorical[%d](logit = l)
              loss       ell(x)
              rate       rho
            }
            """
                .formatted(outcomes - 1, outcomes));
    assertEquals(outcomes - 1, derivation.result().size());
    for (int k = 0; k < outcomes - 1; k++) {
      assertUpdate(derivation, k, Exprs.negate(difference(k + 1, outcomes)));
    }
  }

  private static Expr difference(int outcome, int last) {
    return Exprs.subtract(loss(outcome), loss(last));
  }

  private static Expr loss(int outcome) {
    return new Expr.Oracle("ell", 0, 0, Optional.empty(), Exprs.num(outcome));
  }

  /** (1 - rho) l + rho target. */
  private static void assertUpdate(Derivation derivation, int component, Expr target) {
    Derivation.Result result = derivation.result().get(component);
    Expr rho = derivation.program().hypers().getFirst().symbol();
    Expr expected =
        Exprs.add(
            Exprs.mul(Exprs.subtract(Exprs.ONE, rho), result.state()), Exprs.mul(rho, target));
    assertTrue(Normal.equal(expected, result.value()), () -> result.value().toString());
  }

  /** Pearson's statistic of emitted draws; 18.467 is the 99.9% quantile of chi^2_4. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 30})
  void drawsHaveTheProbabilities(double scale) {
    Derivation derivation =
        Specs.derive(
            """
            optimizer Test {
              state      l[4]: real
              posterior  each x ~ Categorical[5](logit = l)
              loss       ell(x)
              rate       0.1
              gradient   score
              approximate monte_carlo
            }
            """);
    int dimension = 20_000;
    Map<String, double[]> states = new HashMap<>();
    double[] scaled = new double[4];
    for (int k = 0; k < 4; k++) {
      double[] values = new double[dimension];
      scaled[k] = scale * LOGITS[k];
      Arrays.fill(values, scaled[k]);
      states.put("l[" + (k + 1) + "]", values);
    }
    Optimizer<double[]> optimizer =
        CompiledProgram.of(derivation.program()).doubles(dimension, Map.of(), states);
    double[] counts = new double[5];
    try (Evaluation<double[]> _ = optimizer.evaluate()) {
      for (double draw : optimizer.parameters()) {
        counts[(int) draw - 1]++;
        assertEquals(Math.rint(draw), draw);
      }
    }
    double[] p = softmax(scaled);
    double statistic = 0;
    for (int k = 0; k < 5; k++) {
      double expected = dimension * p[k];
      statistic += expected < 1e-3 ? counts[k] : Math.pow(counts[k] - expected, 2) / expected;
    }
    double found = statistic;
    assertTrue(statistic < 18.467, () -> "chi^2 = " + found);
  }

  /** What moves together are the components of one parameter, whatever the states are called. */
  @Test
  void componentsOfAStateMayBeParametersEach() {
    String states =
        """
        optimizer Test {
          hyper      rho: unit = 0.1
          state      %s
          posterior  each x ~ Normal(mean = %s, precision = %s)
          loss       ell(x)
          rate       rho
          approximate
            delta_method
            geodesic(%s)
        }
        """;
    List<String> components =
        updates(states.formatted("p[2]: positive = 1", "p[1]", "p[2]", "p[2]"));
    List<String> single =
        updates(states.formatted("a: positive = 1, b: positive = 1", "a", "b", "b"));
    assertEquals(
        single,
        components.stream().map(each -> each.replace("p[1]", "a").replace("p[2]", "b")).toList());
  }

  private static List<String> updates(String text) {
    return Specs.derive(text).result().stream()
        .map(each -> ExprPrinter.TEXT.print(each.value()))
        .toList();
  }
}
