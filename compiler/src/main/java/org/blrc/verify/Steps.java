package org.blrc.verify;

import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/**
 * Means over a uniform number of functions that are constant but for jumps, as everything is that
 * sees it through a whole number only. Quadrature would pass over a jump between its nodes.
 */
final class Steps {

  /** The cells of the grid: a step that is shorter than one, between equal ones, is not seen. */
  private static final int CELLS = 256;

  /** A function with more values than these is taken for one without steps. */
  private static final int FEW = 16;

  /** How often the place of a jump is halved. */
  private static final int HALVINGS = 40;

  private static final double OUTERMOST = 0x1p-50;

  private Steps() {}

  /** The mean over (0, 1), where the function has steps. */
  static OptionalDouble mean(DoubleUnaryOperator f) {
    double[] values = new double[CELLS + 1];
    Set<Double> different = new HashSet<>();
    for (int i = 0; i <= CELLS; i++) {
      values[i] = f.applyAsDouble(edge(i));
      different.add(values[i]);
      if (different.size() > FEW) {
        return OptionalDouble.empty();
      }
    }
    double sum = 0;
    double magnitude = 0;
    for (int i = 0; i < CELLS; i++) {
      double part = integral(f, edge(i), values[i], edge(i + 1), values[i + 1], HALVINGS);
      sum += part;
      magnitude += Math.abs(part);
    }
    sum = ContinuousDensity.withoutRounding(sum, magnitude);
    return OptionalDouble.of(sum / (edge(CELLS) - edge(0)));
  }

  private static double edge(int i) {
    return Math.clamp((double) i / CELLS, OUTERMOST, 1 - OUTERMOST);
  }

  private static double integral(
      DoubleUnaryOperator f, double from, double first, double to, double last, int halvings) {
    if (first == last || halvings == 0) {
      return (to - from) * (first + last) / 2;
    }
    double middle = from + (to - from) / 2;
    double value = f.applyAsDouble(middle);
    return integral(f, from, first, middle, value, halvings - 1)
        + integral(f, middle, value, to, last, halvings - 1);
  }
}
