package org.blrc.derive;

import static org.blrc.derive.ByHand.R;
import static org.blrc.derive.ByHand.g;
import static org.blrc.derive.ByHand.h;
import static org.blrc.derive.ByHand.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.blrc.derive.ByHand.At;
import org.blrc.derive.ByHand.Case;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules for the points at which the loss is asked: phases, draws, samples. */
final class PointRulesTest {

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    points(cases);
    draws(cases);
    return cases;
  }

  private static void points(List<Case> cases) {
    cases.add(
        spec(
            "extragradient",
            "E[f(theta)] ~> f(m - 0.3 * grad(ell)(m))",
            at -> {
              double ahead = at.m - 0.3 * g(at.m);
              double s = at.set("s", (1 - R) * at.s + R * h(ahead));
              at.set("m", at.m - R * g(ahead) / s);
            }));
    cases.add(
        spec(
            "sharpness-aware, preconditioned",
            "E[f(theta)] ~> f(m + 0.3 * grad(ell)(m) / s) squared_gradient",
            at -> {
              double up = g(at.m + 0.3 * g(at.m) / at.s);
              double s = at.set("s", (1 - R) * at.s + R * up * up);
              at.set("m", at.m - R * up / s);
            }));
    cases.add(
        spec(
            "three phases",
            "delta_method grad(ell)(x) ~> grad(ell)(x - 0.1 * grad(ell)(x - 0.2 * grad(ell)(x)))",
            at -> {
              double first = g(at.m);
              double second = g(at.m - 0.2 * first);
              at.set("m", at.m - R * g(at.m - 0.1 * second) / newton(at));
            }));
    cases.add(
        spec(
            "sigma points",
            "E[f(theta)] ~> (f(m + 1 / sqrt(s)) + f(m - 1 / sqrt(s))) / 2",
            at -> {
              double up = at.m + 1 / Math.sqrt(at.s);
              double down = at.m - 1 / Math.sqrt(at.s);
              double s = at.set("s", (1 - R) * at.s + R * (h(up) + h(down)) / 2);
              at.set("m", at.m - R * (g(up) + g(down)) / 2 / s);
            }));
    cases.add(
        spec(
            "Hessian by differences of gradients",
            "delta_method hess(ell)(x) ~> (grad(ell)(x + 0.1) - grad(ell)(x - 0.1)) / 0.2",
            at -> {
              double curvature = (g(at.m + 0.1) - g(at.m - 0.1)) / 0.2;
              double s = at.set("s", (1 - R) * at.s + R * curvature);
              at.set("m", at.m - R * g(at.m) / s);
            }));
    cases.add(
        spec(
                "Nesterov's look-ahead",
                "delta_method ball(grad(ell), 0.9) of m grad(ell)(m) ~> grad(ell)(m - 0.18 * v)",
                at -> {
                  double v = at.set("v", 0.9 * at.old("v") + g(at.m - 0.18 * at.old("v")));
                  at.set("m", at.m - R * v / newton(at));
                })
            .declaring(
                "rule ball(e, beta) of m { state v: real = 0  v <- beta * v + e"
                    + " in direction of m: e ~> new(v) }"));
  }

  private static void draws(List<Case> cases) {
    cases.add(
        spec(
            "two draws",
            "monte_carlo(samples = 2)",
            at -> {
              double x = at.m + at.eps[0] / Math.sqrt(at.s);
              double y = at.m + at.eps[1] / Math.sqrt(at.s);
              double s = at.set("s", (1 - R) * at.s + R * (h(x) + h(y)) / 2);
              at.set("m", at.m - R * (g(x) + g(y)) / 2 / s);
            }));
    cases.add(
        spec(
            "squares of each draw",
            "monte_carlo(samples = 2) squared_gradient",
            PointRulesTest::squaresOfDraws));
    cases.add(
        spec(
            "squares of each draw, other order",
            "squared_gradient monte_carlo(samples = 2)",
            PointRulesTest::squaresOfDraws));
    cases.add(spec("Stein", "stein_hessian monte_carlo(samples = 2)", PointRulesTest::stein));
    cases.add(
        spec(
            "Stein, other order", "monte_carlo(samples = 2) stein_hessian", PointRulesTest::stein));
    cases.add(
        spec(
                "Stein, precision with an offset",
                "stein_hessian monte_carlo(samples = 2)",
                at -> {
                  double p = 3 * (at.s + 0.5);
                  double x = at.eps[0] / Math.sqrt(p);
                  double y = at.eps[1] / Math.sqrt(p);
                  double curvature = p * (x * g(at.m + x) + y * g(at.m + y)) / 2;
                  double s = at.set("s", ((1 - R) * p + R * curvature) / 3 - 0.5);
                  at.set("m", at.m - R * (g(at.m + x) + g(at.m + y)) / 2 / (3 * (s + 0.5)));
                })
            .with("posterior", "Normal(mean = m, precision = 3 * (s + 1 / 2))"));
    for (String rules :
        List.of(
            "stein_hessian monte_carlo(samples = 2) geodesic(s) momentum(grad(ell), 0.9) of m",
            "geodesic(s) momentum(grad(ell), 0.9) of m monte_carlo(samples = 2) stein_hessian",
            "momentum(grad(ell), 0.9) of m stein_hessian geodesic(s) monte_carlo(samples = 2)",
            "monte_carlo(samples = 2) geodesic(s) stein_hessian momentum(grad(ell), 0.9) of m")) {
      cases.add(
          spec(
              rules,
              rules,
              at -> {
                double x = at.eps[0] / Math.sqrt(at.s);
                double y = at.eps[1] / Math.sqrt(at.s);
                double curvature = at.s * (x * g(at.m + x) + y * g(at.m + y)) / 2;
                double v = R * (curvature - at.s);
                double s = at.set("s", at.s + v + v * v / (2 * at.s));
                double mean = (g(at.m + x) + g(at.m + y)) / 2;
                double w = at.set("v", 0.9 * at.old("v") + 0.1 * mean);
                at.set("m", at.m - R * w / s);
              }));
    }
    cases.add(
        spec(
            "antithetic draws",
            "E[f(theta)] ~> mean(k in 1..2) (f(sample(k)) + f(2 * m - sample(k))) / 2",
            at -> {
              double x = at.eps[0] / Math.sqrt(at.s);
              double y = at.eps[1] / Math.sqrt(at.s);
              double curvature = (h(at.m + x) + h(at.m - x) + h(at.m + y) + h(at.m - y)) / 4;
              double slope = (g(at.m + x) + g(at.m - x) + g(at.m + y) + g(at.m - y)) / 4;
              double s = at.set("s", (1 - R) * at.s + R * curvature);
              at.set("m", at.m - R * slope / s);
            }));
    cases.add(
        spec(
            "a draw for the gradient, the mean for the Hessian",
            "E[hess(ell)(theta)] ~> hess(ell)(m) monte_carlo(samples = 2)",
            at -> {
              double x = at.eps[0] / Math.sqrt(at.s);
              double y = at.eps[1] / Math.sqrt(at.s);
              at.set("m", at.m - R * (g(at.m + x) + g(at.m + y)) / 2 / newton(at));
            }));
  }

  private static double newton(At at) {
    return at.set("s", (1 - R) * at.s + R * h(at.m));
  }

  private static void squaresOfDraws(At at) {
    double x = g(at.m + at.eps[0] / Math.sqrt(at.s));
    double y = g(at.m + at.eps[1] / Math.sqrt(at.s));
    double s = at.set("s", (1 - R) * at.s + R * (x * x + y * y) / 2);
    at.set("m", at.m - R * (x + y) / 2 / s);
  }

  private static void stein(At at) {
    double x = at.eps[0] / Math.sqrt(at.s);
    double y = at.eps[1] / Math.sqrt(at.s);
    double curvature = at.s * (x * g(at.m + x) + y * g(at.m + y)) / 2;
    double s = at.set("s", (1 - R) * at.s + R * curvature);
    at.set("m", at.m - R * (g(at.m + x) + g(at.m + y)) / 2 / s);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void twoStepsAgree(Case spec) {
    assertEquals(List.of(), ByHand.disagreements(spec));
  }
}
