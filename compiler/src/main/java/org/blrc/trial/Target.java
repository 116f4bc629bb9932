package org.blrc.trial;

import java.util.List;

/**
 * A model that is nothing but a density, of independent coordinates: the loss is its negative
 * logarithm. There is one example, which says nothing, so that the mean loss is the loss.
 */
interface Target extends Model {

  /** Takes the place of examples. */
  Dataset NO_DATA = Dataset.of(List.of(new double[0]), List.of(0));

  /** The negative log density of a coordinate. */
  double loss(int coordinate, double x);

  /** Its derivative. */
  double slope(int coordinate, double x);

  /** Its second derivative. */
  double curvature(int coordinate, double x);

  /** What sets a coordinate apart from the others. */
  String label(int coordinate);

  /** Where the density of every coordinate is least between two modes, in ascending order. */
  List<Double> valleys();

  @Override
  default double loss(double[] w, double[] x, int label) {
    double sum = 0;
    for (int i = 0; i < w.length; i++) {
      sum += loss(i, w[i]);
    }
    return sum;
  }

  @Override
  default void addGradient(
      double[] w, double[] x, int label, double scale, double[] out, int from) {
    for (int i = 0; i < w.length; i++) {
      out[from + i] += scale * slope(i, w[i]);
    }
  }

  @Override
  default void addHessianProduct(
      double[] w, double[] v, double[] x, int label, double scale, double[] out, int from) {
    for (int i = 0; i < w.length; i++) {
      out[from + i] += scale * curvature(i, w[i]) * v[i];
    }
  }

  @Override
  default void addHessianDiagonal(
      double[] w, double[] x, int label, double scale, double[] out, int from) {
    for (int i = 0; i < w.length; i++) {
      out[from + i] += scale * curvature(i, w[i]);
    }
  }
}
