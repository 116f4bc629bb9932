package org.blrc.runtime;

/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 - P(a, x): a power series left
 * of the mean, a continued fraction right of it and, where a is large and x near, Temme's uniform
 * expansion. Each method has its own derivative by a, so that the derivative does not cancel.
 */
final class IncompleteGamma {

  /** c_k(eta) in Temme's expansion (NIST's Digital Library of Mathematical Functions, 8.12). */
  private static final double[][] TEMME = {
    {
      -0.3333333333333333,
      0.08333333333333333,
      -0.014814814814814815,
      0.0011574074074074073,
      0.0003527336860670194,
      -0.0001787551440329218,
      3.919263178522438e-05,
      -2.185448510679992e-06,
      -1.85406221071516e-06,
      8.296711340953087e-07,
      -1.7665952736826078e-07,
      6.707853543401498e-09,
      1.0261809784240309e-08,
      -4.382036018453353e-09,
      9.14769958223679e-10
    },
    {
      -0.001851851851851852,
      -0.003472222222222222,
      0.0026455026455026454,
      -0.0009902263374485596,
      0.00020576131687242798,
      -4.018775720164609e-07,
      -1.8098550334489977e-05,
      7.64916091608111e-06,
      -1.6120900894563446e-06,
      4.647127802807434e-09,
      1.378633446915721e-07,
      -5.752545603517705e-08,
      1.1951628599778148e-08
    },
    {
      0.004133597883597883,
      -0.0026813271604938273,
      0.0007716049382716049,
      2.0093878600823047e-06,
      -0.0001073665322636516,
      5.2923448829120125e-05,
      -1.2760635188618728e-05,
      3.423578734096138e-08,
      1.3721957309062934e-06,
      -6.298992138380055e-07,
      1.4280614206064242e-07
    },
    {
      0.0006494341563786008,
      0.00022947209362139917,
      -0.0004691894943952557,
      0.00026772063206283885,
      -7.561801671883977e-05,
      -2.396505113867297e-07,
      1.1082654115347302e-05,
      -5.6749528269915965e-06,
      1.4230900732435883e-06,
      -2.7861080291528143e-11,
      -1.6958404091930278e-07
    },
    {
      -0.0008618882909167117,
      0.0007840392217200666,
      -0.0002990724803031902,
      -1.4638452578843418e-06,
      6.641498215465122e-05,
      -3.968365047179435e-05,
      1.1375726970678419e-05,
      2.507497226237533e-10,
      -1.6954149536558305e-06
    },
    {
      -0.00033679855336635813,
      -6.972813758365857e-05,
      0.0002772753244959392,
      -0.00019932570516188847,
      6.797780477937208e-05,
      1.419062920643967e-07,
      -1.3594048189768693e-05
    },
    {
      0.0005313079364639922,
      -0.0005921664373536939,
      0.0002708782096718045,
      7.902353232660328e-07,
      -8.153969367561969e-05
    },
    {0.00034436760689237765, 5.171790908260592e-05, -0.00033493161081142234}
  };

  private static final double TEMME_FROM = 60;
  private static final double TEMME_WIDTH = 0.3;

  private static final double TINY = 1e-300;
  private static final double PRECISION = 1e-17;
  private static final int MOST_TERMS = 10_000;
  private static final int MOST_STEPS = 100;

  private IncompleteGamma() {}

  static double lower(double a, double x) {
    if (!(a >= 0) || !(x >= 0) || (a == 0 && x == 0)) {
      return Double.NaN;
    }
    if (x == 0 || a == 0 || Double.isInfinite(x) || Double.isInfinite(a)) {
      return extreme(a, x);
    }
    if (isNear(a, x)) {
      return uniform(a, x, -1);
    }
    return x < Math.max(a, 1) ? power(a, x) * series(a, x) : 1 - upperFraction(a, x);
  }

  static double upper(double a, double x) {
    if (!(a >= 0) || !(x >= 0) || (a == 0 && x == 0)) {
      return Double.NaN;
    }
    if (x == 0 || a == 0 || Double.isInfinite(x) || Double.isInfinite(a)) {
      return 1 - extreme(a, x);
    }
    if (isNear(a, x)) {
      return uniform(a, x, 1);
    }
    if (x >= Math.max(a, 1)) {
      return upperFraction(a, x);
    }
    return a < 1 ? upperSmall(a, x) : 1 - power(a, x) * series(a, x);
  }

  /** P where one of the two is 0 or infinite. */
  private static double extreme(double a, double x) {
    if (Double.isInfinite(a)) {
      return Double.isInfinite(x) ? Double.NaN : 0;
    }
    return x == 0 ? 0 : 1;
  }

  /** The derivative of P by a. */
  static double lowerByShape(double a, double x) {
    if (!(a > 0) || !(x >= 0) || Double.isInfinite(a)) {
      return Double.NaN;
    }
    if (x == 0 || Double.isInfinite(x)) {
      return 0;
    }
    if (isNear(a, x)) {
      return uniformByShape(a, x);
    }
    return x < Math.max(a, 1) ? seriesByShape(a, x) : fractionByShape(a, x);
  }

  /** The derivative of P by x. */
  static double density(double a, double x) {
    return a > 0 && x > 0 ? power(a, x) * (a / x) : Double.NaN;
  }

  private static boolean isNear(double a, double x) {
    return a >= TEMME_FROM && Math.abs(x - a) < TEMME_WIDTH * a;
  }

  /** x^a exp(-x) / Gamma(a + 1). */
  static double power(double a, double x) {
    return power(a, x, x - a);
  }

  /** The same, where x - a is known better than from x. */
  static double power(double a, double x, double excess) {
    if (a < 10) {
      double half = Math.exp(-x / 2);
      return half == 0 ? 0 : Math.pow(x, a) * half * half / GammaFunctions.gammaOnePlus(a);
    }
    double exponent = -GammaFunctions.stirlingError(a) - a * lag(excess / a, x / a);
    return Math.exp(exponent) / Math.sqrt(2 * Math.PI * a);
  }

  /** m - log(1 + m), where 1 + m is also known as a ratio. */
  private static double lag(double m, double ratio) {
    if (!(Math.abs(m) < 0.5)) {
      return m - Math.log(ratio);
    }
    double r = m / (2 + m);
    double square = r * r;
    double sum = 0;
    for (int k = 31; k >= 3; k -= 2) {
      sum = sum * square + 1.0 / k;
    }
    return r * (m - 2 * square * sum);
  }

  /** 1 + x / (a + 1) + x^2 / ((a + 1) (a + 2)) + ... */
  private static double series(double a, double x) {
    double term = 1;
    double sum = 1;
    for (int n = 1; n < MOST_TERMS && term > PRECISION * sum; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return sum;
  }

  private static double seriesByShape(double a, double x) {
    double term = 1;
    double sum = 1;
    double harmonic = 0;
    double slope = 0;
    for (int n = 1; n < MOST_TERMS && term > PRECISION * sum; n++) {
      term *= x / (a + n);
      harmonic += 1 / (a + n);
      sum += term;
      slope += term * harmonic;
    }
    return power(a, x) * (sum * (Math.log(x) - GammaFunctions.digamma(a + 1)) - slope);
  }

  /** Q for a and x below 1, as the difference of P from 1 term by term. */
  private static double upperSmall(double a, double x) {
    double exponent = a * Math.log(x) - GammaFunctions.lgammaOnePlus(a);
    double term = 1;
    double sum = 0;
    for (int n = 1; n < MOST_TERMS && Math.abs(term) > PRECISION * Math.abs(sum); n++) {
      term *= -x / n;
      sum += term / (a + n);
    }
    return -Math.expm1(exponent) - Math.exp(exponent) * a * sum;
  }

  private static double upperFraction(double a, double x) {
    return power(a, x) * a * fraction(a, x)[0];
  }

  private static double fractionByShape(double a, double x) {
    double[] fraction = fraction(a, x);
    double log = Math.log(x) - GammaFunctions.digamma(a);
    return -power(a, x) * a * (fraction[0] * log + fraction[1]);
  }

  /**
   * 1/(x + 1 - a - (1 - a)/(x + 3 - a - 2 (2 - a)/...)) and its derivative by a (Lentz's method).
   */
  private static double[] fraction(double a, double x) {
    double b = x + 1 - a;
    double c = 1 / TINY;
    double d = 1 / b;
    double value = d;
    double cSlope = 0;
    double dSlope = d * d;
    double slope = dSlope;
    for (int n = 1; n < MOST_TERMS; n++) {
      double top = n * (a - n);
      b += 2;
      double inverse = 1 / (top * d + b);
      dSlope = -inverse * inverse * (n * d + top * dSlope - 1);
      d = inverse;
      double before = c;
      c = b + top / before;
      cSlope = -1 + n / before - top * cSlope / before / before;
      double factor = c * d;
      double factorSlope = cSlope * d + c * dSlope;
      slope = slope * factor + value * factorSlope;
      value *= factor;
      if (Math.abs(factor - 1) < 1e-16
          && Math.abs(value * factorSlope) <= 1e-16 * Math.abs(slope)) {
        break;
      }
    }
    return new double[] {value, slope};
  }

  /** P with the sign -1, Q with 1. */
  private static double uniform(double a, double x, double sign) {
    double m = (x - a) / a;
    double half = lag(m, x / a);
    double eta = Math.copySign(Math.sqrt(2 * half), m);
    double[] series = temme(a, eta);
    double root = Math.sqrt(a / 2) * eta;
    return 0.5 * ErrorFunctions.erfc(sign * root)
        + sign * Math.exp(-a * half) / Math.sqrt(2 * Math.PI * a) * series[0];
  }

  private static double uniformByShape(double a, double x) {
    double m = (x - a) / a;
    double half = lag(m, x / a);
    double eta = Math.copySign(Math.sqrt(2 * half), m);
    double ratio = eta == 0 ? 1 : m / eta;
    double[] series = temme(a, eta);
    double sum =
        ratio - eta / 2 + series[0] * (Math.log1p(m) - 0.5 / a) - series[1] * ratio / a + series[2];
    return -Math.exp(-a * half) / Math.sqrt(2 * Math.PI * a) * sum;
  }

  /** The sum of c_k(eta) a^-k, and its derivatives by eta and a. */
  private static double[] temme(double a, double eta) {
    double value = 0;
    double byEta = 0;
    double byShape = 0;
    for (int k = TEMME.length - 1; k >= 0; k--) {
      double c = 0;
      double slope = 0;
      for (int n = TEMME[k].length - 1; n >= 0; n--) {
        slope = slope * eta + c;
        c = c * eta + TEMME[k][n];
      }
      byShape = (byShape - value / a) / a;
      value = value / a + c;
      byEta = byEta / a + slope;
    }
    return new double[] {value, byEta, byShape};
  }

  /** The x with P(a, x) = p. */
  static double lowerInverse(double a, double p) {
    if (!(a > 0) || !(p >= 0 && p <= 1)) {
      return Double.NaN;
    }
    if (p == 0 || p == 1) {
      return p == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    // P <= x^a / Gamma(a + 1), nearly with equality where x is small.
    double least = (Math.log(p) + GammaFunctions.lgamma(a + 1)) / a;
    if (least < -40) {
      return Math.exp(least);
    }
    double cube = 1 - 1 / (9 * a) + ErrorFunctions.ndtri(p) / (3 * Math.sqrt(a));
    double start = a * cube * cube * cube;
    boolean isLower = p <= 0.5;
    double target = Math.log(isLower ? p : 1 - p);
    double x = Math.max(Math.exp(least), cube > 0 ? start : 0);
    // In log(x), log P and log Q are concave: Newton's method converges from everywhere.
    for (int step = 0; step < MOST_STEPS; step++) {
      double tail = isLower ? lower(a, x) : upper(a, x);
      double slope = power(a, x) * a / tail;
      double move = (target - Math.log(tail)) / slope;
      double next = x * Math.exp(isLower ? move : -move);
      if (!(Math.abs(next - x) > 1e-15 * x)) {
        return next;
      }
      x = next;
    }
    return x;
  }
}
