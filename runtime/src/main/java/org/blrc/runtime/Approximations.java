package org.blrc.runtime;

/** Sums of which approximations consist; coefficients are those of {@code tools/special}. */
final class Approximations {

  private Approximations() {}

  /** The polynomial with these coefficients, the constant first. */
  static double polynomial(double[] coefficients, double x) {
    double value = 0;
    for (int k = coefficients.length - 1; k >= 0; k--) {
      value = value * x + coefficients[k];
    }
    return value;
  }

  static double ratio(double[] over, double[] under, double x) {
    return polynomial(over, x) / polynomial(under, x);
  }

  /** The series of Chebyshev polynomials at x in [-1, 1], by Clenshaw's recurrence. */
  static double chebyshev(double[] coefficients, double x) {
    double next = 0;
    double value = 0;
    for (int k = coefficients.length - 1; k > 0; k--) {
      double before = 2 * x * value - next + coefficients[k];
      next = value;
      value = before;
    }
    return x * value - next + coefficients[0];
  }
}
