package org.blrc.symbolic;

/**
 * An interval of the extended real line, as the constraint of a symbol.
 *
 * @param lowerClosed whether {@code lower} itself belongs to it; an infinite end may be closed too
 */
public record Domain(double lower, boolean lowerClosed, double upper, boolean upperClosed) {

  public static final Domain REAL = open(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  public static final Domain POSITIVE = open(0, Double.POSITIVE_INFINITY);
  public static final Domain NEGATIVE = open(Double.NEGATIVE_INFINITY, 0);
  public static final Domain NONNEGATIVE = new Domain(0, true, Double.POSITIVE_INFINITY, false);
  public static final Domain UNIT = new Domain(0, true, 1, true);

  public static Domain open(double lower, double upper) {
    return new Domain(lower, false, upper, false);
  }

  public boolean contains(double value) {
    return (lowerClosed ? value >= lower : value > lower)
        && (upperClosed ? value <= upper : value < upper);
  }

  /** Whether no number lies in both. */
  public boolean isDisjointFrom(Domain other) {
    double low = Math.max(lower, other.lower);
    double high = Math.min(upper, other.upper);
    return low > high || (low == high && !(contains(low) && other.contains(low)));
  }

  public boolean isPositive() {
    return lower > 0 || (lower == 0 && !lowerClosed);
  }

  public boolean isNonnegative() {
    return lower >= 0;
  }

  public boolean isNegative() {
    return upper < 0 || (upper == 0 && !upperClosed);
  }
}
