package org.blrc.runtime;

/**
 * The integral of exp(k cos(t)) from -pi to x, over that from -pi to pi, which is 2 pi I0(k): the
 * incomplete Bessel function, and the distribution function of an angle with the concentration k
 * around 0. Integrals are taken by a Gauss-Legendre rule over what matters of them, and of
 * integrands that keep their sign, so that small values are as exact as others.
 */
final class IncompleteBessel {

  /** The positive nodes of the rule with 48, on (-1, 1). */
  private static final double[] NODES = {
    0.9987710072524261,
    0.9935301722663508,
    0.9841245837228269,
    0.9705915925462473,
    0.9529877031604309,
    0.9313866907065543,
    0.9058791367155696,
    0.8765720202742479,
    0.8435882616243935,
    0.8070662040294426,
    0.7671590325157404,
    0.7240341309238146,
    0.6778723796326639,
    0.6288673967765136,
    0.5772247260839727,
    0.523160974722233,
    0.4669029047509584,
    0.4086864819907167,
    0.34875588629216075,
    0.28736248735545555,
    0.22476379039468905,
    0.1612223560688917,
    0.0970046992094627,
    0.03238017096286936
  };

  private static final double[] WEIGHTS = {
    0.0031533460523058385,
    0.0073275539012762625,
    0.01147723457923454,
    0.015579315722943849,
    0.01961616045735553,
    0.02357076083932438,
    0.027426509708356948,
    0.03116722783279809,
    0.03477722256477044,
    0.03824135106583071,
    0.04154508294346475,
    0.04467456085669428,
    0.04761665849249048,
    0.05035903555385447,
    0.05289018948519367,
    0.055199503699984165,
    0.057277292100403214,
    0.059114839698395635,
    0.06070443916589388,
    0.062039423159892665,
    0.06311419228625402,
    0.06392423858464819,
    0.06446616443595009,
    0.06473769681268392
  };

  /** What lies so far below, in its logarithm, is passed over. */
  private static final double NEGLIGIBLE = 42;

  /** What is missing from Math.PI to pi. */
  private static final double REST_OF_PI = 1.2246467991473532e-16;

  private static final int MOST_STEPS = 100;

  /** A step so short, beside what it is a step of, leaves an error beyond the last digit. */
  private static final double CUBED = 3e-6;

  /** What an integral is of, at a distance from where it begins. */
  @FunctionalInterface
  private interface Integrand {
    double at(double distance);
  }

  private IncompleteBessel() {}

  static double lower(double k, double x) {
    if (!(k >= 0) || Double.isInfinite(k) || Double.isInfinite(x)) {
      return Double.NaN;
    }
    double turns = turns(x);
    double angle = x - 2 * Math.PI * turns;
    return turns + (angle < 0 ? upper(k, -angle) : 1 - upper(k, angle));
  }

  /** How many turns an angle is from (-pi, pi). */
  private static double turns(double x) {
    return Math.abs(x) <= Math.PI ? 0 : Math.rint(x / (2 * Math.PI));
  }

  /** The derivative by x, which is a density. */
  static double density(double k, double x) {
    if (!(k >= 0)) {
      return Double.NaN;
    }
    double sine = Math.sin(x / 2);
    return Math.exp(-2 * k * sine * sine) / total(k);
  }

  /** 2 pi exp(-k) I0(k). */
  private static double total(double k) {
    return 2 * Math.PI * BesselFunctions.i0e(k);
  }

  /** The integral from x to pi, for x from 0 to pi. */
  private static double upper(double k, double x) {
    double half = Math.sin(x / 2);
    double end = Math.min(beyond(x), reach(k, half) - x);
    double integral = integral(end, t -> Math.exp(-fall(k, x, t)));
    return integral * Math.exp(-2 * k * half * half) / total(k);
  }

  /** The integral from 0 to x, for x from 0 to pi. */
  private static double middle(double k, double x) {
    double end = Math.min(x, reach(k, 0));
    return integral(end, t -> Math.exp(-fall(k, 0, t))) / total(k);
  }

  /** pi - x. */
  private static double beyond(double x) {
    return Math.PI - x + REST_OF_PI;
  }

  /** Where the integrand is negligible beside its value at the angle whose half has this sine. */
  private static double reach(double k, double half) {
    double sine = Math.sqrt(half * half + NEGLIGIBLE / 2 / k);
    return sine < 1 ? 2 * Math.asin(sine) : Double.POSITIVE_INFINITY;
  }

  /** k (cos(x) - cos(x + t)). */
  private static double fall(double k, double x, double t) {
    return 2 * k * Math.sin(t / 2) * Math.sin(x + t / 2);
  }

  /**
   * The derivative by k. The integrand, cos(t) less its mean times the density, changes its sign
   * once on each side, and its integral over a side is 0.
   */
  static double lowerByConcentration(double k, double x) {
    if (!(k >= 0) || Double.isInfinite(k) || Double.isInfinite(x)) {
      return Double.NaN;
    }
    double angle = x - 2 * Math.PI * turns(x);
    double size = Math.abs(angle);
    double half = Math.sin(size / 2);
    // 1 - A(k), beside which 1 - cos(t) stands without cancelling.
    double mean = BesselFunctions.complement(k);
    double value =
        2 * half * half < mean
            ? integral(size, t -> excess(mean, t) * Math.exp(-fall(k, 0, t))) / total(k)
            : -integral(
                    Math.min(beyond(size), reach(k, half) - size),
                    t -> excess(mean, size + t) * Math.exp(-fall(k, size, t)))
                * (Math.exp(-2 * k * half * half) / total(k));
    return Math.copySign(value, angle);
  }

  /** cos(t) - A(k). */
  private static double excess(double mean, double t) {
    double half = Math.sin(t / 2);
    return mean - 2 * half * half;
  }

  private static double integral(double end, Integrand integrand) {
    double center = end / 2;
    double sum = 0;
    for (int i = 0; i < NODES.length; i++) {
      double offset = center * NODES[i];
      sum += WEIGHTS[i] * (integrand.at(center - offset) + integrand.at(center + offset));
    }
    return sum * center;
  }

  /** The x in [-pi, pi] up to which the integral is p. */
  static double lowerInverse(double k, double p) {
    if (!(k >= 0) || Double.isInfinite(k) || !(p >= 0 && p <= 1)) {
      return Double.NaN;
    }
    double tail = Math.min(p, 1 - p);
    double size = tail < 0.25 ? upperInverse(k, tail) : middleInverse(k, 0.5 - tail);
    return p < 0.5 ? -size : size;
  }

  /** The angle beyond which so much lies, as of a normal or of a uniform distribution. */
  private static double start(double k, double tail) {
    double sine = -ErrorFunctions.ndtri(tail) / (2 * Math.sqrt(k));
    double uniform = Math.PI * (1 - 2 * tail);
    return sine < 1 ? Math.min(uniform, 2 * Math.asin(sine)) : uniform;
  }

  /** Halley's method. */
  private static double middleInverse(double k, double p) {
    double x = start(k, 0.5 - p);
    for (int step = 0; step < MOST_STEPS && x > 0; step++) {
      double newton = (p - middle(k, x)) / density(k, x);
      x += newton / (1 - newton * k * Math.sin(x) / 2);
      if (!(Math.abs(newton) > CUBED * x)) {
        break;
      }
    }
    return x;
  }

  /** Halley's method for the logarithm, within what certainly holds the root. */
  private static double upperInverse(double k, double p) {
    if (p == 0) {
      return Math.PI;
    }
    double low = 0;
    double high = Math.PI;
    double target = Math.log(p);
    double x = start(k, p);
    for (int step = 0; step < MOST_STEPS && low < high; step++) {
      double tail = upper(k, x);
      double excess = Math.log(tail) - target;
      if (excess > 0) {
        low = x;
      } else {
        high = x;
      }
      double hazard = density(k, x) / tail;
      double newton = excess / hazard;
      double next = x + newton / (1 + newton * (hazard - k * Math.sin(x)) / 2);
      if (Math.abs(newton) <= CUBED * x && Math.abs(excess) <= CUBED) {
        return Math.min(next, Math.PI);
      }
      x = next > low && next < high ? next : low + (high - low) / 2;
    }
    return x;
  }
}
