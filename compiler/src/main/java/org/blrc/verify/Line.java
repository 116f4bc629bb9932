package org.blrc.verify;

import java.util.function.DoubleUnaryOperator;
import org.blrc.symbolic.Domain;

/**
 * The real line as a picture of an interval: through a logarithm at each finite end and a
 * hyperbolic sine at infinity, so that tails that fall off as powers fall off exponentially.
 *
 * @param support the interval
 * @param map from the line to the interval
 * @param logSlope the logarithm of its derivative
 */
record Line(Domain support, DoubleUnaryOperator map, DoubleUnaryOperator logSlope) {

  /** How far the line is looked at: beyond, exponentials overflow. */
  static final double END = 700;

  static Line over(Domain support) {
    boolean below = Double.isFinite(support.lower());
    boolean above = Double.isFinite(support.upper());
    if (below && above) {
      double width = support.upper() - support.lower();
      return new Line(
          support,
          u -> support.lower() + width / (1 + Math.exp(-u)),
          u -> Math.log(width) - Math.abs(u) - 2 * Math.log1p(Math.exp(-Math.abs(u))));
    }
    if (below) {
      return new Line(support, u -> support.lower() + Math.exp(u), u -> u);
    }
    if (above) {
      return new Line(support, u -> support.upper() - Math.exp(u), u -> u);
    }
    return new Line(
        support,
        Math::sinh,
        u -> Math.abs(u) + Math.log1p(Math.exp(-2 * Math.abs(u))) - Math.log(2));
  }

  double point(double u) {
    return map.applyAsDouble(u);
  }

  /**
   * The logarithm of a density as a function on the line: no mass where there is no number, and at
   * what rounds to an end of the interval.
   */
  DoubleUnaryOperator logDensity(DoubleUnaryOperator onInterval) {
    return u -> {
      double x = point(u);
      if (x <= support.lower() || x >= support.upper()) {
        return Double.NEGATIVE_INFINITY;
      }
      double value = onInterval.applyAsDouble(x) + logSlope.applyAsDouble(u);
      return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
    };
  }
}
