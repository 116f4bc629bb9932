package org.blrc.verify;

import java.util.Optional;

/**
 * One thing that was checked.
 *
 * @param where the step of the derivation, from 1, or 0 for what is behind it
 * @param subject what was looked at
 * @param error the largest error found, relative to the magnitude of what was compared
 * @param limit the largest error that passes; absent where the error is only measured
 * @param note what else there is to say
 */
public record Check(
    int where, String subject, double error, Optional<Double> limit, Optional<String> note) {

  static Check of(int where, String subject, double error, double limit) {
    return new Check(where, subject, error, Optional.of(limit), Optional.empty());
  }

  static Check measured(int where, String subject, double error, String note) {
    return new Check(where, subject, error, Optional.empty(), Optional.of(note));
  }

  Check withNote(String text) {
    return new Check(where, subject, error, limit, Optional.of(text));
  }

  /** Whether it holds; an error that is no number never does. */
  public boolean passes() {
    return limit.map(most -> error <= most).orElse(true);
  }

  /** The error of a value, relative where the expected one is large. */
  static double error(double expected, double actual) {
    return Math.abs(expected - actual) / (1 + Math.abs(expected));
  }

  /** The same where both may have left the numbers together, as where a step leaves a domain. */
  static double errorOrBothUndefined(double expected, double actual) {
    boolean same = Double.compare(expected, actual) == 0;
    return same ? 0 : error(expected, actual);
  }

  /** The larger of two errors, where one that is no number is larger than all others. */
  static double worse(double left, double right) {
    return Double.isNaN(left) || Double.isNaN(right) ? Double.NaN : Math.max(left, right);
  }
}
