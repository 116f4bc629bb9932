package org.blrc.verify;

import java.util.Optional;

/**
 * One thing that was checked.
 *
 * @param where the step of the derivation, from 1, or 0 for what is behind it
 * @param subject what was looked at
 * @param note what else there is to say
 */
public record Check(int where, String subject, Outcome outcome, Optional<String> note) {

  /** What came out; errors are relative to the magnitude of what was compared. */
  public sealed interface Outcome {

    /** The largest error found and the largest that passes; no number never passes. */
    record Compared(double error, double limit) implements Outcome {}

    /** The largest error found, of what need not be equal. */
    record Measured(double error) implements Outcome {}

    /** Nothing, and why. */
    record NotChecked(String why) implements Outcome {}
  }

  static Check of(int where, String subject, double error, double limit) {
    return new Check(where, subject, new Outcome.Compared(error, limit), Optional.empty());
  }

  static Check measured(int where, String subject, double error, String note) {
    return new Check(where, subject, new Outcome.Measured(error), Optional.of(note));
  }

  static Check notChecked(int where, String subject, String why) {
    return new Check(where, subject, new Outcome.NotChecked(why), Optional.empty());
  }

  Check withNote(String text) {
    return new Check(where, subject, outcome, Optional.of(text));
  }

  /** The same about a part of something. */
  Check about(String prefix) {
    return new Check(where, prefix + subject, outcome, note);
  }

  /** The same about another step. */
  Check at(int step) {
    return new Check(step, subject, outcome, note);
  }

  Check withoutNote() {
    return new Check(where, subject, outcome, Optional.empty());
  }

  /** Whether nothing is wrong, as far as was checked. */
  public boolean passes() {
    return !(outcome instanceof Outcome.Compared(double error, double limit)) || error <= limit;
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
