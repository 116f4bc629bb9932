package org.blrc.trial;

import java.util.random.RandomGenerator;

/**
 * A classifier whose parameters take one of two values. To the wrapped one the lower value is
 * {@code -scale}, the upper one {@code +scale}, and what lies between is in between: relaxed
 * weights have a loss and derivatives too.
 */
final class BinaryWeights implements Classifier {

  private final Classifier model;
  private final double[] scale;
  private final double middle;
  private final double slope;

  /**
   * Wraps a classifier.
   *
   * @param scale of each parameter
   */
  BinaryWeights(Classifier model, double[] scale, double lower, double upper) {
    this.model = model;
    this.scale = scale.clone();
    middle = (lower + upper) / 2;
    slope = 2 / (upper - lower);
  }

  /** The same with other values. */
  BinaryWeights between(double lower, double upper) {
    return new BinaryWeights(model, scale, lower, upper);
  }

  @Override
  public int dimension() {
    return model.dimension();
  }

  @Override
  public int classes() {
    return model.classes();
  }

  /** Standard normal: of both signs, and of no weight already sure. */
  @Override
  public double[] initial(RandomGenerator random) {
    double[] w = new double[dimension()];
    for (int i = 0; i < w.length; i++) {
      w[i] = random.nextGaussian();
    }
    return w;
  }

  @Override
  public double loss(double[] w, double[] x, int label) {
    return model.loss(weights(w), x, label);
  }

  @Override
  public void probabilities(double[] w, double[] x, double[] out) {
    model.probabilities(weights(w), x, out);
  }

  @Override
  public void addLosses(
      double[] held, double[] w, double[] x, int label, double factor, double[] out, int from) {
    model.addLosses(weights(held), weights(w), x, label, factor, out, from);
  }

  @Override
  public void addGradient(
      double[] w, double[] x, int label, double factor, double[] out, int from) {
    double[] gradient = new double[dimension()];
    model.addGradient(weights(w), x, label, factor, gradient, 0);
    for (int i = 0; i < gradient.length; i++) {
      out[from + i] += slope * scale[i] * gradient[i];
    }
  }

  @Override
  public void addHessianDiagonal(
      double[] w, double[] x, int label, double factor, double[] out, int from) {
    double[] diagonal = new double[dimension()];
    model.addHessianDiagonal(weights(w), x, label, factor, diagonal, 0);
    for (int i = 0; i < diagonal.length; i++) {
      double chain = slope * scale[i];
      out[from + i] += chain * chain * diagonal[i];
    }
  }

  @Override
  public void addHessianProduct(
      double[] w, double[] v, double[] x, int label, double factor, double[] out, int from) {
    double[] along = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      along[i] = slope * scale[i] * v[i];
    }
    double[] product = new double[dimension()];
    model.addHessianProduct(weights(w), along, x, label, factor, product, 0);
    for (int i = 0; i < product.length; i++) {
      out[from + i] += slope * scale[i] * product[i];
    }
  }

  /** The wrapped classifier's parameters. */
  private double[] weights(double[] w) {
    double[] weights = new double[w.length];
    for (int i = 0; i < w.length; i++) {
      weights[i] = scale[i] * slope * (w[i] - middle);
    }
    return weights;
  }
}
