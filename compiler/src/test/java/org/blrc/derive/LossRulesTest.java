package org.blrc.derive;

import static org.blrc.derive.ByHand.R;
import static org.blrc.derive.ByHand.batch;
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

/** Losses over data and with explicit parts, and rules with families of their own. */
final class LossRulesTest {

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    data(cases);
    losses(cases);
    ownRules(cases);
    return cases;
  }

  private static void data(List<Case> cases) {
    String sum = "sum(i in rows) b(i, theta)";
    cases.add(
        spec(
                "a sum over data",
                "delta_method stochastic",
                at -> {
                  double s = at.set("s", (1 - R) * at.s + R * 50 * batch(i -> h("b", i, at.m)));
                  at.set("m", at.m - R * 50 * batch(i -> g("b", i, at.m)) / s);
                })
            .with("data", "data rows[50]")
            .with("loss", sum));
    cases.add(
        spec(
                "a mean over data",
                "stochastic delta_method gauss_newton",
                at -> {
                  double squares = batch(i -> Math.pow(g("b", i, at.m), 2));
                  double s = at.set("s", (1 - R) * at.s + R * squares);
                  at.set("m", at.m - R * batch(i -> g("b", i, at.m)) / s);
                })
            .with("data", "data rows[50]")
            .with("loss", sum.replace("sum", "mean")));
    for (String rules :
        List.of(
            "gauss_newton monte_carlo(samples = 2) stochastic",
            "monte_carlo(samples = 2) stochastic gauss_newton",
            "stochastic squared_gradient monte_carlo(samples = 2)")) {
      cases.add(
          spec(
                  rules,
                  rules,
                  at -> {
                    double x = at.m + at.eps[0] / Math.sqrt(at.s);
                    double y = at.m + at.eps[1] / Math.sqrt(at.s);
                    double squares =
                        batch(i -> Math.pow(g("b", i, x), 2) + Math.pow(g("b", i, y), 2)) / 2;
                    double s = at.set("s", (1 - R) * at.s + R * 50 * squares);
                    double slope = batch(i -> g("b", i, x) + g("b", i, y)) / 2;
                    at.set("m", at.m - R * 50 * slope / s);
                  })
              .with("data", "data rows[50]")
              .with("loss", sum));
    }
    cases.add(
        spec(
                "two data axes, each with its own loss",
                "delta_method stochastic squared_gradient",
                at -> {
                  double squares =
                      50 * batch(i -> Math.pow(g("b", i, at.m), 2))
                          + 7 * batch(i -> Math.pow(g("c", i, at.m), 2));
                  double s = at.set("s", (1 - R) * at.s + R * squares);
                  double slope = 50 * batch(i -> g("b", i, at.m)) + 7 * batch(i -> g("c", i, at.m));
                  at.set("m", at.m - R * slope / s);
                })
            .with("data", "data rows[50], others[7]")
            .with("loss", sum + " + sum(j in others) c(j, theta)"));
    cases.add(
        spec(
                "a regulariser inside the sum",
                "delta_method stochastic",
                at -> {
                  double curvature = 50 * (2 * batch(i -> h("b", i, at.m)) + 3);
                  double s = at.set("s", (1 - R) * at.s + R * curvature);
                  double slope = 50 * (2 * batch(i -> g("b", i, at.m)) + 3 * at.m);
                  at.set("m", at.m - R * slope / s);
                })
            .with("data", "data rows[50]")
            .with("loss", "sum(i in rows) (2 * b(i, theta) + 3 * theta^2 / 2)"));
  }

  private static void losses(List<Case> cases) {
    cases.add(
        spec(
                "two losses",
                "delta_method squared_gradient momentum(grad(a) + 3 * grad(b), 0.9) of m",
                at -> {
                  double a = g("a", 0, at.m);
                  double b = g("b", 0, at.m);
                  double s = at.set("s", (1 - R) * at.s + R * (a * a + 3 * b * b));
                  double v = at.set("v", 0.9 * at.old("v") + 0.1 * (a + 3 * b));
                  at.set("m", at.m - R * v / s);
                })
            .with("loss", "a(theta) + 3 * b(theta)"));
    cases.add(
        spec(
                "momentum of one of two losses",
                "momentum(grad(b), 0.9) of m delta_method",
                at -> {
                  double s =
                      at.set("s", (1 - R) * at.s + R * (h("a", 0, at.m) + 3 * h("b", 0, at.m)));
                  double v = at.set("v", 0.9 * at.old("v") + 0.1 * g("b", 0, at.m));
                  at.set("m", at.m - R * (g("a", 0, at.m) + 3 * v) / s);
                })
            .with("loss", "a(theta) + 3 * b(theta)"));
    cases.add(
        spec(
                "explicit parts at the mean",
                "delta_method",
                at -> {
                  double s = at.set("s", (1 - R) * at.s + R * (h(at.m) + 0.7));
                  double slope = g(at.m) + 0.7 * at.m + 0.4 * Math.signum(at.m);
                  at.set("m", at.m - R * slope / s);
                })
            .with("loss", "ell(theta) + 0.7 * theta^2 / 2 + 0.4 * abs(theta)"));
    cases.add(
        spec(
                "explicit parts at draws",
                "monte_carlo(samples = 2)",
                at -> {
                  // The quadratic part has a known expectation; the kink has no Hessian.
                  double curvature = 0;
                  double slope = 0;
                  for (double eps : at.eps) {
                    double x = at.m + eps / Math.sqrt(at.s);
                    curvature += h(x) / 2 + 0.4 * Math.signum(x) * eps * Math.sqrt(at.s) / 2;
                    slope += g(x) / 2 + 0.4 * Math.signum(x) / 2;
                  }
                  double s = at.set("s", (1 - R) * at.s + R * (curvature + 0.7));
                  at.set("m", at.m - R * (slope + 0.7 * at.m) / s);
                })
            .with("loss", "ell(theta) + 0.7 * theta^2 / 2 + 0.4 * abs(theta)"));
    cases.add(
        spec(
                "a prior of another family joins the loss",
                "monte_carlo(samples = 2)",
                at -> {
                  double curvature = 0;
                  double slope = 0;
                  for (double eps : at.eps) {
                    double x = at.m + eps / Math.sqrt(at.s);
                    curvature += h(x) / 2 + Math.signum(x) * eps * Math.sqrt(at.s) / 4;
                    slope += g(x) / 2 + Math.signum(x) / 4;
                  }
                  double s = at.set("s", (1 - R) * at.s + R * curvature);
                  at.set("m", at.m - R * slope / s);
                })
            .declaring(
                "family Laplace(width: positive) { support real statistics abs(x) natural"
                    + " -1 / width log_partition log(2 * width) }")
            .with("prior", "prior each theta ~ Laplace(width = 2)"));
  }

  private static void ownRules(List<Case> cases) {
    cases.add(
        spec(
                "a rule for the same family under another name",
                "twist(2)",
                at -> {
                  double x = at.m + 2 * Math.sqrt(1 / at.s);
                  double s = at.set("s", (1 - R) * at.s + R * h(x));
                  at.set("m", at.m - R * g(x) / s);
                })
            .declaring(
                """
                family Bell(centre: real, width: positive) {
                  support real
                  statistics z, z^2
                  natural centre / width^2, -1 / (2 * width^2)
                  log_partition centre^2 / (2 * width^2) + log(width) + log(2 * pi) / 2
                  sample centre + width * e with e ~ StandardNormal
                }
                rule twist(times) for w ~ Bell(centre, width) {
                  E[fun(w)] ~> fun(centre + times * width)
                }
                """));
    cases.add(
        spec(
                "a rule with two states and a schedule",
                "delta_method schedule(grad(ell)) of m",
                at -> {
                  double p = at.set("p", at.old("p") + g(at.m));
                  double q = at.set("q", at.old("q") / at.t + p * p);
                  at.set("m", at.m - R * p / Math.sqrt(1 + q) / newton(at));
                })
            .declaring(
                "rule schedule(e) of x { state p: real = 0, q: nonnegative = 0 p <- p + e q <- q /"
                    + " t + new(p)^2 in direction of x: e ~> new(p) / sqrt(1 + new(q)) }"));
    cases.add(
        spec(
                "a rule for the old state",
                "delta_method lag(s) of m",
                at -> {
                  newton(at);
                  at.set("m", at.m - R * g(at.m) / at.s);
                })
            .declaring("rule lag(p) of x { in direction of x: new(p) ~> p }"));
    cases.add(
        spec(
            "part of a step",
            "delta_method in step of s: d ~> d / 2",
            at -> {
              double s = at.set("s", at.s + R * (h(at.m) - at.s) / 2);
              at.set("m", at.m - R * g(at.m) / s);
            }));
  }

  private static double newton(At at) {
    return at.set("s", (1 - R) * at.s + R * h(at.m));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void twoStepsAgree(Case spec) {
    assertEquals(List.of(), ByHand.disagreements(spec));
  }
}
