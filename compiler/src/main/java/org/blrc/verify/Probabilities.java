package org.blrc.verify;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The probabilities of the values of a discrete variable. */
final class Probabilities implements Density {

  /** What lies this far below the largest probability, in its logarithm, does not matter. */
  private static final double NEGLIGIBLE = 80;

  /** Counts with their mass beyond are not summed up. */
  private static final int MOST = 100_000;

  private final double[] values;
  private final double[] probabilities;

  private Probabilities(double[] values, double[] probabilities) {
    this.values = values;
    this.probabilities = probabilities;
  }

  static Optional<Density> of(double[] values, DoubleUnaryOperator logProbability) {
    double[] probabilities =
        Arrays.stream(values).map(x -> Math.exp(logProbability.applyAsDouble(x))).toArray();
    boolean finite = Arrays.stream(probabilities).allMatch(Double::isFinite);
    return finite ? Optional.of(new Probabilities(values, probabilities)) : Optional.empty();
  }

  /** Of 0, 1, 2, ..., up to where what follows does not matter. */
  static Optional<Density> ofCounts(DoubleUnaryOperator logProbability) {
    double highest = Double.NEGATIVE_INFINITY;
    int count = 0;
    while (count < MOST) {
      double log = logProbability.applyAsDouble(count++);
      highest = Math.max(highest, log);
      if (log < highest - NEGLIGIBLE) {
        return of(IntStream.range(0, count).asDoubleStream().toArray(), logProbability);
      }
    }
    return Optional.empty();
  }

  @Override
  public double integral(ToDoubleFunction<double[]> f) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum +=
          probabilities[i] == 0 ? 0 : probabilities[i] * f.applyAsDouble(new double[] {values[i]});
    }
    return sum;
  }
}
