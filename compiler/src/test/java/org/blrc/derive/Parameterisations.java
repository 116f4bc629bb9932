package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/** Ways to write a Gaussian in two states. */
final class Parameterisations {

  private Parameterisations() {}

  /**
   * Two states and what they stand for.
   *
   * @param free a function of each state in which its conditional family is linear, the other being
   *     fixed; the state itself where there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Form(
      String states,
      String posterior,
      DoubleBinaryOperator mean,
      DoubleBinaryOperator precision,
      List<DoubleUnaryOperator> free,
      double[] first,
      double[] second) {

    @Override
    public String toString() {
      return posterior + ", " + states;
    }

    List<String> names() {
      return Stream.of(states.split(",", -1)).map(each -> each.split(":", -1)[0].strip()).toList();
    }

    double[] natural(double x, double y) {
      double precision = this.precision.applyAsDouble(x, y);
      return new double[] {precision * mean.applyAsDouble(x, y), -precision / 2};
    }
  }

  private static final double[] REALS = {-1.3, 0.2, 1.9};
  private static final double[] POSITIVES = {0.35, 1, 2.6};

  private static Form precision(
      String name, String domain, String text, DoubleUnaryOperator precision, double... values) {
    return withMean(name + ": " + domain, "precision = " + text, precision, values);
  }

  private static Form variance(
      String name, String domain, String text, DoubleUnaryOperator variance, double... values) {
    return withMean(
        name + ": " + domain, "variance = " + text, x -> 1 / variance.applyAsDouble(x), values);
  }

  /** A mean of its own beside another parameter, in which the precision is given. */
  private static Form withMean(
      String state, String argument, DoubleUnaryOperator precision, double... values) {
    return new Form(
        "m: real, " + state,
        "mean = m, " + argument,
        (m, _) -> m,
        (_, s) -> precision.applyAsDouble(s),
        List.of(m -> m, precision),
        REALS,
        values);
  }

  /** A precision of its own, and a mean that depends on both states or on one in another way. */
  private static Form mean(
      String domain, String text, DoubleBinaryOperator mean, DoubleUnaryOperator free) {
    return new Form(
        "b: " + domain + ", s: positive",
        "mean = " + text + ", precision = s",
        mean,
        (_, s) -> s,
        List.of(free, s -> s),
        domain.equals("real") ? REALS : POSITIVES,
        POSITIVES);
  }

  private static double softplus(double x) {
    return Math.log1p(Math.exp(x));
  }

  static List<Form> forms() {
    List<Form> forms = new ArrayList<>();
    forms.add(precision("s", "positive", "s", s -> s, POSITIVES));
    forms.add(precision("s", "positive", "s + gamma", s -> s + 2, POSITIVES));
    forms.add(precision("h", "positive", "N * (h + gamma)", h -> 3 * (h + 2), POSITIVES));
    forms.add(precision("h", "(-2, infinity)", "N * (h + gamma)", h -> 3 * (h + 2), -1, 0.5, 4));
    forms.add(precision("l", "real", "exp(-2 * l)", l -> Math.exp(-2 * l), REALS));
    forms.add(precision("l", "real", "exp(l)", Math::exp, REALS));
    forms.add(precision("l", "real", "gamma * exp(N * l)", l -> 2 * Math.exp(3 * l), REALS));
    forms.add(precision("v", "positive", "1 / v", v -> 1 / v, POSITIVES));
    forms.add(precision("d", "positive", "1 / d^2", d -> 1 / (d * d), POSITIVES));
    forms.add(precision("w", "positive", "1 / (w + gamma)", w -> 1 / (w + 2), POSITIVES));
    forms.add(precision("r", "real", "softplus(r)", r -> softplus(r), REALS));
    forms.add(precision("r", "real", "N * softplus(r) + gamma", r -> 3 * softplus(r) + 2, REALS));
    forms.add(precision("u", "positive", "u^2", u -> u * u, POSITIVES));
    forms.add(precision("u", "positive", "sqrt(u)", Math::sqrt, POSITIVES));
    forms.add(precision("u", "(1, infinity)", "log(u)", Math::log, 1.2, 2, 5));
    forms.add(precision("u", "nonnegative", "(u + 1)^2", u -> (u + 1) * (u + 1), 0.2, 0.5, 3));
    forms.add(precision("u", "positive", "N * u^2 + u", u -> 3 * u * u + u, POSITIVES));
    forms.add(precision("u", "positive", "u + sqrt(u)", u -> u + Math.sqrt(u), POSITIVES));
    forms.add(precision("u", "positive", "u / (u + gamma)", u -> u / (u + 2), 4, 5, 9));
    forms.add(precision("r", "real", "gamma^r", r -> Math.pow(2, r), REALS));
    forms.add(
        precision("r", "real", "exp(r) + exp(r + 1)", r -> Math.exp(r) * (1 + Math.E), REALS));
    forms.add(
        precision(
            "s",
            "positive",
            "s + 1 / (1 + N) + 1 / (1 + gamma) + 1 / (N + gamma)",
            s -> s + 1 / 4.0 + 1 / 3.0 + 1 / 5.0,
            POSITIVES));
    forms.add(variance("v", "positive", "v", v -> v, POSITIVES));
    forms.add(variance("d", "positive", "d^2", d -> d * d, POSITIVES));
    forms.add(variance("l", "real", "exp(l)", Math::exp, REALS));
    forms.add(variance("r", "real", "softplus(r)^2", r -> Math.pow(softplus(r), 2), REALS));
    forms.add(variance("s", "positive", "1 / s", s -> 1 / s, POSITIVES));
    forms.add(variance("s", "positive", "1 / (N * s + gamma)", s -> 1 / (3 * s + 2), POSITIVES));
    forms.add(mean("real", "b * gamma", (b, _) -> 2 * b, b -> b));
    forms.add(mean("real", "N - gamma * b", (b, _) -> 3 - 2 * b, b -> b));
    forms.add(
        mean("real", "exp(b / N) - gamma", (b, _) -> Math.exp(b / 3) - 2, b -> Math.exp(b / 3)));
    forms.add(mean("positive", "log(b)", (b, _) -> Math.log(b), Math::log));
    forms.add(
        new Form(
            "a: real, s: positive",
            "mean = a / s, precision = s",
            (a, s) -> a / s,
            (_, s) -> s,
            List.of(a -> a, s -> s),
            REALS,
            POSITIVES));
    forms.add(
        new Form(
            "a: real, v: positive",
            "mean = a * v, variance = v",
            (a, v) -> a * v,
            (_, v) -> 1 / v,
            List.of(a -> a, v -> 1 / v),
            REALS,
            POSITIVES));
    forms.add(
        new Form(
            "z: real, d: positive",
            "mean = z * d, variance = d^2",
            (z, d) -> z * d,
            (_, d) -> 1 / (d * d),
            List.of(z -> z, d -> d),
            REALS,
            POSITIVES));
    forms.add(
        new Form(
            "a: real, s: positive",
            "mean = a + s, precision = s",
            (a, s) -> a + s,
            (_, s) -> s,
            List.of(a -> a, s -> s),
            REALS,
            POSITIVES));
    forms.add(
        new Form(
            "a: positive, s: positive",
            "mean = a + s, precision = 3 + a - s",
            (a, s) -> a + s,
            (a, s) -> 3 + a - s,
            List.of(a -> a, s -> s),
            POSITIVES,
            POSITIVES));
    // A state with the name of a parameter that it does not stand for.
    forms.add(
        new Form(
            "precision: real, mean: positive",
            "mean = precision + 1, precision = gamma * mean",
            (m, _) -> m + 1,
            (_, s) -> 2 * s,
            List.of(m -> m, s -> s),
            REALS,
            POSITIVES));
    forms.add(
        new Form(
            "a: real, b: negative",
            "linear = a, quadratic = b",
            (a, b) -> -a / (2 * b),
            (_, b) -> -2 * b,
            List.of(a -> a, b -> b),
            REALS,
            new double[] {-0.4, -1, -2}));
    forms.add(
        new Form(
            "a: real, b: positive",
            "linear = 2 * a, quadratic = -1 / b",
            (a, b) -> a * b,
            (_, b) -> 2 / b,
            List.of(a -> a, b -> 1 / b),
            REALS,
            POSITIVES));
    return forms;
  }
}
