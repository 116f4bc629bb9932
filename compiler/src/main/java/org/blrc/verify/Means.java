package org.blrc.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.blrc.derive.Setting;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Walk;

/**
 * Means of expressions over what they leave open: the example, the variable, the minibatch and the
 * noise of draws.
 *
 * <p>An expression that is linear in its means over a minibatch has the same mean for minibatches
 * of one example, and one that is linear in its means over draws the same mean as for one draw;
 * products of two means over draws follow from means for one draw. All others are averaged over all
 * minibatches of a size and over all draws together.
 */
record Means(Setting setting) {

  /** Integrals in more dimensions take too long. */
  private static final int MOST_DRAWS = 2;

  /** The sizes of minibatches for which to look at an expression. */
  IntStream batchSizes(Expr expr) {
    return IntStream.rangeClosed(
        1, degree(expr, part -> isOver(part, Axis.Batch.class)) > 1 ? 2 : 1);
  }

  /**
   * The mean of an expression.
   *
   * @throws UntrustedIntegral if it cannot be told
   */
  double of(Expr expr, World world, int batchSize) {
    // In the mean over what is drawn in other coordinates.
    if (degree(expr, Means::isAlongDrawn) > 1) {
      throw new UntrustedIntegral("products with the Hessian are multiplied with each other");
    }
    return overIndices(expr, freeIndices(expr), world, batchSize);
  }

  private double overIndices(Expr expr, List<Sym> indices, World world, int batchSize) {
    if (indices.isEmpty()) {
      return overVariable(expr, world, batchSize);
    }
    Sym index = indices.getFirst();
    // Draws have the same distribution, whatever their numbers.
    IntStream values =
        singleDraws(expr).contains(index) ? IntStream.of(1) : IntStream.range(0, World.EXAMPLES);
    List<Sym> others = indices.subList(1, indices.size());
    return average(
        values.boxed().toList(),
        value -> overIndices(expr, others, world.with(index, value), batchSize));
  }

  private double overVariable(Expr expr, World world, int batchSize) {
    return isFree(setting.variable(), expr)
        ? world
            .around()
            .posterior()
            .orElseThrow()
            .integral(x -> overBatches(expr, world.with(setting.variable(), x), batchSize))
        : overBatches(expr, world, batchSize);
  }

  private double overBatches(Expr expr, World world, int size) {
    return contains(expr, Axis.Batch.class)
        ? average(batches(size), batch -> overDraws(expr, world.withBatch(batch)))
        : overDraws(expr, world);
  }

  /** All minibatches of one example or of two different ones. */
  private static List<List<Integer>> batches(int size) {
    Stream<Integer> examples = IntStream.range(0, World.EXAMPLES).boxed();
    return size == 1
        ? examples.map(List::of).toList()
        : examples
            .flatMap(second -> IntStream.range(0, second).mapToObj(first -> List.of(first, second)))
            .toList();
  }

  private static <T> double average(List<T> values, ToDoubleFunction<T> function) {
    return values.stream().mapToDouble(function).average().orElseThrow();
  }

  private double overDraws(Expr expr, World world) {
    if (!isDrawn(expr)) {
      return world.value(expr);
    }
    int draws = draws(expr, world);
    if (draws > 1 && singleDraws(expr).isEmpty()) {
      OptionalDouble mean =
          new MeansOfDraws(Means::isDrawn, world::value, each -> together(each, 1, world)).of(expr);
      if (mean.isPresent()) {
        return mean.getAsDouble();
      }
    }
    return together(expr, draws, world);
  }

  /** The mean over so many draws at once. */
  private double together(Expr expr, int draws, World world) {
    // What names draws needs no more than their distribution.
    return hasNoise(expr) || setting.relaxed() || variables(expr).count() > 1
        ? NoiseIntegral.mean(
            noises(expr),
            draws,
            noises -> world.withNoise(noises.getFirst()).withNoises(noises).value(expr))
        : overValues(expr, draws, List.of(), world.around().density(drawn(expr)), world);
  }

  /** Those of a draw, where there is one, and those of rules. */
  private List<Expr.Noise> noises(Expr expr) {
    List<Expr.Noise> ofDraws = setting.asked().noises();
    List<String> names = ofDraws.stream().map(Expr.Noise::name).toList();
    List<Expr.Noise> found = Expectations.noises(expr);
    boolean draws =
        setting.relaxed()
            || Walk.contains(expr, Expr.Draw.class::isInstance)
            || found.stream().anyMatch(noise -> names.contains(noise.name()));
    List<Expr.Noise> result = new ArrayList<>(draws ? ofDraws : List.of());
    found.stream().filter(noise -> !names.contains(noise.name())).forEach(result::add);
    return result;
  }

  /** The random variable of which draws are made; those of several are made with one noise. */
  private Sym drawn(Expr expr) {
    return variables(expr).findFirst().orElse(setting.variable());
  }

  private static Stream<Sym> variables(Expr expr) {
    return Walk.find(expr, Expr.Draw.class::isInstance).stream()
        .map(draw -> ((Expr.Draw) draw).variable())
        .distinct();
  }

  private double overValues(
      Expr expr, int left, List<World.Drawn> drawn, Density density, World world) {
    if (left > MOST_DRAWS) {
      throw new UntrustedIntegral(
          "an integral over %d draws at once takes too long".formatted(left));
    }
    return left == 0
        ? world.withDraws(drawn).value(expr)
        : density.integral(
            x -> {
              List<World.Drawn> more = new ArrayList<>(drawn);
              more.add(new World.Drawn.AsValue(x));
              return overValues(expr, left - 1, more, density, world);
            });
  }

  /** Whether the noise itself is left open. */
  private static boolean hasNoise(Expr expr) {
    return switch (expr) {
      case Expr.Noise _ -> true;
      case Expr.Expect _ -> false;
      default -> Walk.children(expr).stream().anyMatch(Means::hasNoise);
    };
  }

  /** Whether a derivative is taken along something that is drawn. */
  private static boolean isAlongDrawn(Expr part) {
    return part instanceof Expr.Oracle oracle
        && oracle.direction().filter(Means::isDrawn).isPresent();
  }

  /** Whether noise is left open; an expectation is over its own. */
  private static boolean isDrawn(Expr expr) {
    return switch (expr) {
      case Expr.Noise _, Expr.Draw _ -> true;
      case Expr.Expect _ -> false;
      default -> Walk.children(expr).stream().anyMatch(Means::isDrawn);
    };
  }

  /** How many draws have to be averaged over together. */
  private int draws(Expr expr, World world) {
    List<Expr> single = singleDraws(expr);
    int degree = degree(expr, part -> isOver(part, Axis.Draws.class)) + (single.isEmpty() ? 0 : 1);
    int numbered = single.stream().mapToInt(index -> (int) world.value(index)).max().orElse(1);
    return degree <= 1 && single.size() <= 1 && numbered == 1
        ? 1
        : Math.max(numbered, largestCount(expr, world));
  }

  private static int largestCount(Expr expr, World world) {
    return Walk.find(expr, part -> isOver(part, Axis.Draws.class)).stream()
        .map(Expr.Reduce.class::cast)
        .mapToInt(reduce -> (int) world.value(((Axis.Draws) reduce.axis()).count()))
        .max()
        .orElse(1);
  }

  /** The numbers of draws that stand outside of means over draws. */
  private static List<Expr> singleDraws(Expr expr) {
    return Walk.find(expr, part -> index(part).isPresent()).stream()
        .map(part -> index(part).orElseThrow())
        .filter(number -> !(number instanceof Sym bound) || isFree(bound, expr))
        .distinct()
        .toList();
  }

  private static Optional<Expr> index(Expr part) {
    return switch (part) {
      case Expr.Draw(Sym _, Expr index) -> Optional.of(index);
      case Expr.Noise noise -> noise.index();
      default -> Optional.empty();
    };
  }

  /** The degree of an expression in some of its parts; 2 stands for all that is not linear. */
  private static int degree(Expr expr, Predicate<Expr> part) {
    if (!Walk.contains(expr, part)) {
      return 0;
    }
    return switch (expr) {
      case Expr.Add(List<Expr> terms) ->
          terms.stream().mapToInt(term -> degree(term, part)).max().orElseThrow();
      case Expr.Mul(List<Expr> factors) ->
          factors.stream().mapToInt(factor -> degree(factor, part)).sum();
      case Expr whole when part.test(whole) ->
          Walk.children(whole).stream().anyMatch(child -> Walk.contains(child, part)) ? 2 : 1;
      case Expr.Reduce reduce -> degree(reduce.body(), part);
      case Expr.Expect(Sym _, Expr body) -> degree(body, part);
      default -> 2;
    };
  }

  private static boolean contains(Expr expr, Class<? extends Axis> axis) {
    return Walk.contains(expr, part -> isOver(part, axis));
  }

  private static boolean isOver(Expr part, Class<? extends Axis> axis) {
    return part instanceof Expr.Reduce reduce && axis.isInstance(reduce.axis());
  }

  /** Indices that the sum or mean that binds them is not part of the expression of. */
  private static List<Sym> freeIndices(Expr expr) {
    return Walk.find(expr, part -> part instanceof Sym symbol && symbol.kind() == Sym.Kind.INDEX)
        .stream()
        .map(Sym.class::cast)
        .filter(symbol -> isFree(symbol, expr))
        .toList();
  }

  /** Whether a symbol stands outside what binds it. */
  private static boolean isFree(Sym symbol, Expr expr) {
    return switch (expr) {
      case Expr.Expect(Sym variable, Expr _) when variable.equals(symbol) -> false;
      case Expr.Reduce reduce when reduce.index().equals(symbol) -> false;
      case Sym found -> found.equals(symbol);
      default -> Walk.children(expr).stream().anyMatch(child -> isFree(symbol, child));
    };
  }
}
