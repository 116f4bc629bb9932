package org.blrc.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.blrc.program.ExprEvaluator;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Sym;

/**
 * Numbers for everything that a derivation's expressions speak of, so that each has a value: one
 * coordinate of the parameters, {@value #EXAMPLES} examples, draws with given noises.
 *
 * @param symbols hyper-parameters, states, parameters, rates, indices
 * @param noise the value of each of the sampler's noises, by its name, where no draw is named
 * @param draws those of a step
 */
record World(
    Map<Sym, Double> symbols,
    Optional<Local> local,
    Map<String, Double> noise,
    List<Drawn> draws,
    Surroundings around) {

  static final int EXAMPLES = 4;

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
    return new World(symbols, Optional.of(inner), noise, draws, around);
  }

  World with(Map<Sym, Double> values) {
    Map<Sym, Double> more = new HashMap<>(symbols);
    more.putAll(values);
    return new World(more, local, noise, draws, around);
  }

  World withNoise(Map<String, Double> values) {
    return new World(symbols, local, values, draws, around);
  }

  World withDraws(List<Drawn> drawn) {
    return new World(symbols, local, noise, drawn, around);
  }

  World withNoises(List<Map<String, Double>> noises) {
    return withDraws(noises.stream().<Drawn>map(Drawn.FromNoise::new).toList());
  }

  World withPosterior(Density density) {
    return in(around.with(density));
  }

  World withOthers(Map<Sym, Distribution> distributions) {
    return in(around.withOthers(distributions));
  }

  World withLoss(Loss other) {
    return in(around.with(other));
  }

  World withBatch(List<Integer> examples) {
    return in(around.withBatch(examples));
  }

  World withCoordinates(List<World> others) {
    return in(around.with(others));
  }

  /** With one more coordinate, on which the loss depends together with this one. */
  World coupled() {
    return in(around.coupled());
  }

  private World in(Surroundings others) {
    return new World(symbols, local, noise, draws, others);
  }

  /** As one of the coordinates of another world, with what is known there alone. */
  private World among(World other) {
    return new World(symbols, other.local, noise, draws, around.with(other.around.coordinates()));
  }

  /** The value of a symbol that is known here alone. */
  Optional<double[]> local(Sym symbol) {
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
      case Expr.Expect(Sym variable, Expr body) -> new Expectations(this).value(variable, body);
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
      case Expr.Draw(Sym variable, Expr index) ->
          switch (draw(index)) {
            case Drawn.FromNoise(var values) -> withNoise(values).values(around.sampler(variable));
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
    double own =
        around.loss().at(values(oracle.point()), component, oracle.order(), oracle.rank(), example);
    double coupling = around.coupling();
    return oracle
        .direction()
        .map(
            along ->
                own * value(along)
                    + (coupling == 0 ? 0 : coupling * new Expectations(this).elsewhere(along)))
        .orElse(own);
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

  /** Sums over data have as many terms as the spec says, of {@value #EXAMPLES} kinds. */
  private double reduced(Expr.Reduce reduce) {
    return switch (reduce.axis()) {
      case Axis.Data(String _, int _, Expr size) -> {
        double mean = mean(reduce, IntStream.range(0, EXAMPLES).boxed().toList());
        yield reduce.mean() ? mean : mean * value(size);
      }
      case Axis.Batch _ -> mean(reduce, around.batch());
      case Axis.Coordinates _ -> overCoordinates(reduce);
      // Where fewer draws than the spec says are given, they stand for all.
      case Axis.Draws(Expr count) -> {
        int given = (int) Math.min(draws.size(), value(count));
        double mean = mean(reduce, IntStream.rangeClosed(1, given).boxed().toList());
        yield reduce.mean() ? mean : mean * value(count);
      }
    };
  }

  private double overCoordinates(Expr.Reduce reduce) {
    if (around.coordinates().isEmpty()) {
      return value(reduce.body());
    }
    DoubleStream values =
        around.coordinates().stream().mapToDouble(each -> each.among(this).value(reduce.body()));
    return reduce.mean() ? values.average().orElseThrow() : values.sum();
  }

  private double mean(Expr.Reduce reduce, List<Integer> indices) {
    return indices.stream()
        .mapToDouble(index -> with(reduce.index(), index).value(reduce.body()))
        .average()
        .orElse(Double.NaN);
  }
}
