package org.blrc.runtime;

/** The regularised incomplete beta function, by its continued fraction. */
final class IncompleteBeta {

  private static final double TINY = 1e-300;
  private static final int MOST_TERMS = 100_000;

  private IncompleteBeta() {}

  static double regularized(double a, double b, double x) {
    if (!(a > 0) || !(b > 0) || !(x >= 0 && x <= 1)) {
      return Double.NaN;
    }
    if (x == 0 || x == 1) {
      return x;
    }
    // The fraction converges fast below the mean; above it, the other tail is below its mean.
    return x * (a + b + 2) < a + 1 ? lowerTail(a, b, x, 1 - x) : 1 - lowerTail(b, a, 1 - x, x);
  }

  /** x^(a - 1) (1 - x)^(b - 1) / B(a, b). */
  static double density(double a, double b, double x) {
    double y = 1 - x;
    return a > 0 && b > 0 && x > 0 && y > 0
        ? binomial(a, b, x, y) / x / y * a * (b / (a + b))
        : Double.NaN;
  }

  /** I(a, b, x), where y = 1 - x. */
  private static double lowerTail(double a, double b, double x, double y) {
    return binomial(a, b, x, y) * (b / (a + b)) * fraction(a, b, x);
  }

  /**
   * x^a y^b Gamma(a + b + 1) / (Gamma(a + 1) Gamma(b + 1)), from three such of the gamma function.
   */
  private static double binomial(double a, double b, double x, double y) {
    double n = a + b;
    double excess = Math.fma(b, x, -a * y);
    return IncompleteGamma.power(a, n * x, excess)
        * IncompleteGamma.power(b, n * y, -excess)
        / IncompleteGamma.power(n, n, 0);
  }

  /** 1/(1 + d1/(1 + d2/...)) of DLMF 8.17.22 (Lentz's method). */
  private static double fraction(double a, double b, double x) {
    double c = 1;
    double d = 1 / notZero(1 - (a + b) * x / (a + 1));
    double value = d;
    for (int m = 1; m < MOST_TERMS; m++) {
      double even = m * (b - m) * x / ((a + 2.0 * m - 1) * (a + 2.0 * m));
      d = 1 / notZero(1 + even * d);
      c = notZero(1 + even / c);
      value *= c * d;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1));
      d = 1 / notZero(1 + odd * d);
      c = notZero(1 + odd / c);
      double factor = c * d;
      value *= factor;
      if (Math.abs(factor - 1) < 1e-16) {
        break;
      }
    }
    return value;
  }

  private static double notZero(double value) {
    return value == 0 ? TINY : value;
  }
}
