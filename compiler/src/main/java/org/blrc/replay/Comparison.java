package org.blrc.replay;

import java.util.OptionalInt;

/**
 * How well one recorded quantity was reached.
 *
 * @param name a state, or {@code asked_at}
 * @param error the largest error over all steps
 * @param step where the largest error occurred, from 1
 * @param firstExcess the first step at which the error exceeded the tolerance
 */
public record Comparison(String name, double error, int step, OptionalInt firstExcess) {

  /** Below this an absolute difference counts as agreement. */
  private static final double FLOOR = 1e-12;

  /** Nothing compared yet. */
  static Comparison start(String name) {
    return new Comparison(name, 0, 0, OptionalInt.empty());
  }

  public boolean agrees() {
    return firstExcess.isEmpty();
  }

  /** Takes in the arrays of a step. */
  Comparison with(int atStep, double[] expected, double[] computed, double tolerance) {
    double now = error(expected, computed, tolerance);
    boolean worse = step == 0 || now > error;
    return new Comparison(
        name,
        worse ? now : error,
        worse ? atStep : step,
        firstExcess.isEmpty() && now > tolerance ? OptionalInt.of(atStep) : firstExcess);
  }

  /**
   * The largest difference, relative to the largest magnitude among the expected values; where that
   * is so small that the absolute floor decides, relative to the magnitude that makes the floor
   * equal to the tolerance.
   */
  static double error(double[] expected, double[] computed, double tolerance) {
    double scale = FLOOR / tolerance;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      if (Double.isFinite(expected[i])) {
        scale = Math.max(scale, Math.abs(expected[i]));
      }
      difference = Math.max(difference, difference(expected[i], computed[i]));
    }
    return difference / scale;
  }

  private static double difference(double expected, double computed) {
    if (Double.compare(expected, computed) == 0) {
      return 0;
    }
    double difference = Math.abs(expected - computed);
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }
}
