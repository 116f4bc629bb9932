package org.blrc.runtime;

/**
 * A hyper-parameter and the interval that it lies in.
 *
 * @param byDefault the default, or NaN where a value has to be given
 */
public record HyperParameter(
    String name,
    double lower,
    boolean lowerClosed,
    double upper,
    boolean upperClosed,
    double byDefault) {

  /**
   * Returns {@code value} if it lies in the interval.
   *
   * @throws IllegalArgumentException otherwise
   */
  public double check(double value) {
    if (!contains(value)) {
      throw new IllegalArgumentException(name + " = " + value + " lies outside " + interval());
    }
    return value;
  }

  /** Whether {@code value} lies in the interval; NaN lies in none. */
  public boolean contains(double value) {
    return (lowerClosed ? value >= lower : value > lower)
        && (upperClosed ? value <= upper : value < upper);
  }

  /** The interval as text, such as {@code (0, Infinity)}. */
  public String interval() {
    return (lowerClosed ? "[" : "(") + text(lower) + ", " + text(upper) + (upperClosed ? "]" : ")");
  }

  private static String text(double bound) {
    return bound == Math.rint(bound) && Math.abs(bound) < 1e9
        ? Long.toString((long) bound)
        : Double.toString(bound);
  }
}
