package org.blrc.trial;

import java.util.random.RandomGenerator;

/** Two classes, 0 and 1; one weight for each input, then the bias. */
final class LogisticRegression implements Classifier {

  private final int inputs;

  LogisticRegression(int inputs) {
    this.inputs = inputs;
  }

  @Override
  public int dimension() {
    return inputs + 1;
  }

  @Override
  public int classes() {
    return 2;
  }

  @Override
  public double[] initial(RandomGenerator random) {
    return new double[dimension()];
  }

  @Override
  public double loss(double[] w, double[] x, int label) {
    double z = label == 1 ? -logit(w, x) : logit(w, x);
    return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
  }

  @Override
  public void addGradient(double[] w, double[] x, int label, double scale, double[] out, int from) {
    double residual = scale * (sigmoid(logit(w, x)) - label);
    for (int j = 0; j < inputs; j++) {
      out[from + j] += residual * x[j];
    }
    out[from + inputs] += residual;
  }

  @Override
  public void addHessianDiagonal(
      double[] w, double[] x, int label, double scale, double[] out, int from) {
    double z = logit(w, x);
    double curvature = scale * sigmoid(z) * sigmoid(-z);
    for (int j = 0; j < inputs; j++) {
      out[from + j] += curvature * x[j] * x[j];
    }
    out[from + inputs] += curvature;
  }

  @Override
  public void addHessianProduct(
      double[] w, double[] v, double[] x, int label, double scale, double[] out, int from) {
    double z = logit(w, x);
    double turn = scale * sigmoid(z) * sigmoid(-z) * logit(v, x);
    for (int j = 0; j < inputs; j++) {
      out[from + j] += turn * x[j];
    }
    out[from + inputs] += turn;
  }

  @Override
  public void probabilities(double[] w, double[] x, double[] out) {
    double z = logit(w, x);
    out[0] = sigmoid(-z);
    out[1] = sigmoid(z);
  }

  private double logit(double[] w, double[] x) {
    double z = w[inputs];
    for (int j = 0; j < inputs; j++) {
      z += w[j] * x[j];
    }
    return z;
  }

  private static double sigmoid(double z) {
    double e = Math.exp(-Math.abs(z));
    return (z >= 0 ? 1 : e) / (1 + e);
  }
}
