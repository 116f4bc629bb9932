package org.blrc.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.blrc.program.ProgramVerifier;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.syntax.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places where a derivation is easily wrong: refused, or right by hand. */
final class EdgeCasesTest {

  private static String spec(
      String hyper,
      String data,
      String posterior,
      String prior,
      String loss,
      String rate,
      String approximate) {
    return "optimizer Test {\n"
        + hyper
        + "\nstate m: real, s: positive = 1\n"
        + data
        + "\nposterior each theta ~ Normal("
        + posterior
        + ")\n"
        + prior
        + "\nloss "
        + loss
        + "\nrate "
        + rate
        + "\napproximate "
        + approximate
        + "\n}\n";
  }

  private static String usual(String loss, String approximate) {
    return spec(
        "hyper rho: unit = 0.2", "", "mean = m, precision = s", "", loss, "rho", approximate);
  }

  private static Map<String, double[]> at(double m, double s) {
    return Map.of("m", new double[] {m}, "s", new double[] {s});
  }

  /** A sum over draws is no mean over draws. */
  @Test
  void aSumOverDrawsIsASum() {
    String text = usual("ell(theta)", "E[f(theta)] ~> sum(k in 1..2) f(sample(k))");
    List<Diagnostic> problems = Specs.problems(text);
    if (problems.isEmpty()) {
      ReferenceOptimizer after =
          OneStep.of(text, Map.of(), at(1, 1))
              .withNoise(new double[][] {{0}, {0}})
              .run((_, order, _, x) -> order == 1 ? x : 1);
      assertEquals(0.8 * 1 + 0.2 * 2, after.state("s")[0], 1e-12);
    }
  }

  /** One function over two data axes is not asked once for both. */
  @Test
  void oneFunctionOverTwoAxesIsAskedTwice() {
    String text =
        spec(
            "hyper rho: unit = 0.2",
            "data a[5], b[7]",
            "mean = m, precision = s",
            "",
            "sum(i in a) f(i, theta) + sum(j in b) f(j, theta)",
            "rho",
            "delta_method stochastic");
    List<Diagnostic> problems = Specs.problems(text);
    if (problems.isEmpty()) {
      long gradients =
          Specs.derive(text).program().phases().stream()
              .flatMap(phase -> phase.answers().stream())
              .filter(answer -> answer.kind().label().equals("gradient"))
              .count();
      assertEquals(2, gradients);
    }
  }

  /** d/dm E[sign(theta)] = 2 sqrt(s) phi(m sqrt(s)), not 0. */
  @ParameterizedTest
  @ValueSource(strings = {"sign(theta)", "(theta^4)^(1/4)"})
  void jumpsAreNotForgotten(String part) {
    // Averaged over draws the update has to agree with quadrature, or to be refused.
    String text = usual("zero(theta) + " + part, "monte_carlo");
    if (!Specs.problems(text).isEmpty()) {
      return;
    }
    Quadrature noise =
        Quadrature.between(-12, -6, -3, -1, 0, 3, 6, 12)
            .under(x -> Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI));
    int n = noise.nodes().length;
    double[] m = new double[n];
    double[] s = new double[n];
    Arrays.fill(m, 1);
    Arrays.fill(s, 1);
    ReferenceOptimizer after =
        OneStep.of(text, Map.of(), Map.of("m", m, "s", s))
            .withNoise(new double[][] {noise.nodes()})
            .run((_, _, _, _) -> 0);
    DoubleUnaryOperator f = part.startsWith("(") ? Math::abs : Math::signum;
    // Stein: E[f''] = E[eps f'(m + eps)] = E[(eps^2 - 1) f(m + eps)] at s = 1.
    double curvature = noise.integrate(e -> (e * e - 1) * f.applyAsDouble(1 + e));
    assertEquals(0.8 + 0.2 * curvature, noise.sum(after.state("s")), 1e-6);
  }

  /** What no back end can run is refused. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "E[f(theta)] ~> f(sample(1))",
        "monte_carlo(samples = s)",
        "monte_carlo(samples = t)",
        "delta_method in direction of m: x ~> sample(1)",
        "delta_method in direction of m: grad(ell)(x) ~> grad(ell)(x - new(s))",
        "delta_method momentum(grad(ell), 0.9) of m hess(ell)(x) ~> hess(ell)(x - new(v))",
        "delta_method momentum(m, 0.9) of m",
      })
  void aProgramIsWellFormedOrRefused(String approximate) {
    String text = usual("ell(theta)", approximate);
    if (Specs.problems(text).isEmpty()) {
      assertEquals(List.of(), ProgramVerifier.problems(Specs.derive(text).program()));
    }
  }

  /** The rate of a state may be any expression. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "1/2", "1 - b", "b / sqrt(t)"})
  void aRateThatIsNoSymbolCanBeReplaced(String rate) {
    String text =
        spec(
            "hyper al: positive = 0.1" + (rate.contains("b") ? ", b: unit = 0.3" : ""),
            "",
            "mean = m, precision = s",
            "",
            "ell(theta)",
            rate,
            "delta_method separate_rate(al) of m");
    assertEquals(List.of(), Specs.problems(text).stream().map(Diagnostic::message).toList());
  }

  /** Only the rate is replaced, not the prior's precision that happens to be the same symbol. */
  @Test
  void theRateIsNotConfusedWithWhatEqualsIt() {
    String text =
        spec(
            "hyper b: positive = 0.3, al: positive = 0.1",
            "",
            "mean = m, precision = s",
            "prior each theta ~ Normal(mean = 0, precision = b)",
            "ell(theta)",
            "b",
            "delta_method separate_rate(al) of s");
    ReferenceOptimizer after =
        OneStep.of(text, Map.of(), at(1, 1)).run((_, order, _, x) -> order == 1 ? x : 1);
    assertEquals(0.9 * 1 + 0.1 * (1 + 0.3), after.state("s")[0], 1e-12);
  }

  /** An odd root of a negative number is negative. */
  @Test
  void theMeanMayBeACube() {
    String text =
        spec(
            "hyper rho: unit = 0.2",
            "",
            "mean = m^3, precision = s",
            "",
            "ell(theta)",
            "rho",
            "delta_method");
    ReferenceOptimizer after =
        OneStep.of(text, Map.of(), at(-2, 1)).run((_, order, _, x) -> order == 1 ? 0 : 1);
    assertEquals(-2, after.state("m")[0], 1e-12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delta_method squared_gradient momentum(grad(ell)^2, 0.9) of s",
        "delta_method grad(ell) ~> sign(grad(ell)) momentum(sign(grad(ell)(m)), 0.9) of m",
        "delta_method clip(1) of m momentum(clamp(grad(ell)(m)/new(s), -1, 1), 0.9) of m",
        "delta_method square_root_scaling(s, 0.1) of m in direction of m: sqrt(new(s)) ~>"
            + " new(s)^(1/4)",
        "delta_method in update of s: s ~> 2 * s",
      })
  void anExpressionThatStandsThereIsFound(String approximate) {
    assertEquals(
        List.of(),
        Specs.problems(usual("ell(theta)", approximate)).stream()
            .map(Diagnostic::message)
            .toList());
  }

  /** The leading m of the update is an m like any other. */
  @Test
  void theOldStateIsFoundInItsUpdate() {
    String text = usual("ell(theta)", "delta_method in update of m: m ~> 2 * m");
    ReferenceOptimizer after =
        OneStep.of(text, Map.of(), at(1, 1)).run((_, order, _, x) -> order == 1 ? 0 : 1);
    assertEquals(2, after.state("m")[0], 1e-12);
  }

  /** No oracle is left, and yet there is a step to make. */
  @Test
  void anExplicitLossCanBeRun() {
    String text = usual("theta^2 / 2", "").replace("approximate ", "");
    ReferenceOptimizer after = OneStep.of(text, Map.of(), at(1, 2)).run((_, _, _, _) -> 0);
    assertEquals(0.8 * 2 + 0.2, after.state("s")[0], 1e-12);
  }

  /** Without curvature the variance grows by 1 / (1 - rho), which has no value at rate 1. */
  @Test
  void aLossWithoutCurvature() {
    String text =
        spec("hyper rho: unit = 0.2", "", "mean = m, variance = s", "", "3 * theta", "rho", "")
            .replace("approximate ", "");
    ReferenceOptimizer after = OneStep.of(text, Map.of(), at(1, 2)).run((_, _, _, _) -> 0);
    assertEquals(2 / 0.8, after.state("s")[0], 1e-12);
    assertEquals(1 - 0.2 * 3 * 2 / 0.8, after.state("m")[0], 1e-12);
  }

  /** The mean over one draw is printed as the draw, so it is found as it is printed. */
  @Test
  void anEstimateFromOneDrawIsFoundAsItIsPrinted() {
    String rules = "monte_carlo squared_gradient momentum(%s, 0.9) of m";
    assertEquals(
        Specs.derive(usual("ell(theta)", rules.formatted("grad(ell)"))).program(),
        Specs.derive(usual("ell(theta)", rules.formatted("grad(ell)(sample(1))"))).program());
  }
}
