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
import java.util.stream.Stream;
import org.blrc.symbolic.CoordinateSums;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Walk;

/** Expectations in a world: over the posterior there, and over what is drawn. */
record Expectations(World world) {

  /** States in another coordinate, as a multiple of those here. */
  private static final double ELSEWHERE = 0.9;

  /**
   * Over the density; or over the base noise, where the body still holds it.
   *
   * @throws UntrustedIntegral if other coordinates have a part in the body, over whose densities it
   *     would have to run, too
   */
  double value(Sym variable, Expr body) {
    Surroundings around = world.around();
    if (body.equals(variable)) {
      return around.density(variable).mean();
    }
    if (!around.coordinates().isEmpty() && Walk.contains(body, CoordinateSums::isSum)) {
      throw new UntrustedIntegral("an expectation is over several coordinates together");
    }
    return dependsOnDraws(body)
        ? integrated(variable, body)
        : ExpectationMemo.value(
            key(body, false, Optional.of(variable)), () -> integrated(variable, body));
  }

  /**
   * The value of a direction in the other coordinate of a world, in the mean over what is drawn
   * there: that is independent of what is drawn here.
   */
  double elsewhere(Expr along) {
    Optional<Sym> variable =
        Walk.find(along, Sym.class::isInstance).stream()
            .map(Sym.class::cast)
            .filter(each -> each.kind() == Sym.Kind.VARIABLE && world.local(each).isPresent())
            .findFirst();
    return Walk.contains(along, Expectations::isOverBatch)
        ? meanElsewhere(along, variable)
        : ExpectationMemo.value(key(along, true, variable), () -> meanElsewhere(along, variable));
  }

  private double meanElsewhere(Expr along, Optional<Sym> variable) {
    List<Expr.Noise> noises = new ArrayList<>(noises(along));
    if (Walk.contains(along, Expr.Draw.class::isInstance)) {
      noises.addAll(noises(world.around().sampler()));
    }
    // A variable under an expectation has the density that is given, which is that of the states.
    return variable.isPresent()
        ? overNoises(noises, drawn -> drawn.integral(variable.get(), along))
        : new Expectations(world.with(statesElsewhere()))
            .overNoises(noises, there -> there.world().value(along));
  }

  private Map<Sym, Double> statesElsewhere() {
    Map<Sym, Double> others = new HashMap<>();
    world
        .symbols()
        .forEach(
            (symbol, value) -> {
              if (symbol.kind() == Sym.Kind.STATE && symbol.domain().contains(ELSEWHERE * value)) {
                others.put(symbol, ELSEWHERE * value);
              }
            });
    return others;
  }

  private double integral(Sym variable, Expr body) {
    return world.around().density(variable).integral(x -> world.with(variable, x).value(body));
  }

  private double overNoises(List<Expr.Noise> noises, ToDoubleFunction<Expectations> f) {
    return noises.isEmpty()
        ? f.applyAsDouble(this)
        : NoiseIntegral.mean(
            noises,
            1,
            values -> {
              Map<String, Double> drawn = values.getFirst();
              World there =
                  world
                      .withNoise(drawn)
                      .withNoises(Collections.nCopies(world.draws().size(), drawn));
              return f.applyAsDouble(new Expectations(there));
            });
  }

  private double integrated(Sym variable, Expr body) {
    Expr sampler = world.around().sampler(variable);
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
          World drawn = world.withNoise(values.getFirst());
          return drawn.with(variable, drawn.values(sampler)).value(body);
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

  private ExpectationMemo.Key key(Expr body, boolean elsewhere, Optional<Sym> bound) {
    Surroundings around = world.around();
    return new ExpectationMemo.Key(
        body,
        elsewhere,
        around.loss(),
        bound.map(around::density).or(around::posterior),
        sampler(bound),
        numbers(bound, body),
        around.coupling());
  }

  private Expr sampler(Optional<Sym> variable) {
    Surroundings around = world.around();
    return variable.map(around::sampler).orElse(around.sampler());
  }

  /** What the symbols in a body and in the sampler are here, but for those that are bound. */
  private Map<Sym, List<Double>> numbers(Optional<Sym> bound, Expr body) {
    Map<Sym, List<Double>> result = new HashMap<>();
    Stream.of(body, sampler(bound))
        .flatMap(expr -> Walk.find(expr, Sym.class::isInstance).stream())
        .map(Sym.class::cast)
        .filter(symbol -> bound.filter(symbol::equals).isEmpty())
        .forEach(
            symbol ->
                world
                    .local(symbol)
                    .map(value -> DoubleStream.of(value).boxed().toList())
                    .or(() -> Optional.ofNullable(world.symbols().get(symbol)).map(List::of))
                    .ifPresent(value -> result.put(symbol, value)));
    return result;
  }
}
