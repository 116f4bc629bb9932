package org.blrc.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Walk;
import org.blrc.verify.Check;
import org.blrc.verify.Verifier;
import org.junit.jupiter.api.Test;

/** Posteriors that are finite mixtures. */
final class MixtureTest {

  private static final String TWO_GAUSSIANS =
      """
      optimizer Test {
        hyper      rho: unit = 0.1, w[2]: positive = 1
        state      m[2]: real = 2 * k - 3 for k in 1..2, s[2]: positive = 1
        posterior  each theta ~ mixture(k in 1..2) of Normal(mean = m[k], precision = s[k]) with weights w[k]
        loss       ell(theta)
        rate       rho
        approximate
          %s
      }
      """;

  private static final String ONE_GAUSSIAN =
      """
      optimizer Test {
        hyper      rho: unit = 0.1
        state      m: real = 0, s: positive = 1
        posterior  each theta ~ Normal(mean = m, precision = s)
        loss       ell(theta)
        rate       rho
        approximate
          %s
      }
      """;

  private static void verified(String text) {
    for (Check check : Verifier.verify(Specs.derive(text))) {
      assertTrue(check.passes(), check::toString);
      assertTrue(!(check.outcome() instanceof Check.Outcome.NotChecked), check::toString);
    }
  }

  /** Components that do not feel each other take the steps of one Gaussian each. */
  @Test
  void withHardResponsibilitiesEachComponentIsAlone() {
    String rules =
        """
        delta_method
        hard_responsibilities
        squared_gradient
        square_root_scaling(s, 0.1) of m
        momentum(grad(ell), 0.9) of m
        """;
    List<Derivation.Result> two = Specs.derive(TWO_GAUSSIANS.formatted(rules)).result();
    List<Derivation.Result> one =
        Specs.derive(ONE_GAUSSIAN.formatted(rules.replace("hard_responsibilities", ""))).result();
    assertEquals(2 * one.size(), two.size());
    for (int k = 1; k <= 2; k++) {
      String suffix = "[" + k + "]";
      for (Derivation.Result expected : one) {
        Expr alone = component(expected.value(), k);
        Expr found =
            two.stream()
                .filter(each -> each.state().name().equals(expected.state().name() + suffix))
                .findFirst()
                .orElseThrow()
                .value();
        assertTrue(Normal.equal(alone, component(found, 0)), () -> alone + "\n" + found);
      }
    }
  }

  /** States as those of a component, without what tells where they were declared. */
  private static Expr component(Expr expr, int k) {
    if (expr instanceof Sym symbol
        && (symbol.kind() == Sym.Kind.STATE || symbol.kind() == Sym.Kind.NEW)) {
      return new Sym(
          symbol.kind(), symbol.name() + (k > 0 ? "[" + k + "]" : ""), 0, symbol.domain());
    }
    return Walk.mapChildren(expr, child -> component(child, k));
  }

  @Test
  void drawsMomentumAndAPriorGoTogether() {
    verified(
        """
        optimizer Test {
          hyper      rho: unit = 0.1, delta: positive = 1
          state      m[2]: real = 2 * k - 3 for k in 1..2, s[2]: positive = 1
          posterior  each theta ~ mixture(k in 1..2) of Normal(mean = m[k], precision = s[k])
          prior      each theta ~ Normal(mean = 0, precision = delta)
          loss       ell(theta)
          rate       m = rho, s = rho / 2
          step       blockwise
          approximate
            monte_carlo
            stein_hessian
            geodesic(s)
            momentum(grad(ell), 0.9) of m
        }
        """);
  }

  @Test
  void valuesOfAFiniteSupportAreEnumeratedForEachComponent() {
    verified(
        """
        optimizer Test {
          hyper      rho: unit = 0.1, p: unit = 0.3
          state      l[2]: real = k - 1 for k in 1..2
          posterior  each x ~ mixture(j in 1..2) of Bernoulli(logit = l[j]) with weights [j = 1] * p + [j = 2] * (1 - p)
          loss       ell(x)
          rate       rho
        }
        """);
  }

  /** The spike of spike and slab: no state moves it, but its responsibility counts. */
  @Test
  void aComponentMayStandStill() {
    String text =
        """
        optimizer Test {
          hyper      rho: unit = 0.1, p: unit = 0.3
          state      m: real = 1
          posterior  each x ~ mixture(j in 1..2) of Normal(mean = [j = 1] * m, precision = 1 + [j = 2] * 9) with weights [j = 1] * p + [j = 2] * (1 - p)
          loss       ell(x)
          rate       rho
          approximate delta_method
        }
        """;
    verified(text);
    assertEquals(1, Specs.derive(text).result().size());
  }

  @Test
  void oneComponentIsNoMixture() {
    String one = ONE_GAUSSIAN.formatted("delta_method");
    String same = one.replace("Normal(", "mixture(k in 1..1) of Normal(");
    assertEquals(Specs.derive(one).result(), Specs.derive(same).result());
    assertEquals(List.of(), Specs.derive(same).components());
  }

  /** The words of mixtures are names everywhere else. */
  @Test
  void mixturesKeepNoNamesForThemselves() {
    String text =
        """
        family mixture(weights: real) {
          support        real
          statistics     x
          natural        weights
          base_measure   -x^2 / 2
          log_partition  weights^2 / 2 + log(2 * pi) / 2
          sample         weights + eps   with eps ~ StandardNormal
        }
        optimizer of {
          hyper      with: unit = 0.1
          state      weights: real = 0
          posterior  each mixture ~ mixture(weights = weights)
          loss       ell(mixture)
          rate       with
          approximate delta_method
        }
        """;
    assertEquals(1, Specs.derive(text).result().size());
  }

  @Test
  void wrongWeightsAreNoticed() {
    Derivation derivation = Specs.derive(TWO_GAUSSIANS.formatted("delta_method"));
    List<Derivation.Component> swapped =
        List.of(
            reweighted(derivation.components().get(0), derivation.components().get(1)),
            reweighted(derivation.components().get(1), derivation.components().get(0)));
    Derivation wrong =
        new Derivation(
            derivation.optimizer(),
            derivation.steps(),
            derivation.result(),
            derivation.program(),
            derivation.setting(),
            swapped,
            derivation.weights());
    assertTrue(
        Verifier.verify(wrong).stream()
            .anyMatch(
                check ->
                    !check.passes()
                        && check.subject().contains("gradient of the mixture's objective")));
  }

  private static Derivation.Component reweighted(
      Derivation.Component component, Derivation.Component other) {
    return new Derivation.Component(
        other.weight(),
        component.posterior(),
        component.prior(),
        component.loss(),
        component.derivation());
  }
}
