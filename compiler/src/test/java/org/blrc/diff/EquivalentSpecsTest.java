package org.blrc.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.blrc.diff.DerivationDiff.Verdict;
import org.junit.jupiter.api.Test;

/** Specs that are written differently and say the same, or nearly. */
final class EquivalentSpecsTest {

  private static final String NEWTON =
      """
      optimizer Newton {
        hyper      rho: unit = 1
        state      m: real, s: positive = 1
        posterior  each theta ~ Normal(mean = m, precision = s)
        loss       ell(theta)
        rate       rho
        approximate
          delta_method
      }
      """;

  private static final String DESCENT =
      """
      optimizer Descent {
        hyper      alpha: positive = 0.1, beta: [0, 1) = 0.9, c: positive = 1
        state      m: real
        posterior  each theta ~ Normal(mean = m, precision = 1)
        loss       ell(theta)
        rate       alpha
        approximate
          delta_method
          %s
      }
      """;

  private static final String DATA =
      """
      optimizer Data {
        hyper      alpha: positive, rho: unit = 0.05, N: positive
        state      m: real, s: nonnegative = 0
        data       examples[N]
        posterior  each theta ~ Normal(mean = m, precision = s)
        loss       sum(i in examples) ell(i, theta)
        rate       m = alpha, s = rho
        approximate
          %s
      }
      """;

  /** With v = 1/s, 1/v moves as s does. */
  @Test
  void theVarianceMovesAsThePrecisionDoes() {
    String variance =
        NEWTON
            .replace("s: positive = 1", "v: positive = 1")
            .replace("precision = s", "variance = v");
    DerivationDiff diff = Diffs.of(NEWTON, variance);
    assertEquals(Verdict.SAME, diff.verdict());
    assertEquals(List.of(), diff.differences());
    assertEquals(
        """
        ell(theta) | ell(theta)
        m | m
        s | 1/v
        rho | rho
        """,
        Diffs.names(diff));
    assertTrue(diff.start().initial().isEmpty());
  }

  /** With l = s m and q = -s/2 as states, m is -l / (2 q). */
  @Test
  void naturalParametersMoveAsMeanAndPrecisionDo() {
    String natural =
        NEWTON
            .replace("m: real, s: positive = 1", "q: negative = -0.5, l: real")
            .replace("mean = m, precision = s", "linear = l, quadratic = q");
    for (DerivationDiff diff : List.of(Diffs.of(NEWTON, natural), Diffs.of(natural, NEWTON))) {
      assertEquals(Verdict.SAME, diff.verdict());
      assertEquals(List.of(), diff.differences());
      assertEquals(List.of(), diff.names().onlyLeft());
    }
  }

  @Test
  void aRateMayBeWrittenInAnotherHyperParameter() {
    String other =
        NEWTON
            .replace("rho: unit = 1", "beta: unit = 0")
            .replace("rate       rho", "rate 1 - beta");
    DerivationDiff diff = Diffs.of(NEWTON, other);
    assertEquals(Verdict.SAME, diff.verdict());
    assertTrue(Diffs.names(diff).endsWith("rho | 1 - beta\n"), Diffs.names(diff));
    assertTrue(diff.start().defaults().isEmpty());
  }

  @Test
  void aRuleMayBeWrittenInPlace() {
    String rule = NEWTON.replace("delta_method", "delta_method\n    squared_gradient");
    String inPlace = NEWTON.replace("delta_method", "delta_method\n    hess(ell) ~> grad(ell)^2");
    DerivationDiff diff = Diffs.of(rule, inPlace);
    assertEquals(Verdict.SAME, diff.verdict());
    assertEquals(List.of(), diff.differences());
    assertEquals(Optional.empty(), diff.parting());
  }

  /** Means over draws and over the minibatch are taken in either order. */
  @Test
  void rulesThatCommutePartAndMeetAgain() {
    DerivationDiff diff =
        Diffs.of(
            DATA.formatted("monte_carlo(samples = 1) stochastic gauss_newton"),
            DATA.formatted("stochastic monte_carlo(samples = 1) gauss_newton"));
    assertEquals(Verdict.SAME, diff.verdict());
    assertEquals(
        List.of(Difference.Kind.ORDER), diff.differences().stream().map(Difference::kind).toList());
    assertTrue(diff.parting().isPresent());
  }

  /** The gradient of the minibatch's mean is what the caller answers in both. */
  @Test
  void aMinibatchMayBeLeftToTheCaller() {
    String opaque =
        DATA.formatted("delta_method")
            .replace("data       examples[N]", "")
            .replace("sum(i in examples) ell(i, theta)", "N * ell(theta)");
    DerivationDiff diff = Diffs.of(DATA.formatted("delta_method stochastic"), opaque);
    assertEquals(Verdict.SAME, diff.verdict());
    assertEquals("sum over the data: stochastic | -\n", Diffs.differences(diff));
    Parting parting = diff.parting().orElseThrow();
    assertEquals(OptionalInt.empty(), parting.right());
    assertEquals(List.of("sum over the data"), parting.subjects());
  }

  /** beta v + (1 - beta) g = v + (1 - beta) (g - v). */
  @Test
  void anOwnRuleMayDoWhatTheLibrarysDoes() {
    String own =
        """
        rule lag(e, b) of x {
          state w: real = 0
          w <- w + (1 - b) * (e - w)
          in direction of x: e ~> new(w)
        }
        """;
    DerivationDiff diff =
        Diffs.of(
            DESCENT.formatted("momentum(grad(ell), beta) of m"),
            own + DESCENT.formatted("lag(grad(ell), beta) of m"));
    assertEquals(Verdict.SAME, diff.verdict());
    assertTrue(Diffs.names(diff).contains("v | w\n"), Diffs.names(diff));
  }

  @Test
  void theSameRuleWithOtherArguments() {
    DerivationDiff diff =
        Diffs.of(
            DESCENT.formatted("momentum(grad(ell), beta) of m"),
            DESCENT.formatted("momentum(grad(ell), beta^2) of m"));
    // With b = beta^2 the two are one.
    assertEquals(Verdict.SAME, diff.verdict());
    DerivationDiff half =
        Diffs.of(
            DESCENT.formatted("momentum(grad(ell), beta) of m"),
            DESCENT.formatted("momentum(grad(ell), 1/2) of m"));
    assertEquals(Verdict.DIFFERENT, half.verdict());
    assertEquals(
        List.of(Difference.Kind.ARGUMENTS),
        half.differences().stream().map(Difference::kind).toList());
  }

  /** Equal by |x^2 - 1| = |x - 1| |x + 1|, which takes a factorization. */
  @Test
  void whatTheNormalFormMissesIsComparedInNumbers() {
    DerivationDiff diff =
        Diffs.of(
            DESCENT.formatted("in direction of m: x ~> abs(x^2 - 1)"),
            DESCENT.formatted("in direction of m: x ~> abs(x - 1) * abs(x + 1)"));
    assertEquals(Verdict.SAME_NUMERICALLY, diff.verdict());
    assertEquals(
        List.of(Agreement.NUMERICAL),
        diff.updates().stream().map(DerivationDiff.UpdatePair::agreement).toList());
  }

  /** Which of two functions of the loss is which shows in what rules do to them. */
  @Test
  void functionsOfTheLossMayBeDeclaredInAnotherOrder() {
    String left =
        DESCENT
            .replace("ell(theta)", "fit(theta) + c * cost(theta)")
            .formatted("grad(cost) ~> 2 * grad(cost)");
    String right =
        DESCENT
            .replace("ell(theta)", "c * reg(theta) + ell(theta)")
            .formatted("grad(reg) ~> 2 * grad(reg)");
    DerivationDiff diff = Diffs.of(left, right);
    assertEquals(Verdict.SAME, diff.verdict());
    assertTrue(Diffs.names(diff).startsWith("fit(theta) | ell(theta)\ncost(theta) | reg(theta)\n"));
  }

  @Test
  void theSameNameMayStandForSomethingElse() {
    String swapped =
        DESCENT
            .replace(
                "alpha: positive = 0.1, beta: [0, 1) = 0.9",
                "beta: positive = 0.1, alpha: [0, 1) = 0.9")
            .replace("rate       alpha", "rate       beta");
    DerivationDiff diff =
        Diffs.of(
            DESCENT.formatted("momentum(grad(ell), beta) of m"),
            swapped.formatted("momentum(grad(ell), alpha) of m"));
    assertEquals(Verdict.SAME, diff.verdict());
    assertTrue(Diffs.names(diff).endsWith("alpha | beta\nbeta | alpha\n"), Diffs.names(diff));
    assertEquals(
        Verdict.DIFFERENT,
        Diffs.of(
                DESCENT.formatted("momentum(grad(ell), beta) of m"),
                swapped.formatted("momentum(grad(ell), beta / (1 + beta)) of m"))
            .verdict());
  }

  @Test
  void oneRateForAllIsNoRateForEach() {
    DerivationDiff diff =
        Diffs.of(
            NEWTON,
            NEWTON
                .replace("rho: unit = 1", "rho: unit = 1, alpha: unit = 1")
                .replace("rate       rho", "rate       m = alpha, s = rho"));
    assertEquals(Verdict.DIFFERENT, diff.verdict());
    assertEquals("rate of s: rho | rho\n", Diffs.differences(diff));
  }

  @Test
  void aStepOfEachStateIsAnotherStep() {
    DerivationDiff diff =
        Diffs.of(NEWTON, NEWTON.replace("rate       rho", "rate       rho\n  step blockwise"));
    assertEquals(Verdict.DIFFERENT, diff.verdict());
    assertEquals(
        "step: one step of all natural parameters | a step of each state by itself\n",
        Diffs.differences(diff));
  }
}
