package org.blrc.program;

import org.apache.commons.numbers.gamma.Digamma;
import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.apache.commons.numbers.gamma.RegularizedGamma;
import org.blrc.symbolic.Function;

/**
 * The values of functions in double precision, from a library and from definitions: what emitted
 * code computes by other means is compared with them.
 */
public final class FunctionValues {

  private FunctionValues() {}

  public static double of(Function function, double... x) {
    return switch (function) {
      case EXP -> Math.exp(x[0]);
      case LOG -> Math.log(x[0]);
      case EXPM1 -> Math.expm1(x[0]);
      case LOG1P -> Math.log1p(x[0]);
      case EXPREL -> exprel(x[0]);
      case ABS -> Math.abs(x[0]);
      case SIGN -> Math.signum(x[0]);
      case SIN -> Math.sin(x[0]);
      case COS -> Math.cos(x[0]);
      case ATAN2 -> Math.atan2(x[0], x[1]);
      case TANH -> Math.tanh(x[0]);
      case ATANH -> Math.copySign(Math.log1p(2 * Math.abs(x[0]) / (1 - Math.abs(x[0]))) / 2, x[0]);
      case SIGMOID -> 1 / (1 + Math.exp(-x[0]));
      case SOFTPLUS -> logOfSum(x[0], 0);
      case LOGADDEXP -> logOfSum(x[0], x[1]);
      case LGAMMA -> lgamma(x[0]);
      case DIGAMMA -> Digamma.value(x[0]);
      case TRIGAMMA -> trigamma(x[0]);
      case POLYGAMMA -> polygamma(x[0], x[1]);
      case ERF -> Erf.value(x[0]);
      case ERFC -> Erfc.value(x[0]);
      case ERFCX -> Erfcx.value(x[0]);
      case NDTR -> Erfc.value(-x[0] / Math.sqrt(2)) / 2;
      case NDTRI -> -Math.sqrt(2) * InverseErfc.value(2 * x[0]);
      case LOG_NDTR -> logNdtr(x[0]);
      case BESSEL_I0 -> Bessel.scaled(0, x[0]) * Math.exp(Math.abs(x[0]));
      case BESSEL_I1 -> Bessel.scaled(1, x[0]) * Math.exp(Math.abs(x[0]));
      case BESSEL_I0E -> Bessel.scaled(0, x[0]);
      case BESSEL_I1E -> Bessel.scaled(1, x[0]);
      case LOG_BESSEL_I0 -> Bessel.logI0(x[0]);
      case BESSEL_RATIO -> Bessel.scaled(1, x[0]) / Bessel.scaled(0, x[0]);
      case BESSEL_RATIO_SLOPE -> Bessel.ratioSlope(x[0]);
      case BESSEL_RATIO_INVERSE -> Bessel.ratioInverse(x[0]);
      case GAMMAINC -> RegularizedGamma.P.value(x[0], x[1]);
      case GAMMAINCC -> RegularizedGamma.Q.value(x[0], x[1]);
      case GAMMAINC_DA -> gammaincByShape(x[0], x[1]);
      case GAMMAINC_DX -> RegularizedGamma.P.derivative(x[0], x[1]);
      case GAMMAINCINV -> gammaQuantile(x[0], x[1]);
      case PDTRIK -> countQuantile(x[0], x[1]);
      case BESSEL_I0INC -> Angles.probability(x[0], x[1]);
      case BESSEL_I0INC_DK -> Angles.probabilityByConcentration(x[0], x[1]);
      case BESSEL_I0INC_DX -> Angles.density(x[0], x[1]);
      case BESSEL_I0INCINV -> Angles.quantile(x[0], x[1]);
      case BETAINC -> RegularizedBeta.value(x[2], x[0], x[1]);
      case BETAINC_DX -> RegularizedBeta.derivative(x[2], x[0], x[1]);
      case MIN -> Math.min(x[0], x[1]);
      case MAX -> Math.max(x[0], x[1]);
      case CLAMP -> Math.min(Math.max(x[0], x[1]), x[2]);
      case EQUAL -> indicator(x[0] == x[1], x);
      case GREATER -> indicator(x[0] > x[1], x);
    };
  }

  private static double indicator(boolean holds, double... x) {
    return Double.isNaN(x[0]) || Double.isNaN(x[1]) ? Double.NaN : holds ? 1 : 0;
  }

  /** The sum of x^n / (n + 1)!, or what it comes to where nothing cancels. */
  private static double exprel(double x) {
    if (Math.abs(x) > 1) {
      return x == Double.POSITIVE_INFINITY ? x : (Math.exp(x) - 1) / x;
    }
    double sum = 1;
    for (int n = 20; n > 1; n--) {
      sum = 1 + x / n * sum;
    }
    return sum;
  }

  private static double logOfSum(double x, double y) {
    return x == y ? x + Math.log(2) : Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y)));
  }

  private static double lgamma(double x) {
    return x > 0
        ? LogGamma.value(x)
        : Math.log(Math.PI / Math.abs(x * Math.sin(Math.PI * (x - Math.rint(x)))))
            - LogGamma.value(-x);
  }

  private static double trigamma(double x) {
    return x > 0
        ? polygamma(1, x)
        : Math.pow(Math.PI / Math.sin(Math.PI * (x - Math.rint(x))), 2) - polygamma(1, 1 - x);
  }

  /** The sum of (x + k)^-(n + 1), a thousand terms and an integral for the rest. */
  private static double polygamma(double n, double x) {
    double sign = n % 2 == 0 ? -1 : 1;
    if (!(x > 0) || n < 0 || n != Math.rint(n)) {
      return Double.NaN;
    }
    if (n == 0) {
      return Digamma.value(x);
    }
    double y = x + 1000;
    double tail = y / n + 0.5 + (n + 1) / (12 * y);
    double sum = Math.pow(y, -n - 1) * tail;
    for (int k = 999; k >= 0; k--) {
      sum += Math.pow(x + k, -n - 1);
    }
    return sign * Math.exp(LogGamma.value(n + 1)) * sum;
  }

  private static double logNdtr(double x) {
    return x < 0
        ? Math.log(Erfcx.value(-x / Math.sqrt(2)) / 2) - x * x / 2
        : Math.log1p(-Erfc.value(x / Math.sqrt(2)) / 2);
  }

  /** P is the sum of x^(a + n) exp(-x) / Gamma(a + n + 1), differentiated term by term. */
  private static double gammaincByShape(double a, double x) {
    if (x == 0) {
      return 0;
    }
    double sum = 0;
    double term = RegularizedGamma.P.derivative(a + 1, x);
    for (int n = 0; n < x + 100 || term > 1e-20 * Math.abs(sum); n++) {
      sum += term * (Math.log(x) - Digamma.value(a + n + 1));
      term *= x / (a + n + 1);
    }
    return sum;
  }

  /** By halving between 0 and what is certainly beyond. */
  private static double countQuantile(double p, double mean) {
    if (!(mean > 0) || Double.isInfinite(mean) || !(p >= 0 && p <= 1)) {
      return Double.NaN;
    }
    double below = -1;
    double above = p == 1 ? Double.POSITIVE_INFINITY : Math.ceil(mean + 50 * Math.sqrt(mean) + 500);
    for (double n = Math.floor((below + above) / 2);
        below < n && n < above;
        n = Math.floor((below + above) / 2)) {
      boolean reaches =
          p < 0.5
              ? RegularizedGamma.Q.value(n + 1, mean) >= p
              : RegularizedGamma.P.value(n + 1, mean) <= 1 - p;
      if (reaches) {
        above = n;
      } else {
        below = n;
      }
    }
    return above;
  }

  private static double gammaQuantile(double a, double p) {
    return !(a > 0) || !(p >= 0 && p <= 1)
        ? Double.NaN
        : Roots.increasing(
            x ->
                p < 0.5
                    ? RegularizedGamma.P.value(a, x) - p
                    : 1 - p - RegularizedGamma.Q.value(a, x));
  }
}
