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

/** Rules for the steps of single states: Adam, momentum, clipping, rates, geodesics. */
final class DirectionRulesTest {

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    adam(cases);
    directions(cases);
    return cases;
  }

  private static void adamByHand(ByHand.At at) {
    double v = at.set("v", 0.9 * at.old("v") + 0.1 * g(at.m));
    double s = at.set("s", 0.7 * at.s + 0.3 * Math.pow(g(at.m), 2));
    double vHat = v / (1 - Math.pow(0.9, at.t));
    double sHat = s / (1 - Math.pow(0.7, at.t));
    at.set("m", at.m - 0.1 * vHat / (Math.sqrt(sHat) + 0.01));
  }

  private static void adam(List<Case> cases) {
    String hypers = "a: positive = 0.1, b1: [0, 1) = 0.9, b2: [0, 1) = 0.7, d: positive = 0.01";
    cases.add(
        spec(
                "Adam",
                "delta_method squared_gradient square_root_scaling(s, d) of m bias_correction(s,"
                    + " b2) of m momentum(grad(ell), b1) of m bias_correction(v, b1) of m",
                DirectionRulesTest::adamByHand)
            .with("hyper", hypers)
            .with("rate", "m = a, s = 1 - b2"));
    cases.add(
        spec(
                "Adam, other order",
                "momentum(grad(ell), b1) of m square_root_scaling(s, d) of m squared_gradient"
                    + " bias_correction(v, b1) of m delta_method bias_correction(s, b2) of m",
                DirectionRulesTest::adamByHand)
            .with("hyper", hypers)
            .with("rate", "m = a, s = 1 - b2"));
    cases.add(
        spec(
                "bias correction outside the root",
                "delta_method squared_gradient bias_correction(s, b2) of m square_root_scaling(s,"
                    + " d) of m",
                at -> {
                  double s = at.set("s", 0.7 * at.s + 0.3 * Math.pow(g(at.m), 2));
                  double scale = (Math.sqrt(s) + 0.01) / (1 - Math.pow(0.7, at.t));
                  at.set("m", at.m - 0.1 * g(at.m) / scale);
                })
            .with("hyper", hypers.replace(", b1: [0, 1) = 0.9", ""))
            .with("rate", "m = a, s = 1 - b2"));
    cases.add(
        spec(
                "AMSGrad with a state of its own",
                "delta_method squared_gradient greatest(s) of m",
                at -> {
                  double s = at.set("s", (1 - R) * at.s + R * Math.pow(g(at.m), 2));
                  double u = at.set("u", Math.max(at.old("u"), s));
                  at.set("m", at.m - R * g(at.m) / u);
                })
            .declaring(
                "rule greatest(x) of y { state u: nonnegative = 0  u <- max(u, new(x))"
                    + " in direction of y: new(x) ~> new(u) }"));
    cases.add(
        spec(
            "AMSGrad in the state itself",
            "delta_method squared_gradient in update of s: x ~> max(s, x)",
            at -> {
              double s = at.set("s", Math.max(at.s, (1 - R) * at.s + R * Math.pow(g(at.m), 2)));
              at.set("m", at.m - R * g(at.m) / s);
            }));
  }

  private static void directions(List<Case> cases) {
    cases.add(
        spec(
            "sign of the direction",
            "delta_method squared_gradient in direction of m: x ~> sign(x)",
            at -> {
              at.set("s", (1 - R) * at.s + R * Math.pow(g(at.m), 2));
              at.set("m", at.m - R * Math.signum(g(at.m)));
            }));
    cases.add(
        spec(
            "sign of the gradient",
            "delta_method grad(ell) ~> sign(grad(ell))",
            at -> at.set("m", at.m - R * Math.signum(g(at.m)) / newton(at))));
    cases.add(
        spec(
            "decoupled weight decay",
            "delta_method in update of m: x ~> x - rate * 0.1 * m",
            at -> at.set("m", at.m - R * g(at.m) / newton(at) - R * 0.1 * at.m)));
    cases.add(
        spec(
            "weight decay as a factor",
            "delta_method in update of m: x ~> x * (1 - rate * 0.1)",
            at -> at.set("m", (at.m - R * g(at.m) / newton(at)) * (1 - R * 0.1))));
    cases.add(
        spec(
            "clip",
            "delta_method clip(0.5) of m",
            at -> {
              double direction = g(at.m) / newton(at);
              at.set("m", at.m - R * Math.min(Math.max(direction, -0.5), 0.5));
            }));
    cases.add(
        spec(
            "clipped momentum",
            "clip(0.5) of m momentum(grad(ell), 0.9) of m delta_method",
            at -> {
              double v = at.set("v", 0.9 * at.old("v") + 0.1 * g(at.m));
              double direction = v / newton(at);
              at.set("m", at.m - R * Math.min(Math.max(direction, -0.5), 0.5));
            }));
    cases.add(
        spec(
            "heavy ball",
            "delta_method heavy_ball(grad(ell), 0.9) of m",
            at -> {
              double v = at.set("v", 0.9 * at.old("v") + g(at.m));
              at.set("m", at.m - R * v / newton(at));
            }));
    cases.add(
        spec(
            "momenta of both states",
            "delta_method momentum(hess(ell), 0.6) of s momentum(grad(ell), 0.9, v = w) of m",
            at -> {
              double v = at.set("v", 0.6 * at.old("v") + 0.4 * h(at.m));
              double w = at.set("w", 0.9 * at.old("w") + 0.1 * g(at.m));
              double s = at.set("s", (1 - R) * at.s + R * v);
              at.set("m", at.m - R * w / s);
            }));
    cases.add(
        spec(
            "momentum of a momentum",
            "delta_method momentum(grad(ell), 0.6) of m momentum(new(v), 0.9, v = w) of m",
            at -> {
              double v = at.set("v", 0.6 * at.old("v") + 0.4 * g(at.m));
              double w = at.set("w", 0.9 * at.old("w") + 0.1 * v);
              at.set("m", at.m - R * w / newton(at));
            }));
    cases.add(
        spec(
                "rates that fall",
                "delta_method",
                at -> {
                  double rate = 0.2 / Math.sqrt(at.t);
                  double other = 0.5 / (1 + at.t);
                  double s = at.set("s", (1 - other) * at.s + other * h(at.m));
                  at.set("m", at.m - rate * g(at.m) / s);
                })
            .with("rate", "m = rho / sqrt(t), s = 1 / (2 + 2 * t)"));
    cases.add(
        spec(
            "geodesic",
            "delta_method geodesic(s)",
            at -> {
              double v = R * (h(at.m) - at.s);
              double s = at.set("s", at.s + v + v * v / (2 * at.s));
              at.set("m", at.m - R * g(at.m) / s);
            }));
    cases.add(
        spec(
                "geodesic of a standard deviation, from its Fisher information 2 / d^2",
                "delta_method geodesic(s)",
                at -> {
                  double joint = Math.sqrt(1 / ((1 - R) / (at.s * at.s) + R * h(at.m)));
                  double v = joint - at.s;
                  double s = at.set("s", at.s + v + v * v / (2 * at.s));
                  at.set("m", at.m - R * s * s * g(at.m));
                })
            .with("posterior", "Normal(mean = m, variance = s^2)"));
    cases.add(
        spec(
                "geodesic of both states together, whose connection is not zero between them",
                "delta_method geodesic(m, s)",
                at -> alongConnection(at, 0.5))
            .with("step", "step blockwise"));
    cases.add(
        spec(
                "a combination of tangents in the connection",
                "delta_method halfway(m, s)",
                at -> alongConnection(at, 3))
            .with("step", "step blockwise")
            .declaring(
                "rule halfway(x...) { in step of x: v ~> v - connection(x)(2 * v, v + v / 2) }"));
    cases.add(
        spec(
                "the connection of one state in the updates of several",
                "delta_method leaning(s, m, s)",
                at -> {
                  double u = -R * g(at.m) / at.s;
                  double v = R * (h(at.m) - at.s);
                  at.set("m", at.m + u + u * u / at.s);
                  at.set("s", at.s + v + v * v / at.s);
                })
            .with("step", "step blockwise")
            .declaring("rule leaning(y, x...) { in step of x: v ~> v - connection(y)(v, v) }"));
    cases.add(
        spec(
                "blockwise with a prior",
                "delta_method",
                at -> {
                  at.set("s", (1 - R) * at.s + R * (h(at.m) + 0.5));
                  at.set("m", at.m - R * (g(at.m) + 0.5 * (at.m - 2)) / at.s);
                })
            .with("step", "step blockwise")
            .with("prior", "prior each theta ~ Normal(mean = 2, variance = 2)"));
    cases.add(
        spec(
            "a rate of its own",
            "delta_method separate_rate(0.05) of m",
            at -> at.set("m", at.m - 0.05 * g(at.m) / newton(at))));
  }

  /** Both steps less a multiple of their connection, which is u v / s and -s^2 u^2 - v^2 / s. */
  private static void alongConnection(At at, double multiple) {
    double u = -R * g(at.m) / at.s;
    double v = R * (h(at.m) - at.s);
    at.set("m", at.m + u - multiple * u * v / at.s);
    at.set("s", at.s + v + multiple * (at.s * at.s * u * u + v * v / at.s));
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
