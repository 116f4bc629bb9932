package org.blrc.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.blrc.derive.Quantity;
import org.blrc.derive.Setting;
import org.blrc.family.FamilyFacts;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Function;
import org.blrc.symbolic.Rational;

/** A family's facts against integrals of its declared density. */
final class FamilyChecks {

  private static final double INTEGRAL = 1e-8;
  private static final double DIFFERENCE = 1e-6;
  private static final double SECOND_DIFFERENCE = 1e-4;

  private final List<Point> points;
  private final Setting setting;

  FamilyChecks(List<Point> points) {
    this.points = points;
    this.setting = points.getFirst().setting();
  }

  private Check worst(
      int step, String subject, double limit, ToDoubleFunction<Point> errorAtPoint) {
    Errors errors = new Errors();
    points.forEach(point -> errors.add(() -> errorAtPoint.applyAsDouble(point)));
    return errors.check(step, subject, limit);
  }

  /** What holds of the density and the sampler, whatever a derivation says. */
  List<Check> declaration() {
    List<Check> checks = new ArrayList<>();
    checks.add(
        worst(
            0,
            "density: its integral is 1",
            INTEGRAL,
            point -> Check.error(1, point.density(point.coordinates()).mass())));
    // A relaxed sampler does not have the family's distribution, and is not meant to.
    if (setting.posterior().sampler().isPresent() && !setting.relaxed()) {
      checks.add(new SamplerCheck(points).check());
    }
    if (new InverseCheck(points.getFirst()).applies()) {
      checks.add(
          worst(0, InverseCheck.SUBJECT, DIFFERENCE, point -> new InverseCheck(point).error()));
    }
    setting.family().cdf().ifPresent(_ -> checks.addAll(new QuantileChecks(points).cdf()));
    if (!setting.identity().isEmpty()) {
      checks.addAll(group());
    }
    return checks;
  }

  /** A line of the derivation that states a fact, or nothing where the line is about another. */
  Optional<Check> of(int step, Quantity quantity, Expr value) {
    return switch (quantity) {
      case Quantity.Expectation(int index) -> {
        Expr statistic = setting.family().statistics().get(index);
        yield check(
            step, quantity, point -> point.mean(statistic, point.coordinates()), value, INTEGRAL);
      }
      case Quantity.NaturalOfMeans(int index) ->
          Optional.of(
              worst(
                  step,
                  quantity.label().text(),
                  DIFFERENCE,
                  point -> new InverseCheck(point).error(index, value)));
      case Quantity.Fisher(Sym left, Sym right) ->
          check(
              step,
              quantity,
              point -> fisher(point, setting.family(), point.coordinates(), left, right),
              value,
              DIFFERENCE);
      case Quantity.Connection(Sym state) ->
          check(step, quantity, point -> connection(point, state), value, SECOND_DIFFERENCE);
      case Quantity.JointConnection(List<Sym> states, Sym of) ->
          Optional.of(
              worst(
                  step,
                  quantity.label().text(),
                  SECOND_DIFFERENCE,
                  point -> new ConnectionCheck(point, states).error(of, value)));
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
      // Under the density, also where a rule draws in another way.
      case Quantity.Value(Expr.Expect(Sym _, Expr body)) ->
          check(step, quantity, point -> point.mean(body, point.coordinates()), value, INTEGRAL);
      case Quantity.Score(Sym by) ->
          Optional.of(
              worst(
                  step,
                  quantity.label().text(),
                  DIFFERENCE,
                  point -> scoreError(point, by, value)));
      case Quantity.QuantileDerivative(Sym _, Sym by) ->
          Optional.of(
              new QuantileChecks(points).derivative(step, quantity.label().text(), by, value));
      case Quantity.Probability(Rational of) -> {
        Expr probability = Exprs.call(Function.EXP, setting.family().logDensity());
        Sym variable = setting.variable();
        yield check(
            step,
            quantity,
            point -> point.world().with(variable, of.toDouble()).value(probability),
            value,
            INTEGRAL);
      }
      case Quantity.SampleDerivative(Sym _, Sym along) when !setting.identity().isEmpty() ->
          Optional.of(
              worst(
                  step,
                  quantity.label().text(),
                  DIFFERENCE,
                  point -> new Elements(point).moveError(along, value)));
      case Quantity.SampleDerivative(Sym of, Sym by) -> {
        Expr sampler = drawn(of);
        yield check(
            step,
            quantity,
            point ->
                Differences.slope(
                    at -> point.world().with(at).value(sampler), point.coordinates(), by),
            value,
            DIFFERENCE);
      }
      case Quantity.Field(Sym changed, Sym along) ->
          check(
              step,
              quantity,
              point -> new Elements(point).slope(at -> at.get(changed), along),
              value,
              DIFFERENCE);
      case Quantity.EntropyGradient(Sym along) -> {
        Expr logDensity = setting.family().logDensity();
        yield check(
            step,
            quantity,
            point -> new Elements(point).slope(at -> -point.mean(logDensity, at), along),
            value,
            DIFFERENCE);
      }
      default -> Optional.empty();
    };
  }

  /** What makes a group of the elements that move the posterior, on those of all points. */
  private List<Check> group() {
    return List.of(
        worst(
            0,
            "group: two elements after each other are one",
            INTEGRAL,
            point ->
                overOthers(
                    point, (elements, other) -> elements.closure(elements.element(), other))),
        worst(
            0,
            "group: the identity changes no element",
            INTEGRAL,
            point -> {
              Elements elements = new Elements(point);
              Map<Sym, Double> element = elements.element();
              return Check.worse(
                  difference(element, elements.product(element, elements.identity())),
                  difference(element, elements.product(elements.identity(), element)));
            }),
        worst(
            0,
            "group: it does not matter which two of three come first",
            INTEGRAL,
            point ->
                overOthers(
                    point,
                    (elements, other) -> {
                      Map<Sym, Double> element = elements.near(elements.element());
                      Map<Sym, Double> both = elements.product(element, other);
                      Map<Sym, Double> turned = elements.product(other, element);
                      return difference(
                          elements.product(both, element), elements.product(element, turned));
                    })));
  }

  private double overOthers(
      Point point, ToDoubleBiFunction<Elements, Map<Sym, Double>> errorWithOther) {
    double worst = 0;
    for (Point other : points) {
      worst =
          Check.worse(
              worst,
              errorWithOther.applyAsDouble(
                  new Elements(point), new Elements(point).near(other.coordinates())));
    }
    return worst;
  }

  private static double difference(Map<Sym, Double> expected, Map<Sym, Double> actual) {
    double worst = 0;
    for (Map.Entry<Sym, Double> entry : expected.entrySet()) {
      worst = Check.worse(worst, Check.error(entry.getValue(), actual.get(entry.getKey())));
    }
    return worst;
  }

  /** The sampler of the variable, or of one of its components. */
  private Expr drawn(Sym variable) {
    Expr sampler = setting.family().sampler().orElseThrow();
    List<Expr> components = Exprs.components(sampler);
    for (int k = 0; k < components.size(); k++) {
      if (Exprs.componentSymbol(setting.variable(), k + 1).equals(variable)) {
        return components.get(k);
      }
    }
    return sampler;
  }

  /** The mean over the variable of how far a formula for the score is off. */
  private double scoreError(Point point, Sym by, Expr value) {
    Expr logDensity = setting.family().logDensity();
    Map<Sym, Double> at = point.coordinates();
    // Beside 1, rounding errors are no roughness that an integral would have to resolve.
    return point
            .density(at)
            .integral(
                x ->
                    1
                        + Check.error(
                            point.score(logDensity, x, at, by),
                            point.world().with(setting.variable(), x).value(value)))
        - 1;
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
    return Optional.of(
        worst(
            step,
            quantity.label().text(),
            limit,
            point -> Check.error(expected.applyAsDouble(point), point.world().value(value))));
  }
}
