package org.blrc.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The loss (w - x)' A (w - x) / 2 of an example x, where A has eigenvalues from 1/sqrt(condition)
 * to sqrt(condition), evenly spaced in their logarithms, and random eigenvectors.
 *
 * <p>Examples are drawn from the normal distribution with precision A. The loss is then, up to a
 * constant, the negative log-likelihood of their mean, and the Fisher information equals the
 * Hessian A, so that curvature estimated from squared gradients is meaningful.
 */
final class Quadratic implements Model {

  private final double[] eigenvalues;

  /** Row k is the eigenvector of eigenvalue k. */
  private final double[][] eigenvectors;

  private final double[][] hessian;

  Quadratic(int dimension, double condition, RandomGenerator random) {
    eigenvalues = new double[dimension];
    Arrays.setAll(
        eigenvalues, k -> dimension == 1 ? 1 : Math.pow(condition, k / (dimension - 1.0) - 0.5));
    eigenvectors = orthonormal(dimension, random);
    hessian = new double[dimension][dimension];
    for (int k = 0; k < dimension; k++) {
      double[] q = eigenvectors[k];
      for (int i = 0; i < dimension; i++) {
        for (int j = 0; j < dimension; j++) {
          hessian[i][j] += eigenvalues[k] * q[i] * q[j];
        }
      }
    }
  }

  /** Draws examples around a random point at unit distance a coordinate. */
  Dataset sample(int count, RandomGenerator random) {
    double[] center = new double[dimension()];
    Arrays.setAll(center, i -> random.nextGaussian());
    List<double[]> inputs = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      double[] x = center.clone();
      for (int k = 0; k < dimension(); k++) {
        axpy(random.nextGaussian() / Math.sqrt(eigenvalues[k]), eigenvectors[k], x);
      }
      inputs.add(x);
      labels.add(0);
    }
    return Dataset.of(inputs, labels);
  }

  /** The point where the mean loss over the data is smallest: the mean of the inputs. */
  double[] minimum(Dataset data) {
    double[] mean = new double[dimension()];
    for (int i = 0; i < data.size(); i++) {
      axpy(1.0 / data.size(), data.input(i), mean);
    }
    return mean;
  }

  @Override
  public int dimension() {
    return eigenvalues.length;
  }

  @Override
  public double[] initial(RandomGenerator random) {
    return new double[dimension()];
  }

  @Override
  public double loss(double[] w, double[] x, int label) {
    double sum = 0;
    for (int i = 0; i < w.length; i++) {
      double pull = 0;
      for (int j = 0; j < w.length; j++) {
        pull += hessian[i][j] * (w[j] - x[j]);
      }
      sum += (w[i] - x[i]) * pull;
    }
    return sum / 2;
  }

  @Override
  public void addGradient(double[] w, double[] x, int label, double scale, double[] out, int from) {
    for (int j = 0; j < w.length; j++) {
      double offset = scale * (w[j] - x[j]);
      double[] column = hessian[j];
      for (int i = 0; i < w.length; i++) {
        out[from + i] += offset * column[i];
      }
    }
  }

  @Override
  public void addHessianDiagonal(
      double[] w, double[] x, int label, double scale, double[] out, int from) {
    for (int i = 0; i < w.length; i++) {
      out[from + i] += scale * hessian[i][i];
    }
  }

  @Override
  public void addHessianProduct(
      double[] w, double[] v, double[] x, int label, double scale, double[] out, int from) {
    for (int i = 0; i < w.length; i++) {
      out[from + i] += scale * dot(hessian[i], v);
    }
  }

  /** Orthonormalises random directions, twice for accuracy (Gram-Schmidt). */
  private static double[][] orthonormal(int dimension, RandomGenerator random) {
    double[][] rows = new double[dimension][dimension];
    for (int k = 0; k < dimension; k++) {
      double[] row = rows[k];
      Arrays.setAll(row, i -> random.nextGaussian());
      for (int pass = 0; pass < 2; pass++) {
        for (int l = 0; l < k; l++) {
          axpy(-dot(row, rows[l]), rows[l], row);
        }
      }
      double length = Math.sqrt(dot(row, row));
      Arrays.setAll(row, i -> row[i] / length);
    }
    return rows;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void axpy(double a, double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      y[i] += a * x[i];
    }
  }
}
