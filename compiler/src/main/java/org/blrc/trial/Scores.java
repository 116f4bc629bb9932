package org.blrc.trial;

import java.util.List;

/**
 * How well probabilities predict labels.
 *
 * @param accuracy the share of examples whose most probable class is the label
 * @param negativeLogLikelihood the mean of -log p(label); a probability of 0 counts as the smallest
 *     positive number
 * @param calibrationError the expected calibration error: the mean over examples of the distance
 *     between accuracy and mean confidence in the example's bin, for 15 bins of equal width of the
 *     largest probability (Guo et al., 2017)
 * @param brierScore the mean squared distance, from 0 to 2, of the probabilities from certainty
 *     about the label (Brier, 1950)
 */
public record Scores(
    double accuracy, double negativeLogLikelihood, double calibrationError, double brierScore) {

  private static final int BINS = 15;

  /**
   * Scores predictions.
   *
   * @param probabilities the probability of each class, for each example of {@code data}
   */
  static Scores of(List<double[]> probabilities, Dataset data) {
    double hits = 0;
    double surprise = 0;
    double squares = 0;
    double[] surplus = new double[BINS];
    for (int i = 0; i < data.size(); i++) {
      double[] p = probabilities.get(i);
      int best = largest(p);
      double hit = best == data.label(i) ? 1 : 0;
      hits += hit;
      surprise -= Math.log(Math.max(p[data.label(i)], Double.MIN_VALUE));
      for (int k = 0; k < p.length; k++) {
        double miss = p[k] - (k == data.label(i) ? 1 : 0);
        squares += miss * miss;
      }
      int bin = (int) Math.ceil(p[best] * BINS) - 1;
      surplus[Math.clamp(bin, 0, BINS - 1)] += hit - p[best];
    }
    double calibration = 0;
    for (double value : surplus) {
      calibration += Math.abs(value);
    }
    int n = data.size();
    return new Scores(hits / n, surprise / n, calibration / n, squares / n);
  }

  private static int largest(double[] values) {
    int best = 0;
    for (int k = 1; k < values.length; k++) {
      if (values[k] > values[best]) {
        best = k;
      }
    }
    return best;
  }
}
