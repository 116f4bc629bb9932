package org.blrc.derive;

import static org.blrc.derive.UserFamilies.GAUSSIAN;
import static org.blrc.derive.UserFamilies.HALF_LINE;
import static org.blrc.derive.UserFamilies.LINE;
import static org.blrc.derive.UserFamilies.UNIFORM;
import static org.blrc.derive.UserFamilies.tail;

import java.util.ArrayList;
import java.util.List;
import org.blrc.derive.UserFamilies.Case;
import org.blrc.derive.UserFamilies.Family;

/** Families of one parameter, with posteriors in them. */
final class OneParameterFamilies {

  private OneParameterFamilies() {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    Family exponential =
        new Family(
            "rate: positive",
            """
            support positive
            statistics x
            natural -rate
            log_partition -log(rate)
            sample -log(u) / rate with u ~ Uniform
            """,
            x -> x,
            UserFamilies::none,
            rate -> -rate,
            HALF_LINE,
            UNIFORM);
    cases.add(exponential.with("r: positive", "r", r -> r, 1.7));
    cases.add(exponential.with("a: real", "exp(a)", Math::exp, 0.4));
    cases.add(exponential.with("b: positive", "1 / b", b -> 1 / b, 0.8));
    cases.add(exponential.with("h: positive", "2 * (h + 1)", h -> 2 * (h + 1), 0.3));
    cases.add(exponential.with("r: real", "softplus(r)", r -> Math.log1p(Math.exp(r)), 0.7));
    Family byMean =
        new Family(
            "mu: positive",
            """
            support positive
            statistics x
            natural -1 / mu
            log_partition log(mu)
            sample -mu * log(u) with u ~ Uniform
            """,
            x -> x,
            UserFamilies::none,
            mu -> -1 / mu,
            HALF_LINE,
            UNIFORM);
    cases.add(byMean.with("r: positive", "r", r -> r, 0.6));
    cases.add(byMean.with("a: real", "exp(-2 * a)", a -> Math.exp(-2 * a), 0.3));
    Family inverseExponential =
        new Family(
            "rate: positive",
            """
            support positive
            statistics 1 / x
            natural -rate
            log_partition -log(rate)
            base_measure -2 * log(x)
            sample -rate / log(u) with u ~ Uniform
            """,
            x -> 1 / x,
            x -> -2 * Math.log(x),
            rate -> -rate,
            Quadrature.between(0, 0.1, 0.5, 1, 4, 16, 256, 1e4, 1e7, 1e10, 1e14),
            UNIFORM);
    cases.add(inverseExponential.with("r: positive", "r", r -> r, 1.3));
    cases.add(inverseExponential.with("a: real", "exp(a)", Math::exp, -0.2));
    Family rayleigh =
        new Family(
            "scale: positive",
            """
            support positive
            statistics x^2
            natural -1 / (2 * scale^2)
            log_partition 2 * log(scale)
            base_measure log(x)
            sample scale * sqrt(-2 * log(u)) with u ~ Uniform
            """,
            x -> x * x,
            Math::log,
            scale -> -1 / (2 * scale * scale),
            HALF_LINE,
            UNIFORM);
    cases.add(rayleigh.with("r: positive", "r", r -> r, 1.2));
    cases.add(rayleigh.with("a: real", "exp(a)", Math::exp, 0.3));
    Family weibull =
        new Family(
            "scale: positive",
            """
            support positive
            statistics x^3
            natural -1 / scale^3
            log_partition 3 * log(scale) - log(3)
            base_measure 2 * log(x)
            sample scale * (-log(u))^(1/3) with u ~ Uniform
            """,
            x -> x * x * x,
            x -> 2 * Math.log(x),
            scale -> -Math.pow(scale, -3),
            HALF_LINE,
            UNIFORM);
    cases.add(weibull.with("r: positive", "r", r -> r, 1.4));
    cases.add(weibull.with("a: real", "exp(a)", Math::exp, 0.1));
    Family stretched =
        new Family(
            "scale: positive",
            """
            support positive
            statistics sqrt(x)
            natural -1 / sqrt(scale)
            log_partition log(scale) / 2 + log(2)
            base_measure -log(x) / 2
            sample scale * log(u)^2 with u ~ Uniform
            """,
            Math::sqrt,
            x -> -Math.log(x) / 2,
            scale -> -1 / Math.sqrt(scale),
            Quadrature.between(1e-30, 1e-18, 1e-9, 1e-4, 0.1, 1, 4, 16, 64, 256, 1024, 4096),
            UNIFORM);
    cases.add(stretched.with("r: positive", "r", r -> r, 0.7));
    Family pareto =
        new Family(
            "alpha: positive",
            """
            support (2, infinity)
            statistics log(x)
            natural -alpha - 1
            log_partition -log(alpha) - alpha * log(2)
            sample 2 * u^(-1 / alpha) with u ~ Uniform
            """,
            Math::log,
            UserFamilies::none,
            alpha -> -alpha - 1,
            tail(2),
            UNIFORM);
    cases.add(pareto.with("r: positive", "r", r -> r, 3.5));
    cases.add(pareto.with("r: positive", "1 / r", r -> 1 / r, 0.3));
    Family power =
        new Family(
            "alpha: positive",
            """
            support (0, 1)
            statistics log(x)
            natural alpha
            log_partition -log(alpha)
            base_measure -log(x)
            sample u^(1 / alpha) with u ~ Uniform
            """,
            Math::log,
            x -> -Math.log(x),
            alpha -> alpha,
            UNIFORM,
            UNIFORM);
    cases.add(power.with("r: positive", "r", r -> r, 1.6));
    cases.add(power.with("a: real", "exp(a)", Math::exp, 0.5));
    Family laplace =
        new Family(
            "scale: positive",
            """
            support real
            statistics abs(x - 1)
            natural -1 / scale
            log_partition log(2 * scale)
            sample 1 - scale * sign(u - 1/2) * log(1 - 2 * abs(u - 1/2)) with u ~ Uniform
            """,
            x -> Math.abs(x - 1),
            UserFamilies::none,
            scale -> -1 / scale,
            LINE,
            UNIFORM);
    cases.add(laplace.with("r: positive", "r", r -> r, 0.9));
    Family gumbel =
        new Family(
            "location: real",
            """
            support real
            statistics exp(-x / 2)
            natural -exp(location / 2)
            log_partition log(2) - location / 2
            base_measure -x / 2
            sample location - 2 * log(-log(u)) with u ~ Uniform
            """,
            x -> Math.exp(-x / 2),
            x -> -x / 2,
            location -> -Math.exp(location / 2),
            Quadrature.between(-20, -5, 0, 5, 20, 60, 120),
            UNIFORM);
    cases.add(gumbel.with("m: real", "m", m -> m, 0.4));
    cases.add(gumbel.with("b: positive", "2 * log(b)", b -> 2 * Math.log(b), 1.3));
    Family halfNormal =
        new Family(
            "precision: positive",
            """
            support positive
            statistics x^2
            natural -precision / 2
            log_partition -log(precision) / 2 + log(pi / 2) / 2
            sample abs(eps) / sqrt(precision) with eps ~ StandardNormal
            """,
            x -> x * x,
            UserFamilies::none,
            precision -> -precision / 2,
            HALF_LINE,
            GAUSSIAN);
    cases.add(halfNormal.with("s: positive", "s", s -> s, 1.9));
    cases.add(halfNormal.with("v: positive", "1 / v", v -> 1 / v, 0.7));
    Family centred =
        new Family(
            "variance: positive",
            """
            support real
            statistics x^2
            natural -1 / (2 * variance)
            log_partition log(variance) / 2 + log(2 * pi) / 2
            sample sqrt(variance) * eps with eps ~ StandardNormal
            """,
            x -> x * x,
            UserFamilies::none,
            variance -> -1 / (2 * variance),
            LINE,
            GAUSSIAN);
    cases.add(centred.with("v: positive", "v", v -> v, 0.7));
    cases.add(centred.with("s: positive", "1 / s", s -> 1 / s, 2.2));
    cases.add(centred.with("d: positive", "d^2", d -> d * d, 0.9));
    cases.add(centred.with("l: real", "exp(l)", Math::exp, -0.4));
    Family around =
        new Family(
            "precision: positive",
            """
            support real
            statistics (x - 3)^2
            natural -precision / 2
            log_partition -log(precision) / 2 + log(2 * pi) / 2
            sample 3 + eps / sqrt(precision) with eps ~ StandardNormal
            """,
            x -> (x - 3) * (x - 3),
            UserFamilies::none,
            precision -> -precision / 2,
            LINE,
            GAUSSIAN);
    cases.add(around.with("s: positive", "s", s -> s, 1.1));
    Family shifted =
        new Family(
            "mean: real",
            """
            support real
            statistics x
            natural 4 * mean
            log_partition 2 * mean^2
            base_measure -2 * x^2 - log(2 * pi / 4) / 2
            sample mean + eps / 2 with eps ~ StandardNormal
            """,
            x -> x,
            x -> -2 * x * x,
            mean -> 4 * mean,
            LINE,
            GAUSSIAN);
    cases.add(shifted.with("m: real", "m", m -> m, 0.3));
    cases.add(shifted.with("m: real", "2 * m - 1", m -> 2 * m - 1, 0.3));
    cases.add(shifted.with("a: real", "exp(a)", Math::exp, 0.3));
    Family frechet =
        new Family(
            "scale: positive",
            """
            support positive
            statistics 1 / x^2
            natural -scale^2
            log_partition -2 * log(scale) - log(2)
            base_measure -3 * log(x)
            sample scale / sqrt(-log(u)) with u ~ Uniform
            """,
            x -> 1 / (x * x),
            x -> -3 * Math.log(x),
            scale -> -scale * scale,
            Quadrature.between(0, 0.1, 0.5, 1, 4, 16, 256, 1e4, 1e7, 1e10),
            UNIFORM);
    cases.add(frechet.with("r: positive", "r", r -> r, 1.2));
    Family logistic =
        new Family(
            "a: positive",
            """
            support real
            statistics log(1 + exp(-x))
            natural -a
            log_partition -log(a)
            base_measure -x - log(1 + exp(-x))
            sample -log(u^(-1 / a) - 1) with u ~ Uniform
            """,
            x -> Math.log1p(Math.exp(-x)),
            x -> -x - Math.log1p(Math.exp(-x)),
            a -> -a,
            LINE,
            UNIFORM);
    cases.add(logistic.with("r: positive", "r", r -> r, 1.4));
    cases.add(logistic.with("b: real", "exp(b)", Math::exp, 0.2));
    Family kumaraswamy =
        new Family(
            "b: positive",
            """
            support (0, 1)
            statistics log(1 - x^2)
            natural b - 1
            log_partition -log(b) - log(2)
            base_measure log(x)
            sample sqrt(1 - u^(1 / b)) with u ~ Uniform
            """,
            x -> Math.log1p(-x * x),
            Math::log,
            b -> b - 1,
            UNIFORM,
            UNIFORM);
    cases.add(kumaraswamy.with("r: positive", "r", r -> r, 1.8));
    Family truncated =
        new Family(
            "rate: real",
            """
            support (0, 1)
            statistics x
            natural -rate
            log_partition log((1 - exp(-rate)) / rate)
            sample -log(1 - u * (1 - exp(-rate))) / rate with u ~ Uniform
            """,
            x -> x,
            UserFamilies::none,
            rate -> -rate,
            UNIFORM,
            UNIFORM);
    cases.add(truncated.with("r: real", "r", r -> r, 1.5));
    return cases;
  }
}
