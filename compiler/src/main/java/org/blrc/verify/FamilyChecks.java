package org.blrc.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.blrc.derive.Quantity;
import org.blrc.derive.Setting;
import org.blrc.family.FamilyFacts;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Noise;
import org.blrc.symbolic.Expr.Sym;

/** A family's facts against integrals of its declared density. */
final class FamilyChecks {

  private static final double INTEGRAL = 1e-8;
  private static final double DIFFERENCE = 1e-6;
  private static final double SECOND_DIFFERENCE = 1e-4;

  /** Bounded and smooth, so that equal means of all of them show equal distributions. */
  private static final Map<String, DoubleUnaryOperator> PROBES =
      Map.of(
          "tanh x",
          Math::tanh,
          "cos x",
          Math::cos,
          "sin 2x",
          x -> Math.sin(2 * x),
          "1/(1 + x^2)",
          x -> 1 / (1 + x * x));

  private static final Density STANDARD_NORMAL =
      Density.of(Domain.REAL, x -> -x * x / 2 - Math.log(2 * Math.PI) / 2).orElseThrow();

  /** Without the outermost values, at which samplers round to the end of the support. */
  private static final Density UNIFORM =
      Density.of(Domain.open(1e-15, 1 - 1e-15), _ -> 0).orElseThrow();

  private final List<Point> points;
  private final Setting setting;

  FamilyChecks(List<Point> points) {
    this.points = points;
    this.setting = points.getFirst().setting();
  }

  private double worst(ToDoubleFunction<Point> error) {
    return points.stream().mapToDouble(error).reduce(0, Check::worse);
  }

  /** What holds of the density and the sampler, whatever a derivation says. */
  List<Check> declaration() {
    List<Check> checks = new ArrayList<>();
    checks.add(
        Check.of(
            0,
            "density: its integral is 1",
            worst(point -> Check.error(1, point.world().posterior().orElseThrow().mass())),
            INTEGRAL));
    checks.add(
        Check.of(
            0,
            "sampler: means of %d functions are those of the density".formatted(PROBES.size()),
            worst(this::samplerError),
            DIFFERENCE));
    return checks;
  }

  private double samplerError(Point point) {
    Density density = point.world().posterior().orElseThrow();
    Expr sampler = setting.posterior().sampler().orElseThrow();
    double worst = 0;
    for (DoubleUnaryOperator probe : PROBES.values()) {
      double drawn =
          overNoise(
              setting.posterior().noises(),
              Map.of(),
              noise -> probe.applyAsDouble(point.world().withNoise(noise).value(sampler)));
      worst = Check.worse(worst, Check.error(density.integral(probe), drawn));
    }
    return worst;
  }

  /** The mean over the base noise. */
  static double overNoise(
      List<Noise> noises, Map<String, Double> fixed, ToDoubleFunction<Map<String, Double>> f) {
    if (noises.isEmpty()) {
      return f.applyAsDouble(fixed);
    }
    Density density = base(noises.getFirst());
    List<Noise> others = noises.subList(1, noises.size());
    return density.integral(
        value -> {
          Map<String, Double> more = new HashMap<>(fixed);
          more.put(noises.getFirst().name(), value);
          return overNoise(others, more, f);
        });
  }

  private static Density base(Noise noise) {
    return switch (noise.distribution()) {
      case STANDARD_NORMAL -> STANDARD_NORMAL;
      case UNIFORM -> UNIFORM;
    };
  }

  /** A line of the derivation that states a fact, or nothing where the line is about another. */
  Optional<Check> of(int step, Quantity quantity, Expr value) {
    return switch (quantity) {
      case Quantity.Expectation(int index) -> {
        Expr statistic = setting.family().statistics().get(index);
        yield check(
            step, quantity, point -> point.mean(statistic, point.coordinates()), value, INTEGRAL);
      }
      case Quantity.Fisher(Sym left, Sym right) ->
          check(
              step,
              quantity,
              point -> fisher(point, setting.family(), point.coordinates(), left, right),
              value,
              DIFFERENCE);
      case Quantity.Connection(Sym state) ->
          check(step, quantity, point -> connection(point, state), value, SECOND_DIFFERENCE);
      case Quantity.Entropy() -> {
        Expr logDensity = setting.family().logDensity();
        yield check(
            step, quantity, point -> -point.mean(logDensity, point.coordinates()), value, INTEGRAL);
      }
      case Quantity.Divergence() -> {
        Expr prior = setting.prior().orElseThrow().logDensity();
        Expr posterior = setting.family().logDensity();
        yield check(
            step,
            quantity,
            point ->
                point.mean(posterior, point.coordinates()) - point.mean(prior, point.coordinates()),
            value,
            INTEGRAL);
      }
      case Quantity.SampleDerivative(Sym _, Sym by) -> {
        Expr sampler = setting.family().sampler().orElseThrow();
        yield check(
            step,
            quantity,
            point ->
                Differences.slope(
                    at -> point.world().with(at).value(sampler), point.coordinates(), by),
            value,
            DIFFERENCE);
      }
      default -> Optional.empty();
    };
  }

  private static double fisher(
      Point point, FamilyFacts facts, Map<Sym, Double> at, Sym left, Sym right) {
    return left.equals(right)
        ? point.fisher(facts, at, List.of(left))[0][0]
        : point.fisher(facts, at, List.of(left, right))[0][1];
  }

  /** F' / (2 F), with the Fisher information of one state as the posterior depends on it. */
  private double connection(Point point, Sym state) {
    ToDoubleFunction<Map<Sym, Double>> fisher =
        at -> fisher(point, setting.posterior(), at, state, state);
    Map<Sym, Double> at = point.states();
    return Differences.slope(fisher, at, state) / (2 * fisher.applyAsDouble(at));
  }

  private Optional<Check> check(
      int step, Quantity quantity, ToDoubleFunction<Point> expected, Expr value, double limit) {
    double error =
        worst(point -> Check.error(expected.applyAsDouble(point), point.world().value(value)));
    return Optional.of(Check.of(step, quantity.label().text(), error, limit));
  }
}
