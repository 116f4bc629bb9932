package org.blrc.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.blrc.derive.Derivation;
import org.blrc.derive.Quantity;
import org.blrc.derive.Setting;
import org.blrc.derive.Step;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Walk;

/**
 * The natural gradient and the rule's step against brute force: gradients of the objective by
 * differences of integrals, solved with a Fisher information or a Jacobian of integrals.
 */
final class StepChecks {

  /** What differences of integrals are good for. */
  static final double LIMIT = 1e-6;

  private final Point point;
  private final Setting setting;

  /** What the derivation calls the common rate, with a value of its own. */
  private final double rate;

  private final Map<Sym, Expr> conditional = new HashMap<>();
  private final Map<Integer, Expr> natural;
  private Optional<Expr> integrand = Optional.empty();
  private Map<Integer, Double> meanGradient;
  private Map<Integer, Double> newNatural;

  StepChecks(Point point, double rate) {
    this.point = point;
    this.setting = point.setting();
    this.rate = rate;
    this.natural = new LinkedHashMap<>();
    for (int j = 0; j < setting.family().natural().size(); j++) {
      Expr value = setting.family().natural().get(j);
      if (Walk.contains(value, setting.coordinates()::contains)) {
        natural.put(j, value);
      }
    }
  }

  World world() {
    return withRate(rate);
  }

  private World withRate(double value) {
    return point.world().with(rateSymbols(value));
  }

  private static Map<Sym, Double> rateSymbols(double value) {
    return Map.of(Derivation.RATE, value);
  }

  /** Takes over what lines of a derivation's steps build on. */
  void define(Derivation derivation) {
    for (Step step : derivation.steps()) {
      for (Step.Line line : step.lines()) {
        switch (line) {
          case Step.Line.Equation(Quantity.Integrand(), Expr value) ->
              integrand = Optional.of(value);
          case Step.Line.Equation(Quantity.ConditionalNatural(Sym state), Expr value) ->
              conditional.put(state, value);
          default -> {}
        }
      }
    }
  }

  /** Whether brute force gives a quantity. */
  boolean knows(Quantity quantity) {
    return switch (quantity) {
      case Quantity.ExpectedGradient _, Quantity.MeanGradient _ -> integrand.isPresent();
      case Quantity.NewNatural _, Quantity.ObjectiveGradient _, Quantity.NewConditionalNatural _ ->
          true;
      default -> false;
    };
  }

  /** The error of a line whose quantity brute force {@link #knows}. */
  double error(Quantity quantity, Expr value) {
    double expected =
        switch (quantity) {
          case Quantity.ExpectedGradient(Sym by) ->
              slope(at -> point.meanOfIntegrand(integrand.orElseThrow(), at), by);
          case Quantity.MeanGradient(int index) -> meanGradient(integrand.orElseThrow()).get(index);
          case Quantity.NewNatural(int index) -> newNatural().get(index);
          case Quantity.ObjectiveGradient(Sym by) -> slope(point::objective, by);
          case Quantity.NewConditionalNatural(Sym state) ->
              newConditional(state, conditional.get(state));
          default -> throw new IllegalArgumentException("brute force does not give " + quantity);
        };
    return Check.error(expected, world().value(value));
  }

  /** The derivative in a coordinate, or along a direction in the algebra of a group. */
  private double slope(ToDoubleFunction<Map<Sym, Double>> function, Sym by) {
    return setting.identity().isEmpty()
        ? Differences.slope(function, point.coordinates(), by)
        : new Elements(point).slope(function, by);
  }

  /** The gradient of E[f] in the expectation parameters, by index of the statistic. */
  private Map<Integer, Double> meanGradient(Expr f) {
    if (meanGradient == null) {
      meanGradient = inMeans(at -> point.meanOfIntegrand(f, at));
    }
    return meanGradient;
  }

  private Map<Integer, Double> inMeans(ToDoubleFunction<Map<Sym, Double>> function) {
    List<Integer> indices = List.copyOf(natural.keySet());
    List<ToDoubleFunction<Map<Sym, Double>>> means = new ArrayList<>();
    for (int index : indices) {
      Expr statistic = setting.family().statistics().get(index);
      means.add(at -> point.mean(statistic, at));
    }
    double[][] jacobian = Differences.jacobian(means, point.coordinates(), setting.coordinates());
    List<Double> gradient =
        Differences.gradient(function, point.coordinates(), setting.coordinates());
    double[] solved = Differences.solve(Differences.transpose(jacobian), gradient);
    Map<Integer, Double> result = new HashMap<>();
    for (int i = 0; i < solved.length; i++) {
      result.put(indices.get(i), solved[i]);
    }
    return result;
  }

  /** How far the gradient through relaxed draws is from that of the family's own expectation. */
  double relaxationError() {
    Map<Integer, Double> exact = inMeans(at -> point.meanOfFixed(setting.loss(), at));
    Map<Integer, Double> relaxed = inMeans(at -> point.drawnMean(setting.loss(), at));
    double worst = 0;
    for (int index : exact.keySet()) {
      worst = Check.worse(worst, Check.error(exact.get(index), relaxed.get(index)));
    }
    return worst;
  }

  /** lambda - rate * grad_mu L, with the objective from its definition. */
  private Map<Integer, Double> newNatural() {
    if (newNatural != null) {
      return newNatural;
    }
    Map<Integer, Double> gradient = inMeans(point::objective);
    Map<Integer, Double> result = new HashMap<>();
    natural.forEach(
        (index, value) ->
            result.put(index, point.world().value(value) - rate * gradient.get(index)));
    newNatural = result;
    return result;
  }

  /** phi - rate * phi' L' / F, in one state. */
  private double newConditional(Sym state, Expr phi) {
    Map<Sym, Double> at = point.coordinates();
    double slope = Differences.slope(values -> point.world().with(values).value(phi), at, state);
    double gradient = Differences.slope(point::objective, at, state);
    double fisher = point.fisher(setting.family(), at, List.of(state))[0][0];
    return point.world().value(phi) - rate * slope * gradient / fisher;
  }

  /** The error of the new values of all coordinates or states together. */
  double newValuesError(Map<Sym, Expr> values) {
    Map<Sym, Double> renewed = inOrder(values, world());
    return switch (setting.mode()) {
      case JOINT -> jointError(renewed);
      case BLOCKWISE -> blockwiseError(renewed);
      case CURVED -> curvedError(renewed);
      case GROUP -> groupError(renewed);
    };
  }

  private double jointError(Map<Sym, Double> renewed) {
    Map<Sym, Double> coordinates = new HashMap<>();
    for (Sym coordinate : setting.coordinates()) {
      Expr inStates = setting.inStates().get(coordinate);
      coordinates.put(
          coordinate,
          renewed.containsKey(coordinate)
              ? renewed.get(coordinate)
              : point.world().with(renewed).value(inStates));
    }
    World after = point.world().with(coordinates);
    Map<Integer, Double> expected = newNatural();
    double worst = 0;
    for (Map.Entry<Integer, Expr> entry : natural.entrySet()) {
      worst =
          Check.worse(
              worst, Check.error(expected.get(entry.getKey()), after.value(entry.getValue())));
    }
    return worst;
  }

  private double blockwiseError(Map<Sym, Double> renewed) {
    double worst = 0;
    for (Sym state : setting.states()) {
      Expr phi = conditional.getOrDefault(state, state);
      double actual = point.world().with(state, renewed.get(state)).value(phi);
      worst = Check.worse(worst, Check.error(newConditional(state, phi), actual));
    }
    return worst;
  }

  private double curvedError(Map<Sym, Double> renewed) {
    List<Sym> states = setting.states();
    Map<Sym, Double> at = point.coordinates();
    double[] direction =
        Differences.solve(
            point.fisher(setting.family(), at, states),
            Differences.gradient(point::objective, at, states));
    double worst = 0;
    for (int i = 0; i < direction.length; i++) {
      double expected = at.get(states.get(i)) - rate * direction[i];
      worst = Check.worse(worst, Check.error(expected, renewed.get(states.get(i))));
    }
    return worst;
  }

  /** The element after that of the exponential map, which is a limit of small steps. */
  private double groupError(Map<Sym, Double> renewed) {
    Elements elements = new Elements(point);
    Map<Sym, Double> direction = new HashMap<>();
    for (Sym state : setting.states()) {
      direction.put(state, -rate * elements.slope(point::objective, Derivation.direction(state)));
    }
    Map<Sym, Double> expected =
        elements.product(elements.element(), elements.exponential(direction));
    double worst = 0;
    for (Map.Entry<Sym, Double> entry : expected.entrySet()) {
      worst = Check.worse(worst, Check.error(entry.getValue(), renewed.get(entry.getKey())));
    }
    return worst;
  }

  /** With each state's own rate in place of the common one, equations have these values. */
  double ratesError(Map<Sym, Expr> common, Map<Sym, Expr> own) {
    Map<Sym, Double> renewed = inOrder(own, point.world());
    double worst = 0;
    boolean finite = false;
    for (Map.Entry<Sym, Expr> entry : common.entrySet()) {
      Sym state = entry.getKey();
      double stateRate = point.world().value(setting.rates().get(state));
      double expected = withRate(stateRate).with(asNew(renewed)).value(entry.getValue());
      finite |= Double.isFinite(expected);
      worst = Check.worse(worst, Check.errorOrBothUndefined(expected, renewed.get(state)));
    }
    return finite ? worst : Double.NaN;
  }

  /** Evaluates equations, those first whose right sides are known. */
  static Map<Sym, Double> inOrder(Map<Sym, Expr> equations, World world) {
    return inOrder(equations, List.of(world)).getFirst();
  }

  /** The same at all coordinates, which sums run over, by coordinate. */
  static List<Map<Sym, Double>> inOrder(Map<Sym, Expr> equations, List<World> coordinates) {
    List<Map<Sym, Double>> values = coordinates.stream().map(_ -> newMap()).toList();
    Set<Sym> open = new LinkedHashSet<>(equations.keySet());
    List<World> known = coordinates;
    while (!open.isEmpty()) {
      Sym ready =
          open.stream()
              .filter(symbol -> needsNone(equations.get(symbol), open))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("equations in a circle"));
      open.remove(ready);
      List<World> after = new ArrayList<>();
      for (int i = 0; i < known.size(); i++) {
        World here = known.get(i).withCoordinates(known.size() == 1 ? List.of() : known);
        values.get(i).put(ready, here.value(equations.get(ready)));
        after.add(known.get(i).with(asNew(values.get(i))));
      }
      known = after;
    }
    return values;
  }

  private static Map<Sym, Double> newMap() {
    return new HashMap<>();
  }

  private static boolean needsNone(Expr value, Set<Sym> states) {
    return states.stream()
        .map(Derivation::newValue)
        .noneMatch(symbol -> Walk.contains(value, symbol));
  }

  static Map<Sym, Double> asNew(Map<Sym, Double> values) {
    Map<Sym, Double> result = new HashMap<>();
    values.forEach((symbol, value) -> result.put(Derivation.newValue(symbol), value));
    return result;
  }
}
