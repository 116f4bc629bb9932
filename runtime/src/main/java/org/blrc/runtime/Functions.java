package org.blrc.runtime;

/**
 * Scalar functions that emitted code needs and {@link Math} lacks, each in a form that is stable.
 */
public final class Functions {

  private Functions() {}

  /** 1 / (1 + exp(-x)). */
  public static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** log(1 + exp(x)), without overflow. */
  public static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** The inverse of the hyperbolic tangent; infinite at -1 and 1, NaN beyond. */
  public static double atanh(double x) {
    double magnitude = Math.abs(x);
    return Math.copySign(Math.log1p(2 * magnitude / (1 - magnitude)) / 2, x);
  }
}
