package org.blrc.runtime;

/**
 * The logarithm of the gamma function and its derivatives. Near the roots the root is split off;
 * for large arguments Stirling's series serves, and recurrences or reflection lead to one of the
 * two.
 */
final class GammaFunctions {

  /** log(2 pi) / 2. */
  private static final double HALF_LOG_TWO_PI = 0.9189385332046727;

  /** lgamma(x) / ((x - 1) (x - 2)) by x - 1/2, for x from 1/2 to 3/2. */
  private static final double[] ONE_OVER = {
    0.7631532572329335,
    4.770777607496598,
    11.686279486171978,
    14.248322798334971,
    9.084916114908062,
    2.9159366240220783,
    0.41407126013852186,
    0.018886106447397574,
    6.322465084206917e-05
  };

  private static final double[] ONE_UNDER = {
    1.0,
    7.015256204652373,
    19.731174295603584,
    28.517064248802132,
    22.590160503453053,
    9.707874878760087,
    2.107488298120385,
    0.19664781212084098,
    0.005324681809183941
  };

  /** The same by x - 3/2, for x from 3/2 to 3. */
  private static final double[] TWO_OVER = {
    0.4831289505409809,
    0.8465789493394437,
    0.547542711598399,
    0.1601969506559981,
    0.020714722126624185,
    0.0009441513503381805,
    4.591775499587539e-06,
    -3.510285178494397e-08
  };

  private static final double[] TWO_UNDER = {
    1.0,
    2.0543973697754185,
    1.6237713262773172,
    0.6194327926264002,
    0.11693837553355174,
    0.009932360837755576,
    0.00027722210756758145
  };

  /** The root of digamma less 1, in three parts. */
  private static final double ROOT_HIGH = 0.4616321325302124;

  private static final double ROOT_LOW = 1.2438149938918909e-08;

  private static final double ROOT_LOWEST = 4.341643069426251e-25;

  /** digamma(x) / (x - root) by x - 1, for x from 1 to 2. */
  private static final double[] ROOT_OVER = {
    1.2503801375034054,
    1.7395236015248232,
    0.8009632637053631,
    0.14385775347704502,
    0.008578049712380615,
    4.8862711602068775e-05,
    -5.255928232683594e-07
  };

  private static final double[] ROOT_UNDER = {
    1.0,
    2.074742619717552,
    1.4569679082420655,
    0.4338530757240686,
    0.053737122083413066,
    0.0021092941228867614
  };

  /** B(2k) / (2k (2k - 1)), with Bernoulli's numbers. */
  private static final double[] STIRLING = {
    0.08333333333333333,
    -0.002777777777777778,
    0.0007936507936507937,
    -0.0005952380952380953,
    0.0008417508417508417,
    -0.0019175269175269176,
    0.00641025641025641,
    -0.029550653594771242
  };

  /** B(2k) / 2k. */
  private static final double[] DIGAMMA = {
    0.08333333333333333,
    -0.008333333333333333,
    0.003968253968253968,
    -0.004166666666666667,
    0.007575757575757576,
    -0.021092796092796094,
    0.08333333333333333,
    -0.4432598039215686
  };

  /** B(2k). */
  private static final double[] BERNOULLI = {
    0.16666666666666666,
    -0.03333333333333333,
    0.023809523809523808,
    -0.03333333333333333,
    0.07575757575757576,
    -0.2531135531135531,
    1.1666666666666667,
    -7.092156862745098,
    54.971177944862156,
    -529.1242424242424
  };

  /** B(2k) / (2k)!. */
  private static final double[] EULER_MACLAURIN = {
    0.08333333333333333,
    -0.001388888888888889,
    3.306878306878307e-05,
    -8.267195767195768e-07,
    2.08767569878681e-08,
    -5.284190138687493e-10,
    1.3382536530684679e-11,
    -3.3896802963225827e-13,
    8.586062056277845e-15,
    -2.174868698558062e-16,
    5.5090028283602295e-18
  };

  private static final double STIRLING_FROM = 8;
  private static final double DIGAMMA_FROM = 10;
  private static final double LARGEST_FACTORIAL = 170;

  private GammaFunctions() {}

  static double lgamma(double x) {
    if (x >= STIRLING_FROM) {
      return (x - 0.5) * (Math.log(x) - 1) + (HALF_LOG_TWO_PI - 0.5) + stirlingSeries(x);
    }
    if (x >= 3) {
      double product = 1;
      double rest = x;
      while (rest >= 3) {
        rest -= 1;
        product *= rest;
      }
      return Math.log(product) + nearTwo(rest - 2);
    }
    if (x >= 1.5) {
      return nearTwo(x - 2);
    }
    if (x >= 0.5) {
      return nearOne(x - 1);
    }
    if (!(x < -0.5)) {
      return nearOne(x) - Math.log(Math.abs(x));
    }
    double sine = Math.sin(Math.PI * fraction(x));
    return sine == 0 || x == Double.NEGATIVE_INFINITY
        ? Double.POSITIVE_INFINITY
        : Math.log(Math.PI / Math.abs(x * sine)) - lgamma(-x);
  }

  /** lgamma(1 + y) for y from -1/2 to 1, exact to the last digits where y is small. */
  static double lgammaOnePlus(double y) {
    return y <= 0.5 ? nearOne(y) : nearTwo(y - 1);
  }

  /** lgamma(1 + y) for |y| &lt;= 1/2. */
  private static double nearOne(double y) {
    return y * (y - 1) * Approximations.ratio(ONE_OVER, ONE_UNDER, y + 0.5);
  }

  /** lgamma(2 + y) for y from -1/2 to 1. */
  private static double nearTwo(double y) {
    return y * (y + 1) * Approximations.ratio(TWO_OVER, TWO_UNDER, y + 0.5);
  }

  private static double stirlingSeries(double x) {
    return Approximations.polynomial(STIRLING, 1 / (x * x)) / x;
  }

  /** What Stirling's formula lacks: lgamma(x + 1) - log(sqrt(2 pi x) (x / e)^x), for x &gt;= 8. */
  static double stirlingError(double x) {
    return stirlingSeries(x);
  }

  /** The gamma function at 1 + y, for y from 0 to 10. */
  static double gammaOnePlus(double y) {
    double product = 1;
    double rest = y;
    while (rest > 0.5) {
      product *= rest;
      rest -= 1;
    }
    return product * Math.exp(nearOne(rest));
  }

  static double digamma(double x) {
    if (x >= DIGAMMA_FROM) {
      double square = 1 / (x * x);
      return Math.log(x) - 0.5 / x - square * Approximations.polynomial(DIGAMMA, square);
    }
    if (!(x <= 0)) {
      double rest = x;
      double sum = 0;
      while (rest >= 2) {
        rest -= 1;
        sum += 1 / rest;
      }
      return rest >= 1 ? sum + nearRoot(rest - 1) : nearRoot(x) - 1 / x;
    }
    if (x == 0) {
      return -1 / x;
    }
    double angle = fraction(x);
    return angle == 0 ? Double.NaN : digamma(1 - x) - Math.PI / Math.tan(Math.PI * angle);
  }

  /** digamma(1 + y) for y from 0 to 1. */
  private static double nearRoot(double y) {
    return (y - ROOT_HIGH - ROOT_LOW - ROOT_LOWEST)
        * Approximations.ratio(ROOT_OVER, ROOT_UNDER, y);
  }

  static double trigamma(double x) {
    if (!(x <= 0)) {
      double rest = x;
      double sum = 0;
      while (rest < DIGAMMA_FROM) {
        sum += 1 / (rest * rest);
        rest += 1;
      }
      double inverse = 1 / rest;
      double square = inverse * inverse;
      double series = square * Approximations.polynomial(BERNOULLI, square);
      return sum + inverse * (1 + 0.5 * inverse + series);
    }
    double sine = Math.sin(Math.PI * fraction(x)) / Math.PI;
    return sine == 0 ? Double.POSITIVE_INFINITY : 1 / (sine * sine) - trigamma(1 - x);
  }

  static double polygamma(double order, double x) {
    if (order == 0) {
      return digamma(x);
    }
    if (order == 1) {
      return trigamma(x);
    }
    if (!(order >= 0) || order != Math.rint(order) || !(x > 0)) {
      return Double.NaN;
    }
    double sign = order % 2 == 0 ? -1 : 1;
    if (x >= DIGAMMA_FROM + order) {
      double value = sign * eulerMaclaurin(order + 1, x) / x;
      for (int k = 1; k <= order; k++) {
        value *= k / x;
      }
      return value;
    }
    double zeta = hurwitzZeta(order + 1, x);
    if (order > LARGEST_FACTORIAL) {
      return sign * Math.exp(lgamma(order + 1) + Math.log(zeta));
    }
    double value = sign * zeta;
    for (int k = 2; k <= order; k++) {
      value *= k;
    }
    return value;
  }

  /** The sum of (x + k)^-s over k = 0, 1, ... */
  private static double hurwitzZeta(double s, double x) {
    double rest = x;
    double sum = 0;
    while (rest < DIGAMMA_FROM + s) {
      double term = Math.pow(rest, -s);
      sum += term;
      if (term <= sum * 1e-20) {
        return sum;
      }
      rest += 1;
    }
    return sum + Math.pow(rest, -s) * eulerMaclaurin(s, rest);
  }

  /** The same sum for large x, over x^-s. */
  private static double eulerMaclaurin(double s, double x) {
    double series = 0;
    double rising = s / x;
    for (int k = 0; k < EULER_MACLAURIN.length; k++) {
      series += EULER_MACLAURIN[k] * rising;
      rising *= (s + 2 * k + 1) * (s + 2 * k + 2) / (x * x);
    }
    return x / (s - 1) + 0.5 + series;
  }

  /**
   * The distance from the nearest integer; sines and cotangents of pi x are those of pi times it.
   */
  private static double fraction(double x) {
    return x - Math.rint(x);
  }
}
