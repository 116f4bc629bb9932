package org.blrc.runtime;

/** An interval of the extended real line: where the values of a state lie. */
public record Interval(double lower, boolean lowerClosed, double upper, boolean upperClosed) {

  public static final Interval REAL =
      new Interval(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);
  public static final Interval POSITIVE = new Interval(0, false, Double.POSITIVE_INFINITY, false);
  public static final Interval NONNEGATIVE = new Interval(0, true, Double.POSITIVE_INFINITY, false);

  /** Whether {@code value} lies in the interval; NaN lies in none. */
  public boolean contains(double value) {
    return (lowerClosed ? value >= lower : value > lower)
        && (upperClosed ? value <= upper : value < upper);
  }

  @Override
  public String toString() {
    return (lowerClosed ? "[" : "(") + lower + ", " + upper + (upperClosed ? "]" : ")");
  }
}
