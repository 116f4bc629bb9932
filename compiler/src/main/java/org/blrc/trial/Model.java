package org.blrc.trial;

import java.util.random.RandomGenerator;

/**
 * The loss of one example as a function of a flat array of parameters, with exact derivatives.
 * Implementations keep no state between calls.
 */
interface Model {

  /** The number of parameters. */
  int dimension();

  /** Where training starts. */
  double[] initial(RandomGenerator random);

  /** The loss of an example with input {@code x}. */
  double loss(double[] w, double[] x, int label);

  /**
   * Adds, for each coordinate, {@code scale} times the example's loss with that coordinate as in
   * {@code w} and the others as {@code held}, to the {@link #dimension} entries of {@code out} that
   * begin at {@code from}.
   */
  default void addLosses(
      double[] held, double[] w, double[] x, int label, double scale, double[] out, int from) {
    double base = scale * loss(held, x, label);
    double[] moved = held.clone();
    for (int i = 0; i < w.length; i++) {
      if (w[i] == held[i]) {
        out[from + i] += base;
      } else {
        moved[i] = w[i];
        out[from + i] += scale * loss(moved, x, label);
        moved[i] = held[i];
      }
    }
  }

  /**
   * Adds {@code scale} times the gradient of the example's loss to the {@link #dimension} entries
   * of {@code out} that begin at {@code from}.
   */
  void addGradient(double[] w, double[] x, int label, double scale, double[] out, int from);

  /** The same for the diagonal of the Hessian. */
  void addHessianDiagonal(double[] w, double[] x, int label, double scale, double[] out, int from);

  /** The same for the product of the Hessian with {@code v}. */
  void addHessianProduct(
      double[] w, double[] v, double[] x, int label, double scale, double[] out, int from);

  /** The mean loss over a data set. */
  default double meanLoss(double[] w, Dataset data) {
    double sum = 0;
    for (int i = 0; i < data.size(); i++) {
      sum += loss(w, data.input(i), data.label(i));
    }
    return sum / data.size();
  }
}
