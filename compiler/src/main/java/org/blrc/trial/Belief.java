package org.blrc.trial;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.blrc.family.Support;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.PhiloxNoise;
import org.blrc.symbolic.Expr.Sym;

/** What an optimizer holds between steps: its posterior, as its spec declares it. */
final class Belief<A> {

  private final Contender<A> contender;
  private final Optimizer<A> optimizer;

  Belief(Contender<A> contender, Optimizer<A> optimizer) {
    this.contender = contender;
    this.optimizer = optimizer;
  }

  /**
   * Writes the point that predictions are made at: the most probable value of a coordinate where
   * there are finitely many, else the posterior mean, or what stands for it.
   */
  void centre(double[] out) {
    switch (contender.posterior().support()) {
      case Support.Finite finite -> choose(finite, Belief::mostProbable, out);
      case Support.Interval _, Support.Circle _, Support.Counts _, Support.Simplex _ ->
          contender.numbers().read(optimizer.parameters(), out);
    }
  }

  /** Writes a draw from a posterior of finite support. */
  void draw(Support.Finite support, RandomGenerator random, double[] out) {
    choose(support, probabilities -> drawn(probabilities, random.nextDouble()), out);
  }

  /**
   * Draws from the posterior by their number; empty where training asks the loss at single points
   * only, whatever the posterior around them. Where the support is not finite, a call replaces the
   * optimizer's source of noise.
   */
  Optional<IntFunction<double[]>> draws(long seed) {
    return switch (contender.posterior().support()) {
      case Support.Finite finite ->
          contender.signature().draws() || contender.posterior().enumerated()
              ? Optional.of(number -> draw(finite, seed, number))
              : Optional.empty();
      case Support.Interval _, Support.Circle _, Support.Counts _, Support.Simplex _ ->
          Arrays.equals(noisyPoint(seed, 0), noisyPoint(seed, 1))
              ? Optional.empty()
              : Optional.of(number -> noisyPoint(seed, number));
    };
  }

  private double[] draw(Support.Finite finite, long seed, int number) {
    double[] w = new double[optimizer.dimension()];
    draw(finite, new SplittableRandom(source(seed, number)), w);
    return w;
  }

  /**
   * The point at which the next evaluation would begin. An evaluation that is closed without an
   * answer is repeated with the same noise, so every draw gets a source of its own.
   */
  private double[] noisyPoint(long seed, int number) {
    optimizer.noise(new PhiloxNoise(source(seed, number)));
    double[] w = new double[optimizer.dimension()];
    try (Evaluation<A> _ = optimizer.evaluate()) {
      contender.numbers().read(optimizer.parameters(), w);
    }
    return w;
  }

  private static long source(long seed, int number) {
    return ~seed * 1000003 + number;
  }

  /** Chooses one of the values by its probabilities. */
  @FunctionalInterface
  private interface Choice {
    int of(double[] probabilities);
  }

  private void choose(Support.Finite support, Choice choice, double[] out) {
    double[] values = support.values().stream().mapToDouble(each -> each.toDouble()).toArray();
    Snapshot snapshot = new Snapshot();
    for (int i = 0; i < out.length; i++) {
      out[i] = values[choice.of(contender.posterior().probabilities(snapshot.at(i)))];
    }
  }

  /** The values of hyper-parameters, and of the states of a coordinate, as they are now. */
  ToDoubleFunction<Sym> values(int coordinate) {
    return new Snapshot().at(coordinate);
  }

  private static int mostProbable(double[] probabilities) {
    int best = 0;
    for (int k = 1; k < probabilities.length; k++) {
      if (probabilities[k] > probabilities[best]) {
        best = k;
      }
    }
    return best;
  }

  private static int drawn(double[] probabilities, double uniform) {
    double rest = uniform;
    for (int k = 0; k < probabilities.length - 1; k++) {
      rest -= probabilities[k];
      if (rest < 0) {
        return k;
      }
    }
    return probabilities.length - 1;
  }

  /** The values of states and hyper-parameters, read when they are first asked for. */
  private final class Snapshot {

    private final Map<String, double[]> states = new HashMap<>();
    private final Map<String, Double> hypers = new HashMap<>();

    ToDoubleFunction<Sym> at(int coordinate) {
      return symbol ->
          switch (symbol.kind()) {
            case STATE ->
                states
                    .computeIfAbsent(symbol.name(), name -> state(name, symbol.shared()))[
                    symbol.shared() ? 0 : coordinate];
            case HYPER -> hypers.computeIfAbsent(symbol.name(), optimizer::hyperParameter);
            default -> throw new IllegalArgumentException("no value for " + symbol);
          };
    }

    private double[] state(String name, boolean shared) {
      double[] values = new double[shared ? 1 : optimizer.dimension()];
      contender.numbers().read(optimizer.state(name), values);
      return values;
    }
  }
}
