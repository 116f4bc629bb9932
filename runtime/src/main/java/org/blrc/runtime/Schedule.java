package org.blrc.runtime;

/**
 * A hyper-parameter's value as a function of the step. It may be asked any number of times and has
 * to depend on the step alone: then a run that was saved and restored goes on as if it had never
 * stopped.
 */
@FunctionalInterface
public interface Schedule {

  /**
   * The value in a step.
   *
   * @param step its number, from 1
   */
  double at(long step);

  /** The same value in every step. */
  static Schedule constant(double value) {
    return _ -> value;
  }

  /**
   * From {@code first} in step 1 along a straight line to {@code last} in step steps + 1 and on.
   */
  static Schedule linear(double first, double last, long steps) {
    requirePositive(steps);
    return step -> between(first, last, progress(step, steps));
  }

  /** From {@code first} in step 1 along half a cosine to {@code last} in step steps + 1 and on. */
  static Schedule cosine(double first, double last, long steps) {
    requirePositive(steps);
    return step -> between(first, last, (1 - StrictMath.cos(Math.PI * progress(step, steps))) / 2);
  }

  /** This one for some steps, then {@code next}, which counts its steps from 1 again. */
  default Schedule then(long steps, Schedule next) {
    requirePositive(steps);
    return step -> step <= steps ? at(step) : next.at(step - steps);
  }

  /**
   * Rises for some steps along a straight line, which would begin at zero in step 0, to where this
   * one begins; then this one, which counts its steps from 1.
   */
  default Schedule warmedUp(long steps) {
    requirePositive(steps);
    return step -> step <= steps ? at(1) * step / (steps + 1) : at(step - steps);
  }

  /** Weighted, so that both ends are met exactly, however different their magnitudes. */
  private static double between(double first, double last, double share) {
    return (1 - share) * first + share * last;
  }

  private static double progress(long step, long steps) {
    return Math.min((double) (step - 1) / steps, 1);
  }

  private static void requirePositive(long steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("a schedule cannot take %d steps".formatted(steps));
    }
  }
}
