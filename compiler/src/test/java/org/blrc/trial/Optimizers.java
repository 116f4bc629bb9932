package org.blrc.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.blrc.runtime.AbstractOptimizer;
import org.blrc.runtime.HyperParameter;
import org.blrc.runtime.Question;
import org.blrc.runtime.Signature;

/** Hand-written optimizers that trials are tested with. */
final class Optimizers {

  private static final Question GRADIENT = new Question("ell", "gradient", false);
  private static final Question PER_EXAMPLE = new Question("ell", "per_example_gradients", true);
  private static final Question CURVATURE = new Question("ell", "hessian_diagonal", false);

  private Optimizers() {}

  /** m <- m - alpha g. */
  static Contender<double[]> gradientDescent() {
    Signature signature =
        signature("GradientDescent", List.of(GRADIENT), false, positive("alpha", Double.NaN));
    return contender(
        signature,
        "alpha",
        (mean, hypers) ->
            new Base(signature, mean, hypers) {
              @Override
              protected void update(int draws, int from, int to, double[] values) {
                for (int i = from; i < to; i++) {
                  m[i] -= hyper(0) * answer(0)[i];
                }
                restore(from, to, values);
              }
            });
  }

  /** The same in single precision. */
  static Contender<float[]> singlePrecision() {
    Signature signature =
        signature("SinglePrecision", List.of(GRADIENT), false, positive("alpha", 0.1));
    return new Contender<>(
        signature,
        new Roles(Set.of(), List.of("alpha")),
        Specs.NORMAL,
        Numbers.FLOAT,
        (mean, hypers) -> new Single(signature, mean, hypers.get("alpha")));
  }

  /** Newton's method on the diagonal. */
  static Contender<double[]> newton() {
    Signature signature = signature("Newton", List.of(GRADIENT, CURVATURE), false, unit("rho", 1));
    return contender(
        signature,
        "rho",
        (mean, hypers) ->
            new Base(signature, mean, hypers) {
              @Override
              protected void update(int draws, int from, int to, double[] values) {
                for (int i = from; i < to; i++) {
                  m[i] -= hyper(0) * answer(0)[i] / answer(1)[i];
                }
                restore(from, to, values);
              }
            });
  }

  static Contender<double[]> adam() {
    Signature signature =
        signature(
            "Adam",
            List.of(GRADIENT),
            false,
            positive("alpha", 1e-3),
            unit("beta1", 0.9),
            unit("beta2", 0.999),
            positive("delta", 1e-8));
    return contender(
        signature,
        "alpha",
        (mean, hypers) ->
            new Base(signature, mean, hypers) {
              final double[] v = new double[mean.length];
              final double[] s = new double[mean.length];

              @Override
              protected void update(int draws, int from, int to, double[] values) {
                double beta1 = hyper(1);
                double beta2 = hyper(2);
                double first = 1 - Math.pow(beta1, (double) stepNumber());
                double second = 1 - Math.pow(beta2, (double) stepNumber());
                for (int i = from; i < to; i++) {
                  double g = answer(0)[i];
                  v[i] = beta1 * v[i] + (1 - beta1) * g;
                  s[i] = beta2 * s[i] + (1 - beta2) * g * g;
                  m[i] -= hyper(0) * v[i] / first / (Math.sqrt(s[i] / second) + hyper(3));
                }
                restore(from, to, values);
              }
            });
  }

  static Contender<double[]> vogn() {
    Signature signature =
        signature(
            "VOGN",
            List.of(PER_EXAMPLE),
            true,
            positive("alpha", 1e-3),
            unit("rho", 0.05),
            positive("gamma", 1),
            positive("N", Double.NaN));
    return contender(
        signature,
        "alpha",
        (mean, hypers) ->
            new Base(signature, mean, hypers) {
              final double[] s = new double[mean.length];

              @Override
              protected double precision(int i) {
                return s[i] + hyper(2);
              }

              @Override
              protected void update(int draws, int from, int to, double[] values) {
                double rho = hyper(1);
                double gamma = hyper(2);
                double size = hyper(3) / examples();
                double[] sum = new double[dimension()];
                double[] squares = new double[dimension()];
                for (int k = 0; k < examples(); k++) {
                  for (int i = from; i < to; i++) {
                    double g = answer(0)[k * dimension() + i];
                    sum[i] += g;
                    squares[i] += g * g;
                  }
                }
                for (int i = from; i < to; i++) {
                  s[i] = (1 - rho) * s[i] + rho * size * squares[i];
                  m[i] -= hyper(0) * (size * sum[i] + gamma * m[i]) / (s[i] + gamma);
                }
                restore(from, to, values);
              }
            });
  }

  static Contender<double[]> ivon() {
    Signature signature =
        signature(
            "IVON",
            List.of(GRADIENT),
            true,
            positive("alpha", Double.NaN),
            unit("beta1", 0.9),
            unit("rho", 1e-5),
            positive("N", Double.NaN),
            positive("delta", 1e-4));
    return contender(
        signature,
        "alpha",
        (mean, hypers) ->
            new Base(signature, mean, hypers) {
              final double[] v = new double[mean.length];
              final double[] h = ones(mean.length);

              @Override
              protected double precision(int i) {
                return hyper(3) * (h[i] + hyper(4));
              }

              @Override
              protected void update(int draws, int from, int to, double[] values) {
                double beta1 = hyper(1);
                double rho = hyper(2);
                double delta = hyper(4);
                double debias = 1 - Math.pow(beta1, (double) stepNumber());
                for (int i = from; i < to; i++) {
                  double g = answer(0)[i];
                  double curvature = g * eps[i] * Math.sqrt(precision(i));
                  double gap = h[i] - curvature;
                  v[i] = beta1 * v[i] + (1 - beta1) * g;
                  h[i] += -rho * gap + rho * rho * gap * gap / (2 * (h[i] + delta));
                  m[i] -= hyper(0) * (v[i] / debias + delta * m[i]) / (h[i] + delta);
                }
                restore(from, to, values);
              }
            });
  }

  /** Asks a question that no problem can answer. */
  static Contender<double[]> inquisitive() {
    Question value = new Question("ell", "value_at_corners", false);
    Signature signature =
        signature("Inquisitive", List.of(value), false, positive("tau", Double.NaN));
    return contender(
        signature,
        null,
        (mean, hypers) -> {
          throw new AssertionError("must not be made");
        });
  }

  private static double[] ones(int length) {
    double[] values = new double[length];
    Arrays.fill(values, 1);
    return values;
  }

  private static HyperParameter positive(String name, double byDefault) {
    return new HyperParameter(name, 0, false, Double.POSITIVE_INFINITY, false, byDefault);
  }

  private static HyperParameter unit(String name, double byDefault) {
    return new HyperParameter(name, 0, true, 1, true, byDefault);
  }

  private static Signature signature(
      String name, List<Question> questions, boolean draws, HyperParameter... hypers) {
    return new Signature(name, List.of(hypers), List.of("m"), List.of(questions), draws);
  }

  private static Contender<double[]> contender(
      Signature signature, String rate, Contender.Factory<double[]> factory) {
    return new Contender<>(
        signature,
        new Roles(Set.of("N"), rate == null ? List.of() : List.of(rate)),
        Specs.NORMAL,
        Numbers.DOUBLE,
        factory);
  }

  /** A mean, and normal draws around it where the precision is finite. */
  abstract static class Base extends AbstractOptimizer<double[]> {
    final double[] m;
    final double[] eps;
    final double[] point;

    Base(Signature signature, double[] mean, Map<String, Double> hypers) {
      super(
          signature,
          mean.length,
          hypers.values().stream().mapToDouble(Double::doubleValue).toArray());
      m = mean.clone();
      eps = new double[mean.length];
      point = mean.clone();
    }

    protected double precision(int i) {
      return Double.POSITIVE_INFINITY;
    }

    @Override
    protected void point(int phase, int draw, int from, int to, double[] values) {
      normal(0, draw, eps, from, to);
      for (int i = from; i < to; i++) {
        point[i] = m[i] + eps[i] / Math.sqrt(precision(i));
      }
    }

    @Override
    protected void restore(int from, int to, double[] values) {
      System.arraycopy(m, from, point, from, to - from);
    }

    @Override
    protected void accumulate(int draw, int from, int to, double[] values) {}

    @Override
    protected double[] state(int index) {
      return m;
    }

    @Override
    public double[] parameters() {
      return point;
    }

    @Override
    public int samples() {
      return 1;
    }
  }

  private static final class Single extends AbstractOptimizer<float[]> {
    private final float[] m;

    Single(Signature signature, float[] mean, double alpha) {
      super(signature, mean.length, alpha);
      m = mean.clone();
    }

    @Override
    protected void point(int phase, int draw, int from, int to, double[] values) {}

    @Override
    protected void restore(int from, int to, double[] values) {}

    @Override
    protected void accumulate(int draw, int from, int to, double[] values) {}

    @Override
    protected void update(int draws, int from, int to, double[] values) {
      for (int i = from; i < to; i++) {
        m[i] -= (float) hyper(0) * answer(0)[i];
      }
    }

    @Override
    protected float[] state(int index) {
      return m;
    }

    @Override
    public float[] parameters() {
      return m;
    }

    @Override
    public int samples() {
      return 1;
    }
  }
}
