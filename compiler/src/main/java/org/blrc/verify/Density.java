package org.blrc.verify;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.blrc.family.Support;
import org.blrc.symbolic.Domain;

/** How a random variable is distributed: ready for integrals of functions times the density. */
public interface Density {

  /**
   * The integral of a function times the density, or the sum over a discrete variable's values.
   *
   * @param f of the components of the variable
   * @throws UntrustedIntegral if it cannot be told
   */
  double integral(ToDoubleFunction<double[]> f);

  /** The mean of the variable; of an angle, its mean direction. */
  default double mean() {
    return integral(x -> x[0]);
  }

  default double mass() {
    return integral(_ -> 1);
  }

  /** That of an angle, by the angle within one turn. */
  record OfAngles(Density withinTurn) implements Density {

    @Override
    public double integral(ToDoubleFunction<double[]> f) {
      return withinTurn.integral(f);
    }

    @Override
    public double mean() {
      return Math.atan2(integral(x -> Math.sin(x[0])), integral(x -> Math.cos(x[0])));
    }
  }

  /** The density on an interval with a given logarithm, or nothing where there is none. */
  static Optional<Density> of(Domain support, DoubleUnaryOperator logDensity) {
    return ContinuousDensity.of(support, logDensity);
  }

  /**
   * The density or the probabilities with a given logarithm, or nothing where there are none.
   *
   * @param support where parameters have values
   */
  static Optional<Density> of(Support support, ToDoubleFunction<double[]> ofComponents) {
    DoubleUnaryOperator logDensity = x -> ofComponents.applyAsDouble(new double[] {x});
    return switch (support) {
      case Support.Interval interval -> of(interval.hull(), logDensity);
      case Support.Circle _ -> of(Support.Circle.TURN, logDensity).map(OfAngles::new);
      case Support.Simplex(int size) -> SimplexDensity.of(size, ofComponents);
      case Support.Finite finite ->
          Probabilities.of(
              finite.values().stream().mapToDouble(value -> value.toDouble()).toArray(),
              logDensity);
      case Support.Counts _ -> Probabilities.ofCounts(logDensity);
    };
  }
}
