package org.blrc.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.blrc.program.ExprEvaluator;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Walk;

/**
 * Numbers for everything that a derivation's expressions speak of, so that each has a value: one
 * coordinate of the parameters, {@value #EXAMPLES} examples, draws with given noises.
 *
 * @param symbols hyper-parameters, states, parameters, rates, indices
 * @param posterior the density at the old states, where expectations are taken
 * @param loss what the loss's functions are
 * @param noise the value of each of the sampler's noises, by its name, where no draw is named
 * @param draws those of a step
 * @param batch the examples of the minibatch
 * @param coordinates those that sums run over, where there is not just this one; empty elsewhere
 * @param coupling the mixed second derivative of the loss in this coordinate and one more, in which
 *     directions have other values; 0 where there is one coordinate
 */
record World(
    Map<Sym, Double> symbols,
    Optional<Local> local,
    Optional<Density> posterior,
    Loss loss,
    Map<String, Double> noise,
    List<Drawn> draws,
    Expr sampler,
    List<Integer> batch,
    List<World> coordinates,
    double coupling) {

  static final int EXAMPLES = 4;

  private static final double COUPLING = 0.6;

  /** States elsewhere, as a multiple of those here. */
  private static final double ELSEWHERE = 0.9;

  /** A draw: the value of each of the sampler's noises, by its name, or the variable's own. */
  sealed interface Drawn {

    record FromNoise(Map<String, Double> noise) implements Drawn {}

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record AsValue(double[] value) implements Drawn {}
  }

  /**
   * A value that comes before all others; such values are few, and change often.
   *
   * @param value one number for each component
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Local(Sym symbol, double[] value, Optional<Local> outer) {}

  World with(Sym symbol, double... value) {
    Local inner = new Local(symbol, value, local);
    return new World(
        symbols,
        Optional.of(inner),
        posterior,
        loss,
        noise,
        draws,
        sampler,
        batch,
        coordinates,
        coupling);
  }

  World with(Map<Sym, Double> values) {
    Map<Sym, Double> more = new HashMap<>(symbols);
    more.putAll(values);
    return new World(
        more, local, posterior, loss, noise, draws, sampler, batch, coordinates, coupling);
  }

  World withPosterior(Density density) {
    return new World(
        symbols,
        local,
        Optional.of(density),
        loss,
        noise,
        draws,
        sampler,
        batch,
        coordinates,
        coupling);
  }

  World withNoise(Map<String, Double> values) {
    return new World(
        symbols, local, posterior, loss, values, draws, sampler, batch, coordinates, coupling);
  }

  World withDraws(List<Drawn> drawn) {
    return new World(
        symbols, local, posterior, loss, noise, drawn, sampler, batch, coordinates, coupling);
  }

  World withNoises(List<Map<String, Double>> noises) {
    return withDraws(noises.stream().<Drawn>map(Drawn.FromNoise::new).toList());
  }

  World withLoss(Loss other) {
    return new World(
        symbols, local, posterior, other, noise, draws, sampler, batch, coordinates, coupling);
  }

  World withBatch(List<Integer> examples) {
    return new World(
        symbols, local, posterior, loss, noise, draws, sampler, examples, coordinates, coupling);
  }

  World withCoordinates(List<World> others) {
    return new World(
        symbols,
        local,
        posterior,
        loss,
        noise,
        draws,
        sampler,
        batch,
        List.copyOf(others),
        coupling);
  }

  /** The same with what is known in another world alone. */
  private World withLocalOf(World other) {
    return new World(
        symbols,
        other.local,
        posterior,
        loss,
        noise,
        draws,
        sampler,
        batch,
        other.coordinates,
        coupling);
  }

  /** With one more coordinate, of which the loss depends together with this one. */
  World coupled() {
    return new World(
        symbols, local, posterior, loss, noise, draws, sampler, batch, coordinates, COUPLING);
  }

  /** The value of a symbol that is known here alone. */
  private Optional<double[]> local(Sym symbol) {
    for (Optional<Local> each = local; each.isPresent(); each = each.get().outer()) {
      if (each.get().symbol().equals(symbol)) {
        return Optional.of(each.get().value());
      }
    }
    return Optional.empty();
  }

  private double symbol(Sym symbol) {
    Optional<double[]> here = local(symbol);
    if (here.isPresent()) {
      return here.get()[0];
    }
    Double value = symbols.get(symbol);
    if (value == null) {
      throw new IllegalArgumentException("no value for " + symbol);
    }
    return value;
  }

  double value(Expr expr) {
    return switch (expr) {
      case Expr.Add(List<Expr> terms) -> {
        double sum = 0;
        for (Expr term : terms) {
          sum += value(term);
        }
        yield sum;
      }
      case Expr.Mul(List<Expr> factors) -> {
        double product = 1;
        for (Expr factor : factors) {
          product *= value(factor);
        }
        yield product;
      }
      case Expr.Pow(Expr base, Expr exponent) -> Math.pow(value(base), value(exponent));
      case Expr.Call(var function, List<Expr> arguments) ->
          FunctionMemo.value(function, ExprEvaluator.values(arguments, this::value));
      case Expr.Component(Expr of, int number) -> component(of, number);
      case Expr.Vector _ -> throw new IllegalArgumentException("not one number: " + expr);
      case Expr.Oracle oracle -> derivative(oracle, 1);
      case Expr.Expect(Sym variable, Expr body) -> expectation(variable, body);
      case Expr.Reduce reduce -> reduced(reduce);
      case Expr.Draw _ -> values(expr)[0];
      case Expr.Noise variable ->
          variable.index().map(this::noise).orElse(noise).get(variable.name());
      case Expr.Sym symbol when symbol.kind() != Sym.Kind.CONSTANT -> symbol(symbol);
      case Expr.Num _, Expr.Sym _ -> ExprEvaluator.evaluate(expr, this::symbol);
    };
  }

  /** A value with all of its components. */
  double[] values(Expr expr) {
    return switch (expr) {
      case Expr.Vector(List<Expr> components) -> ExprEvaluator.values(components, this::value);
      case Expr.Draw(Sym _, Expr index) ->
          switch (draw(index)) {
            case Drawn.FromNoise(var values) -> withNoise(values).values(sampler);
            case Drawn.AsValue(double[] value) -> value;
          };
      case Sym symbol when local(symbol).isPresent() -> local(symbol).get();
      default -> new double[] {value(expr)};
    };
  }

  private double component(Expr of, int number) {
    return of instanceof Expr.Oracle oracle ? derivative(oracle, number) : values(of)[number - 1];
  }

  private double derivative(Expr.Oracle oracle, int component) {
    int example = oracle.example().map(i -> (int) value(i)).orElse(0);
    double own = loss.at(values(oracle.point()), component, oracle.order(), oracle.rank(), example);
    return oracle
        .direction()
        .map(along -> own * value(along) + (coupling == 0 ? 0 : coupling * elsewhere(along)))
        .orElse(own);
  }

  /**
   * The value of a direction in the other coordinate, in the mean over what is drawn there: that is
   * independent of what is drawn here.
   */
  private double elsewhere(Expr along) {
    Optional<Sym> variable =
        Walk.find(along, Sym.class::isInstance).stream()
            .map(Sym.class::cast)
            .filter(symbol -> symbol.kind() == Sym.Kind.VARIABLE && local(symbol).isPresent())
            .findFirst();
    return Walk.contains(along, World::isOverBatch)
        ? meanElsewhere(along, variable)
        : ExpectationMemo.value(key(along, true, variable), () -> meanElsewhere(along, variable));
  }

  private double meanElsewhere(Expr along, Optional<Sym> variable) {
    List<Expr.Noise> noises = new ArrayList<>(noises(along));
    if (Walk.contains(along, Expr.Draw.class::isInstance)) {
      noises.addAll(noises(sampler));
    }
    // A variable under an expectation has the density that is given, which is that of the states.
    return variable.isPresent()
        ? overNoises(noises, drawn -> drawn.integral(variable.get(), along))
        : with(statesElsewhere()).overNoises(noises, there -> there.value(along));
  }

  private double integral(Sym variable, Expr body) {
    return posterior.orElseThrow().integral(x -> with(variable, x).value(body));
  }

  private Map<Sym, Double> statesElsewhere() {
    Map<Sym, Double> others = new HashMap<>();
    symbols.forEach(
        (symbol, value) -> {
          if (symbol.kind() == Sym.Kind.STATE && symbol.domain().contains(ELSEWHERE * value)) {
            others.put(symbol, ELSEWHERE * value);
          }
        });
    return others;
  }

  private double overNoises(List<Expr.Noise> noises, ToDoubleFunction<World> f) {
    return noises.isEmpty()
        ? f.applyAsDouble(this)
        : NoiseIntegral.mean(
            noises,
            1,
            values -> {
              List<Map<String, Double>> ofDraws =
                  Collections.nCopies(draws.size(), values.getFirst());
              return f.applyAsDouble(withNoise(values.getFirst()).withNoises(ofDraws));
            });
  }

  /** The noises that an expression speaks of, each once. */
  static List<Expr.Noise> noises(Expr expr) {
    Map<String, Expr.Noise> byName = new LinkedHashMap<>();
    Walk.find(expr, Expr.Noise.class::isInstance).stream()
        .map(Expr.Noise.class::cast)
        .forEach(noise -> byName.putIfAbsent(noise.name(), noise));
    return List.copyOf(byName.values());
  }

  private Drawn draw(Expr index) {
    return draws.get((int) value(index) - 1);
  }

  private Map<String, Double> noise(Expr index) {
    return switch (draw(index)) {
      case Drawn.FromNoise(var values) -> values;
      case Drawn.AsValue _ -> throw new IllegalArgumentException("no noise is given");
    };
  }

  /** Over the density; or over the base noise, where the body still holds it. */
  private double expectation(Sym variable, Expr body) {
    if (body.equals(variable)) {
      return posterior.orElseThrow().mean();
    }
    return dependsOnDraws(body)
        ? integrated(variable, body)
        : ExpectationMemo.value(
            key(body, false, Optional.of(variable)), () -> integrated(variable, body));
  }

  private ExpectationMemo.Key key(Expr body, boolean elsewhere, Optional<Sym> bound) {
    return new ExpectationMemo.Key(
        body, elsewhere, loss, posterior, sampler, numbers(bound, body), coupling);
  }

  private static boolean dependsOnDraws(Expr body) {
    return Walk.contains(
        body,
        part ->
            switch (part) {
              case Expr.Draw _ -> true;
              case Expr.Noise noise -> noise.index().isPresent();
              default -> isOverBatch(part);
            });
  }

  private static boolean isOverBatch(Expr expr) {
    return expr instanceof Expr.Reduce reduce && reduce.axis() instanceof Axis.Batch;
  }

  /** What the symbols in a body and in the sampler are here, but for those that are bound. */
  private Map<Sym, List<Double>> numbers(Optional<Sym> bound, Expr body) {
    Map<Sym, List<Double>> result = new HashMap<>();
    Stream.of(body, sampler)
        .flatMap(expr -> Walk.find(expr, Sym.class::isInstance).stream())
        .map(Sym.class::cast)
        .filter(symbol -> bound.filter(symbol::equals).isEmpty())
        .forEach(
            symbol ->
                local(symbol)
                    .map(value -> DoubleStream.of(value).boxed().toList())
                    .or(() -> Optional.ofNullable(symbols.get(symbol)).map(List::of))
                    .ifPresent(value -> result.put(symbol, value)));
    return result;
  }

  private double integrated(Sym variable, Expr body) {
    List<Expr.Noise> ofDraws = noises(sampler);
    List<Expr.Noise> ofRules = new ArrayList<>(noises(body));
    ofRules.removeIf(noise -> noise.index().isPresent() || ofDraws.contains(noise));
    if (ofDraws.stream().noneMatch(each -> Walk.contains(body, each))) {
      // Noise outermost: the mean over it may be zero, which no integral settles on but up to
      // rounding.
      return overNoises(ofRules, drawn -> drawn.integral(variable, body));
    }
    List<Expr.Noise> all = new ArrayList<>(ofDraws);
    all.addAll(ofRules);
    return NoiseIntegral.mean(
        all,
        1,
        values -> {
          World drawn = withNoise(values.getFirst());
          return drawn.with(variable, drawn.values(sampler)).value(body);
        });
  }

  /** Sums over data have as many terms as the spec says, of {@value #EXAMPLES} kinds. */
  private double reduced(Expr.Reduce reduce) {
    return switch (reduce.axis()) {
      case Axis.Data(String _, int _, Expr size) -> {
        double mean = mean(reduce, IntStream.range(0, EXAMPLES).boxed().toList());
        yield reduce.mean() ? mean : mean * value(size);
      }
      case Axis.Batch _ -> mean(reduce, batch);
      case Axis.Coordinates _ -> {
        if (coordinates.isEmpty()) {
          yield value(reduce.body());
        }
        DoubleStream values =
            coordinates.stream().mapToDouble(each -> each.withLocalOf(this).value(reduce.body()));
        yield reduce.mean() ? values.average().orElseThrow() : values.sum();
      }
      // Where fewer draws than the spec says are given, they stand for all.
      case Axis.Draws(Expr count) -> {
        int given = (int) Math.min(draws.size(), value(count));
        double mean = mean(reduce, IntStream.rangeClosed(1, given).boxed().toList());
        yield reduce.mean() ? mean : mean * value(count);
      }
    };
  }

  private double mean(Expr.Reduce reduce, List<Integer> indices) {
    return indices.stream()
        .mapToDouble(index -> with(reduce.index(), index).value(reduce.body()))
        .average()
        .orElse(Double.NaN);
  }
}
