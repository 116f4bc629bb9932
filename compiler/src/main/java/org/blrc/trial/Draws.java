package org.blrc.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.blrc.family.Support;
import org.blrc.runtime.Optimizer;
import org.blrc.trial.Posterior.Component;

/** Draws from the posterior that an optimizer holds. */
final class Draws<A> {

  private final Contender<A> contender;
  private final Posterior posterior;
  private final Optimizer<A> optimizer;

  Draws(Contender<A> contender, Optimizer<A> optimizer) {
    this.contender = contender;
    this.posterior = contender.posterior();
    this.optimizer = optimizer;
  }

  /**
   * Draws by their number; empty where training asks the loss at single points only, whatever the
   * posterior around them. Where the support is not finite, a call replaces the optimizer's source
   * of noise.
   */
  Optional<IntFunction<double[]>> of(long seed) {
    if (posterior.support() instanceof Support.Finite finite) {
      return contender.signature().draws() || posterior.enumerated()
          ? Optional.of(number -> values(finite, new SplittableRandom(source(seed, number))))
          : Optional.empty();
    }
    if (posterior.components().size() == 1) {
      return unlessFixed(
          number -> Source.point(optimizer, contender.numbers(), source(seed, number)));
    }
    List<Component> drawn = posterior.drawn();
    return drawn.size() > 1
        ? Optional.of(number -> points(drawn, source(seed, number)))
        : drawn.stream()
            .findFirst()
            .flatMap(only -> unlessFixed(number -> point(only, source(seed, number))));
  }

  private static Optional<IntFunction<double[]>> unlessFixed(IntFunction<double[]> draws) {
    return Arrays.equals(draws.apply(0), draws.apply(1)) ? Optional.empty() : Optional.of(draws);
  }

  private static long source(long seed, int number) {
    return ~seed * 1000003 + number;
  }

  /** A draw from a posterior of finite support. */
  double[] values(Support.Finite support, RandomGenerator random) {
    double[] values = support.values().stream().mapToDouble(each -> each.toDouble()).toArray();
    double[] out = new double[optimizer.dimension()];
    Snapshot<A> snapshot = new Snapshot<>(optimizer, contender.numbers());
    int[] in = components(posterior.components(), snapshot, random, out.length);
    for (int i = 0; i < out.length; i++) {
      double[] probabilities = posterior.components().get(in[i]).probabilities(snapshot.at(i));
      out[i] = values[index(probabilities, random.nextDouble())];
    }
    return out;
  }

  /** A draw from a mixture, each coordinate from the component that it is in. */
  private double[] points(List<Component> drawn, long seed) {
    double[] out = new double[optimizer.dimension()];
    int[] in =
        components(
            drawn,
            new Snapshot<>(optimizer, contender.numbers()),
            new SplittableRandom(seed),
            out.length);
    for (int k = 0; k < drawn.size(); k++) {
      int component = k;
      if (Arrays.stream(in).anyMatch(each -> each == component)) {
        double[] point = point(drawn.get(k), seed);
        for (int i = 0; i < out.length; i++) {
          out[i] = in[i] == k ? point[i] : out[i];
        }
      }
    }
    return out;
  }

  private double[] point(Component component, long seed) {
    return component.source().orElseThrow().draw(optimizer, contender.numbers(), seed);
  }

  /** Draws the component that each coordinate is in. */
  private int[] components(
      List<Component> from, Snapshot<A> snapshot, RandomGenerator random, int coordinates) {
    int[] in = new int[coordinates];
    if (from.size() > 1) {
      for (int i = 0; i < coordinates; i++) {
        in[i] =
            posterior.together() && i > 0
                ? in[0]
                : index(Posterior.weights(from, snapshot.at(i)), random.nextDouble());
      }
    }
    return in;
  }

  private static int index(double[] probabilities, double uniform) {
    double rest = uniform;
    for (int k = 0; k < probabilities.length - 1; k++) {
      rest -= probabilities[k];
      if (rest < 0) {
        return k;
      }
    }
    return probabilities.length - 1;
  }
}
