package org.blrc.program;

import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;

/**
 * The distribution of an angle with the density exp(k cos(x)) / (2 pi I0(k)), from its integrals by
 * the double exponential rule.
 */
final class Angles {

  /** What lies so far below, in its logarithm, is left out. */
  private static final double NEGLIGIBLE = 45;

  private static final double STEP = 1.0 / 16;
  private static final double END = 3.2;

  private Angles() {}

  static double probability(double k, double x) {
    double turns = Math.abs(x) <= Math.PI ? 0 : Math.rint(x / (2 * Math.PI));
    double angle = x - 2 * Math.PI * turns;
    double tail = tail(k, Math.abs(angle), _ -> 1);
    return turns + (angle < 0 ? tail : 1 - tail);
  }

  static double density(double k, double x) {
    return k >= 0 ? weight(k, Math.sin(x / 2)) / total(k) : Double.NaN;
  }

  /** The covariance of cos(t) and what is 1 below x: by an integral over one sign of cos(t) - A. */
  static double probabilityByConcentration(double k, double x) {
    double angle = Math.IEEEremainder(x, 2 * Math.PI);
    double size = Math.abs(angle);
    double mean = Bessel.versineMean(k);
    DoubleUnaryOperator excess = t -> mean - 2 * Math.pow(Math.sin(t / 2), 2);
    double value =
        excess.applyAsDouble(size) > 0 ? middle(k, size, excess) : -tail(k, size, excess);
    return Math.copySign(value, angle);
  }

  static double quantile(double k, double p) {
    if (!(k >= 0) || !(p >= 0 && p <= 1)) {
      return Double.NaN;
    }
    double tail = Math.min(p, 1 - p);
    double size =
        tail < 0.25
            ? root(x -> Math.log(tail) - Math.log(Math.max(tail(k, x, _ -> 1), Double.MIN_VALUE)))
            : root(x -> middle(k, x, _ -> 1) - (0.5 - tail));
    return Math.copySign(size, p - 0.5);
  }

  /** The root between 0 and pi of an increasing function, or the end that is nearer to it. */
  private static double root(UnivariateFunction f) {
    if (f.value(0) >= 0) {
      return 0;
    }
    return f.value(Math.PI) <= 0
        ? Math.PI
        : new BracketingNthOrderBrentSolver(1e-15, Double.MIN_VALUE, 0, 5)
            .solve(500, f, 0, Math.PI);
  }

  private static double total(double k) {
    return 2 * Math.PI * Bessel.scaled(0, k);
  }

  private static double weight(double k, double sineOfHalf) {
    return Math.exp(-2 * k * sineOfHalf * sineOfHalf);
  }

  private static double middle(double k, double x, DoubleUnaryOperator f) {
    return k >= 0 ? between(k, 0, x, f) / total(k) : Double.NaN;
  }

  private static double tail(double k, double x, DoubleUnaryOperator f) {
    double rest = Math.PI - x + 1.2246467991473532e-16;
    return k >= 0 ? between(k, x, rest, f) * weight(k, Math.sin(x / 2)) / total(k) : Double.NaN;
  }

  /** The integral over a length from a place on, as a multiple of the weight there. */
  private static double between(double k, double from, double length, DoubleUnaryOperator f) {
    double sine = Math.sin(from / 2);
    double last = Math.sqrt(sine * sine + NEGLIGIBLE / 2 / k);
    double end = last < 1 ? Math.min(length, 2 * Math.asin(last) - from) : length;
    double sum = 0;
    for (double s = -END; s <= END; s += STEP) {
      double share = 1 / (1 + Math.exp(-Math.PI * Math.sinh(s)));
      double distance = end * share;
      double fall = 2 * k * Math.sin(distance / 2) * Math.sin(from + distance / 2);
      sum += Math.exp(-fall) * f.applyAsDouble(from + distance) * slope(s, share);
    }
    return sum * end * STEP;
  }

  private static double slope(double s, double share) {
    return Math.PI * Math.cosh(s) * share * (1 - share);
  }
}
