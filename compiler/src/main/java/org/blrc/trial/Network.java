package org.blrc.trial;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A network with one hidden layer of tanh units and softmax cross-entropy. The parameters are, one
 * after the other, the hidden weights (a row of {@code hidden} for each input), the hidden biases,
 * the output weights (a row of {@code classes} for each hidden unit) and the output biases.
 */
final class Network implements Classifier {

  private final int inputs;
  private final int hidden;
  private final int classes;
  private final int hiddenBias;
  private final int outputWeights;
  private final int outputBias;

  Network(int inputs, int hidden, int classes) {
    this.inputs = inputs;
    this.hidden = hidden;
    this.classes = classes;
    hiddenBias = inputs * hidden;
    outputWeights = hiddenBias + hidden;
    outputBias = outputWeights + hidden * classes;
  }

  @Override
  public int dimension() {
    return outputBias + classes;
  }

  @Override
  public int classes() {
    return classes;
  }

  /** One number for each parameter of the hidden layer and one for each of the output layer. */
  double[] layers(double ofHidden, double ofOutput) {
    double[] values = new double[dimension()];
    Arrays.fill(values, 0, outputWeights, ofHidden);
    Arrays.fill(values, outputWeights, values.length, ofOutput);
    return values;
  }

  /** Weights are normal with variance 1 / (number of inputs of the unit), biases 0. */
  @Override
  public double[] initial(RandomGenerator random) {
    double[] w = new double[dimension()];
    for (int i = 0; i < hiddenBias; i++) {
      w[i] = random.nextGaussian() / Math.sqrt(inputs);
    }
    for (int i = outputWeights; i < outputBias; i++) {
      w[i] = random.nextGaussian() / Math.sqrt(hidden);
    }
    return w;
  }

  @Override
  public double loss(double[] w, double[] x, int label) {
    double[] logits = logits(w, activations(w, x));
    return logSum(logits) - logits[label];
  }

  @Override
  public void probabilities(double[] w, double[] x, double[] out) {
    double[] logits = logits(w, activations(w, x));
    double logSum = logSum(logits);
    for (int k = 0; k < classes; k++) {
      out[k] = Math.exp(logits[k] - logSum);
    }
  }

  /** A coordinate moves one hidden unit, or one logit; nothing else is computed again. */
  @Override
  public void addLosses(
      double[] held, double[] w, double[] x, int label, double scale, double[] out, int from) {
    double[] z = inputs(held, x);
    double[] h = tanh(z);
    double[] logits = logits(held, h);
    double base = scale * (logSum(logits) - logits[label]);
    double[] moved = new double[classes];
    for (int i = 0; i <= inputs; i++) {
      double value = i < inputs ? x[i] : 1;
      for (int j = 0; j < hidden; j++) {
        int at = i * hidden + j;
        double shift = value * (w[at] - held[at]);
        out[from + at] +=
            shift == 0
                ? base
                : scale * loss(held, logits, j, Math.tanh(z[j] + shift) - h[j], label, moved);
      }
    }
    for (int j = 0; j <= hidden; j++) {
      double value = j < hidden ? h[j] : 1;
      for (int k = 0; k < classes; k++) {
        int at = outputWeights + j * classes + k;
        double before = logits[k];
        logits[k] += value * (w[at] - held[at]);
        out[from + at] += logits[k] == before ? base : scale * (logSum(logits) - logits[label]);
        logits[k] = before;
      }
    }
  }

  /** The loss when hidden unit j moves; {@code moved} holds the logits that it leads to. */
  private double loss(double[] w, double[] logits, int j, double by, int label, double[] moved) {
    int row = outputWeights + j * classes;
    for (int k = 0; k < classes; k++) {
      moved[k] = logits[k] + by * w[row + k];
    }
    return logSum(moved) - moved[label];
  }

  @Override
  public void addGradient(double[] w, double[] x, int label, double scale, double[] out, int from) {
    double[] h = activations(w, x);
    double[] residual = residual(w, h, label);
    double[] delta = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      int row = outputWeights + j * classes;
      double back = 0;
      for (int k = 0; k < classes; k++) {
        back += w[row + k] * residual[k];
        out[from + row + k] += scale * h[j] * residual[k];
      }
      delta[j] = scale * back * (1 - h[j] * h[j]);
      out[from + hiddenBias + j] += delta[j];
    }
    for (int k = 0; k < classes; k++) {
      out[from + outputBias + k] += scale * residual[k];
    }
    addOuter(x, delta, out, from);
  }

  /**
   * Exact. With z the input of hidden unit j, h = tanh z, v the unit's output weights, p the
   * probabilities and y the label's indicator, the loss has
   *
   * <pre>
   * d2/dz2 = h'^2 (sum_k p_k v_k^2 - (sum_k p_k v_k)^2) + h'' sum_k v_k (p_k - y_k)
   * </pre>
   *
   * and each weight into z is multiplied by its input.
   */
  @Override
  public void addHessianDiagonal(
      double[] w, double[] x, int label, double scale, double[] out, int from) {
    double[] h = activations(w, x);
    double[] residual = residual(w, h, label);
    double[] p = residual.clone();
    p[label] += 1;
    double[] curvature = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      int row = outputWeights + j * classes;
      double mean = 0;
      double square = 0;
      double back = 0;
      for (int k = 0; k < classes; k++) {
        double v = w[row + k];
        mean += p[k] * v;
        square += p[k] * v * v;
        back += residual[k] * v;
        out[from + row + k] += scale * h[j] * h[j] * p[k] * (1 - p[k]);
      }
      double slope = 1 - h[j] * h[j];
      double bend = -2 * h[j] * slope;
      curvature[j] = scale * (slope * slope * (square - mean * mean) + bend * back);
      out[from + hiddenBias + j] += curvature[j];
    }
    for (int k = 0; k < classes; k++) {
      out[from + outputBias + k] += scale * p[k] * (1 - p[k]);
    }
    double[] squared = new double[inputs];
    for (int i = 0; i < inputs; i++) {
      squared[i] = x[i] * x[i];
    }
    addOuter(squared, curvature, out, from);
  }

  /** Derivatives of the lines of {@link #addGradient} along v (Pearlmutter 1994). */
  @Override
  public void addHessianProduct(
      double[] w, double[] v, double[] x, int label, double scale, double[] out, int from) {
    double[] h = activations(w, x);
    double[] residual = residual(w, h, label);
    double[] hDot = inputs(v, x);
    for (int j = 0; j < hidden; j++) {
      hDot[j] *= 1 - h[j] * h[j];
    }
    double[] residualDot = residualAlong(w, v, h, hDot, residual, label);
    double[] deltaDot = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      int row = outputWeights + j * classes;
      double back = 0;
      double backDot = 0;
      for (int k = 0; k < classes; k++) {
        back += w[row + k] * residual[k];
        backDot += v[row + k] * residual[k] + w[row + k] * residualDot[k];
        out[from + row + k] += scale * (hDot[j] * residual[k] + h[j] * residualDot[k]);
      }
      deltaDot[j] = scale * (backDot * (1 - h[j] * h[j]) - 2 * back * h[j] * hDot[j]);
      out[from + hiddenBias + j] += deltaDot[j];
    }
    for (int k = 0; k < classes; k++) {
      out[from + outputBias + k] += scale * residualDot[k];
    }
    addOuter(x, deltaDot, out, from);
  }

  /** How the residual changes along v, where the hidden units change by {@code hDot}. */
  private double[] residualAlong(
      double[] w, double[] v, double[] h, double[] hDot, double[] residual, int label) {
    double[] dot = logits(v, h);
    double mean = 0;
    for (int k = 0; k < classes; k++) {
      for (int j = 0; j < hidden; j++) {
        dot[k] += hDot[j] * w[outputWeights + j * classes + k];
      }
      mean += (residual[k] + (k == label ? 1 : 0)) * dot[k];
    }
    for (int k = 0; k < classes; k++) {
      dot[k] = (residual[k] + (k == label ? 1 : 0)) * (dot[k] - mean);
    }
    return dot;
  }

  /** Adds the outer product of an input and a hidden vector to the place of the hidden weights. */
  private void addOuter(double[] x, double[] delta, double[] out, int from) {
    for (int i = 0; i < inputs; i++) {
      double value = x[i];
      if (value != 0) {
        int row = from + i * hidden;
        for (int j = 0; j < hidden; j++) {
          out[row + j] += value * delta[j];
        }
      }
    }
  }

  private double[] activations(double[] w, double[] x) {
    return tanh(inputs(w, x));
  }

  /** What the hidden units take. */
  private double[] inputs(double[] w, double[] x) {
    double[] z = new double[hidden];
    System.arraycopy(w, hiddenBias, z, 0, hidden);
    for (int i = 0; i < inputs; i++) {
      double value = x[i];
      if (value != 0) {
        int row = i * hidden;
        for (int j = 0; j < hidden; j++) {
          z[j] += value * w[row + j];
        }
      }
    }
    return z;
  }

  private double[] tanh(double[] z) {
    double[] h = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      h[j] = Math.tanh(z[j]);
    }
    return h;
  }

  private double[] logits(double[] w, double[] h) {
    double[] logits = new double[classes];
    System.arraycopy(w, outputBias, logits, 0, classes);
    for (int j = 0; j < hidden; j++) {
      int row = outputWeights + j * classes;
      for (int k = 0; k < classes; k++) {
        logits[k] += h[j] * w[row + k];
      }
    }
    return logits;
  }

  /** The derivative of the loss with respect to the logits: probability minus indicator. */
  private double[] residual(double[] w, double[] h, int label) {
    double[] logits = logits(w, h);
    double logSum = logSum(logits);
    for (int k = 0; k < classes; k++) {
      logits[k] = Math.exp(logits[k] - logSum);
    }
    logits[label] -= 1;
    return logits;
  }

  private static double logSum(double[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - largest);
    }
    return largest + Math.log(sum);
  }
}
