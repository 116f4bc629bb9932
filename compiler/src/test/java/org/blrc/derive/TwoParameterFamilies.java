package org.blrc.derive;

import static org.blrc.derive.UserFamilies.GAUSSIAN;
import static org.blrc.derive.UserFamilies.LINE;
import static org.blrc.derive.UserFamilies.UNIFORM;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.blrc.derive.UserFamilies.Case;

/** Families of two parameters, with posteriors in them. */
final class TwoParameterFamilies {

  private TwoParameterFamilies() {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    String logNormal =
        """
        support positive
        statistics log(x), log(x)^2
        natural precision * mean, -precision / 2
        log_partition precision * mean^2 / 2 - log(precision) / 2 + log(2 * pi) / 2
        base_measure -log(x)
        sample exp(mean + eps / sqrt(precision)) with eps ~ StandardNormal
        """;
    List<DoubleUnaryOperator> logs = List.of(Math::log, x -> Math.pow(Math.log(x), 2));
    Quadrature support = Quadrature.between(0, 0.01, 0.1, 0.5, 1, 2, 4, 16, 256, 1e4, 1e6);
    cases.add(
        new Case(
            "mean: real, precision: positive",
            logNormal,
            "m: real, s: positive",
            "mean = m, precision = s",
            logs,
            x -> -Math.log(x),
            w -> new double[] {w[1] * w[0], -w[1] / 2},
            support,
            GAUSSIAN,
            0.3,
            2.5));
    cases.add(
        new Case(
            "mean: real, precision: positive",
            logNormal,
            "m: real, l: real",
            "mean = m, precision = exp(-2 * l)",
            logs,
            x -> -Math.log(x),
            w -> new double[] {Math.exp(-2 * w[1]) * w[0], -Math.exp(-2 * w[1]) / 2},
            support,
            GAUSSIAN,
            0.3,
            -0.4));
    cases.add(
        new Case(
            "mean: real, precision: positive",
            """
            support (0, 1)
            statistics log(x / (1 - x)), log(x / (1 - x))^2
            natural precision * mean, -precision / 2
            log_partition precision * mean^2 / 2 - log(precision) / 2 + log(2 * pi) / 2
            base_measure -log(x) - log(1 - x)
            sample sigmoid(mean + eps / sqrt(precision)) with eps ~ StandardNormal
            """,
            "m: real, s: positive",
            "mean = m, precision = s",
            List.of(x -> Math.log(x / (1 - x)), x -> Math.pow(Math.log(x / (1 - x)), 2)),
            x -> -Math.log(x) - Math.log(1 - x),
            w -> new double[] {w[1] * w[0], -w[1] / 2},
            UNIFORM,
            GAUSSIAN,
            0.3,
            2.5));
    cases.add(
        new Case(
            "location: real, scale: positive",
            """
            support real
            statistics x, (x - 1)^2
            natural (location - 1) / scale^2, -1 / (2 * scale^2)
            log_partition (location^2 - 1) / (2 * scale^2) + log(scale) + log(2 * pi) / 2
            sample location + scale * z with z ~ StandardNormal
            """,
            "m: real, d: positive",
            "location = m, scale = d",
            List.of(x -> x, x -> (x - 1) * (x - 1)),
            UserFamilies::none,
            w -> new double[] {(w[0] - 1) / (w[1] * w[1]), -1 / (2 * w[1] * w[1])},
            LINE,
            GAUSSIAN,
            0.3,
            0.8));
    return cases;
  }
}
