package org.blrc.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.blrc.derive.Renamed;
import org.blrc.derive.Specs;
import org.blrc.diff.DerivationDiff.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What separates published algorithms is what the papers name. */
@Execution(ExecutionMode.CONCURRENT)
final class ZooDiffTest {

  private static final List<String> ZOO = Specs.zoo();

  static Stream<String> zoo() {
    return ZOO.stream();
  }

  /** Khan & Rue 2023, section 4.2: from the square of single gradients to that of their mean. */
  @Test
  void rmspropAndVogn() {
    DerivationDiff diff = Diffs.ofZoo("rmsprop", "vogn");
    assertEquals(Verdict.DIFFERENT, diff.verdict());
    assertEquals(
        """
        prior: - | each theta ~ Normal(mean = 0, precision = gamma)
        expectation under the posterior: delta_method | monte_carlo(samples = 1)
        Hessian: squared_gradient | gauss_newton
        direction of m: square_root_scaling(s, delta) of m | -
        sum over the data: - | stochastic
        """,
        Diffs.differences(diff));
    assertEquals(List.of("prior"), diff.parting().orElseThrow().subjects());
    // RMSprop knows the loss of all examples only, and its s is the whole precision.
    assertEquals(
        """
        ell(theta) | sum(i in examples) ell(i, theta)
        m | m
        s | s + gamma
        alpha | alpha
        rho | rho
        """,
        Diffs.names(diff));
  }

  /** Shen et al. 2024: Stein's estimate in place of Gauss-Newton's, and what keeps it positive. */
  @Test
  void vognAndIvon() {
    DerivationDiff diff = Diffs.ofZoo("vogn", "ivon");
    assertEquals(
        """
        mean(i in examples) ell(i, theta) | ell(theta)
        m | m
        s | N*h
        N | N
        gamma | N*delta
        alpha | alpha
        rho | rho
        """,
        Diffs.names(diff));
    assertEquals(
        """
        Hessian: gauss_newton | stein_hessian
        sum over the data: stochastic | -
        step of h: - | geodesic(h)
        direction of m: - | momentum(grad(ell), beta1) of m
        direction of m: - | bias_correction(v, beta1) of m
        direction of m: - | clip(clip) of m
        """,
        Diffs.differences(diff));
    assertEquals(9, Diffs.shared(diff));
    assertEquals(List.of("Hessian"), diff.parting().orElseThrow().subjects());
  }

  /** The squared gradient of the minibatch, and what Adam does to the direction. */
  @Test
  void ognAndAdam() {
    DerivationDiff diff = Diffs.ofZoo("ogn", "adam");
    assertEquals(
        """
        prior: each theta ~ Normal(mean = 0, precision = gamma) | -
        Hessian: gauss_newton | squared_gradient
        sum over the data: stochastic | -
        direction of m: - | square_root_scaling(s, delta) of m
        direction of m: - | bias_correction(s, beta2) of m
        direction of m: - | momentum(grad(ell), beta1) of m
        direction of m: - | bias_correction(v, beta1) of m
        """,
        Diffs.differences(diff));
    assertTrue(Diffs.names(diff).contains("rho | 1 - beta2\n"), Diffs.names(diff));
  }

  /** Adam is RMSprop with momentum and bias correction; the precision is the same. */
  @Test
  void rmspropAndAdam() {
    DerivationDiff diff = Diffs.ofZoo("rmsprop", "adam");
    assertEquals(
        """
        direction of m: - | bias_correction(s, beta2) of m
        direction of m: - | momentum(grad(ell), beta1) of m
        direction of m: - | bias_correction(v, beta1) of m
        """,
        Diffs.differences(diff));
    assertEquals(11, Diffs.shared(diff));
    assertEquals(Agreement.NONE, agreement(diff, "m"));
    assertEquals(Agreement.PROVED, agreement(diff, "s"));
    assertEquals(1, diff.start().defaults().size());
    StartValues.Default rate = diff.start().defaults().getFirst();
    assertEquals(Optional.of(0.01), rate.leftValue());
    assertEquals(0.001, rate.rightValue().orElseThrow(), 1e-15);
  }

  /** Moellenhoff & Khan 2023: the worst case nearby in place of the mean, and nothing else. */
  @Test
  void samAndSgd() {
    DerivationDiff diff = Diffs.ofZoo("sam", "sgd");
    assertEquals(
        "expectation under the posterior: worst_case(r) | delta_method\n", Diffs.differences(diff));
    assertEquals(9, Diffs.shared(diff));
    assertEquals(Agreement.GIVEN_OTHERS, agreement(diff, "m"));
    assertEquals(Agreement.NONE, agreement(diff, "v"));
  }

  @Test
  void ivonAndItsSquaredGradient() {
    DerivationDiff diff = Diffs.ofZoo("ivon", "ivon-squared");
    assertEquals(
        "Hessian: stein_hessian | hess(ell) ~> N * grad(ell)^2\n", Diffs.differences(diff));
    assertEquals(Agreement.PROVED, agreement(diff, "v"));
    assertEquals(Agreement.GIVEN_OTHERS, agreement(diff, "m"));
    assertEquals(Agreement.NONE, agreement(diff, "h"));
    assertTrue(diff.start().isEmpty());
  }

  /** Learned weights, one component for all coordinates, and draws in place of the means. */
  @Test
  void mixtures() {
    DerivationDiff diff = Diffs.ofZoo("mixture-iblr", "mixture-learned");
    assertEquals(
        """
        posterior: each theta ~ mixture(k in 1..2) of Normal(mean = m[k], precision = s[k]) with weights w[k] | theta ~ mixture(k in 1..2) of each Normal(mean = m[k], precision = s[k]) with k ~ Categorical[2](logit = l)
        expectation under the posterior: delta_method | monte_carlo
        expectation under the posterior: - | monte_carlo
        """,
        Diffs.differences(diff));
    assertEquals(List.of("posterior"), diff.parting().orElseThrow().subjects());
  }

  /** The components of a mixture feel each other, and that is all. */
  @Test
  void multimodalDescentAndGradientDescent() {
    assertEquals(
        "posterior: each theta ~ mixture(k in 1..3) of Normal(mean = m[k], precision = 1)"
            + " | each theta ~ Normal(mean = m, precision = 1)\n",
        Diffs.differences(Diffs.ofZoo("multimodal", "gd")));
  }

  /** Weights count up to a factor, and a precision may be stored in another way. */
  @Test
  void mixturesInOtherParameters() {
    String text =
        """
        optimizer Test {
          hyper      rho: unit = 0.1, %s
          state      a[2]: real = k for k in 1..2, h[2]: positive = 1
          posterior  each theta ~ mixture(k in 1..2) of Normal(mean = a[k], precision = %s) with weights %s
          loss       ell(theta)
          rate       rho
          step       blockwise
          approximate
            delta_method
        }
        """;
    DerivationDiff diff =
        Diffs.of(
            text.formatted("u[2]: positive = k for k in 1..2, n: positive = 5", "n * h[k]", "u[k]"),
            text.formatted("u: positive = 2", "h[k]", "[k = 1] + u * [k = 2]"));
    assertEquals(Verdict.SAME, diff.verdict());
    assertEquals("\n", Diffs.differences(diff));
    assertTrue(Diffs.names(diff).contains("u[2]/u[1] | u\n"), Diffs.names(diff));
    assertTrue(Diffs.names(diff).contains("n*h[2] | h[2]\n"), Diffs.names(diff));
  }

  /** OGN is VOGN at the mean. */
  @Test
  void ognAndVogn() {
    assertEquals(
        "expectation under the posterior: delta_method | monte_carlo(samples = 1)\n",
        Diffs.differences(Diffs.ofZoo("ogn", "vogn")));
  }

  private static Agreement agreement(DerivationDiff diff, String state) {
    return diff.updates().stream()
        .filter(pair -> pair.left().orElseThrow().state().name().equals(state))
        .findFirst()
        .orElseThrow()
        .agreement();
  }

  @ParameterizedTest
  @MethodSource("zoo")
  void eachIsTheSameUnderOtherNamesInAnotherOrder(String name) {
    String text = Specs.library() + Specs.text(name);
    String other = Renamed.of(Specs.library() + Reordered.of(Specs.text(name))).text();
    DerivationDiff diff = Diffs.of(text, other);
    assertEquals(Verdict.SAME, diff.verdict());
    assertEquals("\n", Diffs.differences(diff));
    assertEquals(Optional.empty(), diff.parting());
    assertTrue(diff.start().isEmpty());
    assertEquals(List.of(), diff.names().onlyLeft());
    assertEquals(List.of(), diff.names().onlyRight());
  }

  /** No two algorithms of the zoo are the same, and what is said of two is said both ways. */
  @ParameterizedTest
  @MethodSource("zoo")
  void anyTwoAreCompared(String name) {
    for (String other : ZOO) {
      if (other.compareTo(name) >= 0) {
        DerivationDiff diff = Diffs.ofZoo(name, other);
        DerivationDiff back = Diffs.ofZoo(other, name);
        assertEquals(diff.verdict(), back.verdict(), other);
        assertEquals(diff.differences().size(), back.differences().size(), other);
        assertEquals(Diffs.shared(diff), Diffs.shared(back), other);
        assertEquals(name.equals(other), diff.isSameUpdate(), other);
        assertEquals(name.equals(other), diff.differences().isEmpty(), other);
        diff.parting().ifPresent(parting -> assertFalse(parting.subjects().isEmpty(), other));
        assertNotEquals(name.equals(other), diff.parting().isPresent(), other);
      }
    }
  }
}
