package org.blrc.runtime;

/**
 * Scalar functions that emitted code needs and {@link Math} lacks, each in a form that is stable.
 * Outside its domain a function is NaN.
 */
public final class Functions {

  private Functions() {}

  /** (exp(x) - 1) / x, and 1 at 0. */
  public static double exprel(double x) {
    return x == 0 ? 1 : x == Double.POSITIVE_INFINITY ? x : Math.expm1(x) / x;
  }

  /** 1 / (1 + exp(-x)). */
  public static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** log(1 + exp(x)), without overflow. */
  public static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** log(exp(x) + exp(y)), without overflow. */
  public static double logaddexp(double x, double y) {
    return x == y ? x + Math.log(2) : Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y)));
  }

  /** The inverse of the hyperbolic tangent; infinite at -1 and 1, NaN beyond. */
  public static double atanh(double x) {
    double magnitude = Math.abs(x);
    return Math.copySign(Math.log1p(2 * magnitude / (1 - magnitude)) / 2, x);
  }

  /** log|Gamma(x)|; infinite at 0, -1, -2, ... */
  public static double lgamma(double x) {
    return GammaFunctions.lgamma(x);
  }

  /** The derivative of {@link #lgamma}. */
  public static double digamma(double x) {
    return GammaFunctions.digamma(x);
  }

  /** The derivative of {@link #digamma}. */
  public static double trigamma(double x) {
    return GammaFunctions.trigamma(x);
  }

  /** The derivative of {@link #digamma} of an order 0, 1, 2, ...; from the order 2 on for x > 0. */
  public static double polygamma(double order, double x) {
    return GammaFunctions.polygamma(order, x);
  }

  /** The integral of 2 / sqrt(pi) exp(-t^2) from 0 to x. */
  public static double erf(double x) {
    return ErrorFunctions.erf(x);
  }

  /** 1 - erf(x). */
  public static double erfc(double x) {
    return ErrorFunctions.erfc(x);
  }

  /** exp(x^2) erfc(x). */
  public static double erfcx(double x) {
    return ErrorFunctions.erfcx(x);
  }

  /** The probability that a standard normal number is less than x. */
  public static double ndtr(double x) {
    return ErrorFunctions.ndtr(x);
  }

  /** log(ndtr(x)). */
  public static double logNdtr(double x) {
    return ErrorFunctions.logNdtr(x);
  }

  /** The inverse of {@link #ndtr}. */
  public static double ndtri(double p) {
    return ErrorFunctions.ndtri(p);
  }

  /** The modified Bessel function of order 0. */
  public static double besselI0(double x) {
    return BesselFunctions.i0(x);
  }

  /** The modified Bessel function of order 1. */
  public static double besselI1(double x) {
    return BesselFunctions.i1(x);
  }

  /** exp(-|x|) I0(x). */
  public static double besselI0e(double x) {
    return BesselFunctions.i0e(x);
  }

  /** exp(-|x|) I1(x). */
  public static double besselI1e(double x) {
    return BesselFunctions.i1e(x);
  }

  /** log(I0(x)), without overflow. */
  public static double logBesselI0(double x) {
    return BesselFunctions.logI0(x);
  }

  /** I1(x) / I0(x), the derivative of {@link #logBesselI0}. */
  public static double besselRatio(double x) {
    return BesselFunctions.ratio(x);
  }

  /** The derivative of {@link #besselRatio}, without the cancellation of 1 - A^2 - A / x. */
  public static double besselRatioSlope(double x) {
    return BesselFunctions.ratioSlope(x);
  }

  /** The inverse of {@link #besselRatio}, from (-1, 1). */
  public static double besselRatioInverse(double ratio) {
    return BesselFunctions.ratioInverse(ratio);
  }

  /** The regularised lower incomplete gamma function P(a, x), for a, x >= 0. */
  public static double gammainc(double a, double x) {
    return IncompleteGamma.lower(a, x);
  }

  /** The regularised upper incomplete gamma function 1 - P(a, x). */
  public static double gammaincc(double a, double x) {
    return IncompleteGamma.upper(a, x);
  }

  /** The derivative of P(a, x) by a. */
  public static double gammaincByShape(double a, double x) {
    return IncompleteGamma.lowerByShape(a, x);
  }

  /** The derivative of P(a, x) by x. */
  public static double gammaDensity(double a, double x) {
    return IncompleteGamma.density(a, x);
  }

  /** The x with P(a, x) = p. */
  public static double gammaincinv(double a, double p) {
    return IncompleteGamma.lowerInverse(a, p);
  }

  /** The least n of 0, 1, 2, ... with 1 - P(n + 1, mean) >= p, for a mean > 0 and p in [0, 1]. */
  public static double pdtrik(double p, double mean) {
    return Counts.quantile(p, mean);
  }

  /**
   * The integral of exp(k cos(t)) / (2 pi I0(k)) from -pi to x, for k >= 0. It grows by 1 in each
   * turn.
   */
  public static double besselI0inc(double k, double x) {
    return IncompleteBessel.lower(k, x);
  }

  /** The derivative of {@link #besselI0inc} by k. */
  public static double besselI0incByConcentration(double k, double x) {
    return IncompleteBessel.lowerByConcentration(k, x);
  }

  /** The derivative of {@link #besselI0inc} by x. */
  public static double angleDensity(double k, double x) {
    return IncompleteBessel.density(k, x);
  }

  /** The x in [-pi, pi] at which {@link #besselI0inc} is p. */
  public static double besselI0incinv(double k, double p) {
    return IncompleteBessel.lowerInverse(k, p);
  }

  /** The regularised incomplete beta function, for a, b > 0 and x in [0, 1]. */
  public static double betainc(double a, double b, double x) {
    return IncompleteBeta.regularized(a, b, x);
  }

  /** The derivative of {@link #betainc} by x. */
  public static double betaDensity(double a, double b, double x) {
    return IncompleteBeta.density(a, b, x);
  }
}
