package org.blrc.runtime;

/** Quantiles of the number of events whose mean number is known. */
final class Counts {

  private Counts() {}

  /** The least n with Q(n + 1, mean) >= p, where Q is the regularised upper incomplete gamma. */
  static double quantile(double p, double mean) {
    if (!(mean > 0) || Double.isInfinite(mean) || !(p >= 0 && p <= 1)) {
      return Double.NaN;
    }
    if (p == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double start = start(p, mean);
    return reaches(start, p, mean) ? lastBefore(start, p, mean) : firstAfter(start, p, mean);
  }

  /** By the expansion of Cornish and Fisher, whose error is small beside the deviation. */
  private static double start(double p, double mean) {
    double z = ErrorFunctions.ndtri(p);
    double value = mean + Math.sqrt(mean) * z + (z * z - 1) / 6;
    return value > 0 ? Math.rint(value) : 0;
  }

  /** Whether Q(n + 1, mean) >= p, by the smaller of both tails. */
  private static boolean reaches(double n, double p, double mean) {
    return p < 0.5
        ? IncompleteGamma.upper(n + 1, mean) >= p
        : IncompleteGamma.lower(n + 1, mean) <= 1 - p;
  }

  private static double lastBefore(double start, double p, double mean) {
    double above = start;
    double step = step(start);
    while (above > 0) {
      double below = Math.max(0, above - step);
      if (!reaches(below, p, mean)) {
        return between(below, above, p, mean);
      }
      above = below;
      step *= 2;
    }
    return 0;
  }

  private static double firstAfter(double start, double p, double mean) {
    double below = start;
    double step = step(start);
    while (!reaches(below + step, p, mean)) {
      below += step;
      step *= 2;
    }
    return between(below, below + step, p, mean);
  }

  /** Whole numbers are further apart than 1 where they are huge. */
  private static double step(double n) {
    return Math.max(1, Math.ulp(n));
  }

  /** By halving, where the first does not reach p and the second does. */
  private static double between(double from, double to, double p, double mean) {
    double below = from;
    double above = to;
    while (true) {
      double middle = Math.floor(below + (above - below) / 2);
      if (!(middle > below && middle < above)) {
        return above;
      }
      if (reaches(middle, p, mean)) {
        above = middle;
      } else {
        below = middle;
      }
    }
  }
}
