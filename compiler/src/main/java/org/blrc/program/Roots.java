package org.blrc.program;

import java.util.function.DoubleUnaryOperator;

/** Roots by halving, slowly and surely. */
final class Roots {

  private Roots() {}

  /** The positive root of an increasing function; 0 or infinite, where it has none. */
  static double increasing(DoubleUnaryOperator f) {
    double low = Math.log(Double.MIN_VALUE);
    double high = Math.log(Double.MAX_VALUE);
    if (f.applyAsDouble(Double.MIN_VALUE) >= 0) {
      return 0;
    }
    if (f.applyAsDouble(Double.MAX_VALUE) <= 0) {
      return Double.POSITIVE_INFINITY;
    }
    // Halving ends where the two are neighbours among the numbers.
    for (double middle = 0; low < middle && middle < high; middle = (low + high) / 2) {
      if (f.applyAsDouble(Math.exp(middle)) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.exp(high);
  }
}
