package org.blrc.trial;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.trial.Fit.Moments;
import org.blrc.verify.Density;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/** Compares the posterior of one coordinate with the exact one, by quadrature. */
final class Comparison {

  private static final int MOST_EVALUATIONS = 80;
  private static final double TOLERANCE = 1e-7;
  private static final double FIRST_STEP = 0.1;

  private final Posterior posterior;
  private final Target target;
  private final int coordinate;
  private final DoubleUnaryOperator logExact;
  private final Optional<Density> exact;
  private final double logMass;

  /**
   * Prepares comparisons.
   *
   * @param hypers the values of hyper-parameters
   */
  Comparison(Posterior posterior, Target target, int coordinate, ToDoubleFunction<Sym> hypers) {
    this.posterior = posterior;
    this.target = target;
    this.coordinate = coordinate;
    logExact = posterior.logExact(hypers, x -> target.loss(coordinate, x));
    exact = density(logExact);
    logMass = Math.log(exact.map(Density::mass).orElse(Double.NaN));
  }

  /**
   * KL(approximate || exact) at the values of states and hyper-parameters; NaN if there is none.
   */
  double divergence(ToDoubleFunction<Sym> values) {
    DoubleUnaryOperator log = posterior.logDensity(values);
    return logMass
        + Fit.integral(density(log), x -> log.applyAsDouble(x) - logExact.applyAsDouble(x));
  }

  private Optional<Density> density(DoubleUnaryOperator log) {
    return Density.of(posterior.support(), x -> log.applyAsDouble(x[0]));
  }

  /** The whole comparison. */
  Fit fit(ToDoubleFunction<Sym> values) {
    double divergence = divergence(values);
    return new Fit(
        target.label(coordinate),
        divergence,
        divergence - least(values, divergence),
        Moments.of(density(posterior.logDensity(values)), target.valleys()),
        Moments.of(exact, target.valleys()));
  }

  /** The divergence at the end of a descent in the states (Nelder and Mead, 1965). */
  private double least(ToDoubleFunction<Sym> values, double divergence) {
    if (Double.isNaN(divergence)) {
      return divergence;
    }
    double[] start =
        posterior.states().stream()
            .mapToDouble(state -> new RealLine(state.domain()).point(values.applyAsDouble(state)))
            .toArray();
    double[] least = {divergence};
    ObjectiveFunction objective =
        new ObjectiveFunction(
            point -> {
              double value = divergence(moved(values, point));
              if (Double.isNaN(value)) {
                return Double.MAX_VALUE;
              }
              least[0] = Math.min(least[0], value);
              return value;
            });
    try {
      new SimplexOptimizer(0, TOLERANCE)
          .optimize(
              new MaxEval(MOST_EVALUATIONS),
              objective,
              GoalType.MINIMIZE,
              new InitialGuess(start),
              new NelderMeadSimplex(start.length, FIRST_STEP));
    } catch (MathIllegalStateException e) {
      // The least value found so far is the answer.
    }
    return least[0];
  }

  private ToDoubleFunction<Sym> moved(ToDoubleFunction<Sym> values, double[] point) {
    return symbol -> {
      int index = posterior.states().indexOf(symbol);
      return index < 0
          ? values.applyAsDouble(symbol)
          : new RealLine(symbol.domain()).value(point[index]);
    };
  }
}
