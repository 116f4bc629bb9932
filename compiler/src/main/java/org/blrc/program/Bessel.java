package org.blrc.program;

/**
 * The modified Bessel functions from their integrals: exp(x cos(t)) cos(n t) over a period, by the
 * trapezoidal rule, which converges geometrically.
 */
final class Bessel {

  private static final double SMALL = 1;
  private static final double LARGE = 1e7;

  private Bessel() {}

  /** exp(-|x|) In(x), for n = 0 and 1. */
  static double scaled(int n, double x) {
    double size = Math.abs(x);
    double value =
        size < SMALL
            ? Math.exp(-size) * series(n, size)
            : size > LARGE
                ? (1 - (4 * n * n - 1) / (8 * size)) / Math.sqrt(2 * Math.PI * size)
                : moment(size, n == 0 ? 0 : 1, 0, n == 0 ? 0 : 1);
    return n == 1 ? Math.copySign(value, x) : value;
  }

  static double logI0(double x) {
    double size = Math.abs(x);
    return size < SMALL ? Math.log1p(series(0, size) - 1) : size + Math.log(scaled(0, size));
  }

  /** The variance of cos(t) under the density that is proportional to exp(x cos(t)). */
  static double ratioSlope(double x) {
    double size = Math.abs(x);
    if (size > LARGE) {
      return 0.5 / size / size + 0.25 / size / size / size;
    }
    double norm = moment(size, 0, 0, 0);
    double mean = moment(size, 1, 0, -1) / norm;
    return moment(size, 2, mean, -1) / norm;
  }

  static double ratioInverse(double ratio) {
    double size = Math.abs(ratio);
    if (!(size < 1)) {
      return size == 1 ? Math.copySign(Double.POSITIVE_INFINITY, ratio) : Double.NaN;
    }
    return size == 0
        ? ratio
        : Math.copySign(Roots.increasing(x -> 1 - size - complement(x, 1 - size, size)), ratio);
  }

  /** 1 - A(x), or for small A as far from {@code rest} as A is from {@code ratio}. */
  private static double complement(double x, double rest, double ratio) {
    return x < SMALL ? rest - (scaled(1, x) / scaled(0, x) - ratio) : versineMean(x);
  }

  /** 1 - A(x), the mean of 1 - cos(t), for x >= 0. */
  static double versineMean(double x) {
    return x > LARGE ? 0.5 / x + 0.125 / x / x : moment(x, 1, 0, -1) / moment(x, 0, 0, 0);
  }

  private static double series(int n, double x) {
    double term = n == 0 ? 1 : x / 2;
    double sum = 0;
    for (int k = 1; k < 20; k++) {
      sum += term;
      term *= x * x / 4 / (k * (k + n));
    }
    return sum;
  }

  /**
   * The mean of exp(-x v) w over a period, where v = 1 - cos(t): w is cos(t) if {@code cosine} is
   * 1, and otherwise (v - center)^power.
   */
  private static double moment(double x, int power, double center, int cosine) {
    int points = 60 + (int) (12 * Math.sqrt(x));
    double sum = 0;
    for (int k = 0; k < points; k++) {
      double sine = Math.sin(Math.PI * k / points);
      double v = 2 * sine * sine;
      double weight = cosine == 1 ? 1 - v : Math.pow(v - center, power);
      sum += Math.exp(-x * v) * weight;
    }
    return sum / points;
  }
}
