package org.blrc.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.blrc.symbolic.Domain;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * A density on an interval, as nodes and weights: the integral of f times the density is the sum of
 * f(node) times weight.
 *
 * <p>The interval is mapped to the real line, by a logarithm at each finite end; there the part of
 * the line where the density is not negligible is cut into panels with Gauss-Legendre rules.
 */
final class Density {

  private static final int PANELS = 96;
  private static final int POINTS = 10;

  /** What lies this far below the maximum of the log density does not matter. */
  private static final double NEGLIGIBLE = 42;

  private static final GaussIntegratorFactory RULES = new GaussIntegratorFactory();

  private final double[] nodes;
  private final double[] weights;

  private Density(double[] nodes, double[] weights) {
    this.nodes = nodes;
    this.weights = weights;
  }

  /**
   * The density with a given logarithm, or nothing where no mass is found or it does not fall off.
   *
   * @param logDensity of the variable; NaN and -infinity count as no mass
   */
  static Optional<Density> of(Domain support, DoubleUnaryOperator logDensity) {
    Line line = Line.over(support);
    DoubleUnaryOperator onLine =
        u -> {
          double value = logDensity.applyAsDouble(line.point(u)) + line.logSlope(u);
          return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
        };
    double top = maximum(onLine);
    double height = onLine.applyAsDouble(top);
    if (!Double.isFinite(height)) {
      return Optional.empty();
    }
    Optional<Double> left = edge(onLine, top, height, -1);
    Optional<Double> right = edge(onLine, top, height, 1);
    return left.isEmpty() || right.isEmpty()
        ? Optional.empty()
        : Optional.of(panels(support, line, onLine, left.get(), right.get()));
  }

  private static Density panels(
      Domain support, Line line, DoubleUnaryOperator onLine, double left, double right) {
    List<Double> nodes = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    double width = (right - left) / PANELS;
    for (int panel = 0; panel < PANELS; panel++) {
      GaussIntegrator rule =
          RULES.legendre(POINTS, left + panel * width, left + (panel + 1) * width);
      for (int i = 0; i < rule.getNumberOfPoints(); i++) {
        double u = rule.getPoint(i);
        double weight = rule.getWeight(i) * Math.exp(onLine.applyAsDouble(u));
        double node = line.point(u);
        // What rounds to an end of the interval has no weight to speak of.
        if (weight > 0 && node > support.lower() && node < support.upper()) {
          nodes.add(node);
          weights.add(weight);
        }
      }
    }
    return new Density(
        nodes.stream().mapToDouble(Double::doubleValue).toArray(),
        weights.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The greatest value on a grid that is fine near zero, refined by halving steps. */
  private static double maximum(DoubleUnaryOperator f) {
    double best = 0;
    for (int i = -200; i <= 200; i++) {
      double u = Math.sinh(i / 25.0);
      if (f.applyAsDouble(u) > f.applyAsDouble(best)) {
        best = u;
      }
    }
    for (double step = 0.1 + 0.1 * Math.abs(best); step > 1e-4; step /= 2) {
      for (double u : new double[] {best - step, best + step}) {
        if (f.applyAsDouble(u) > f.applyAsDouble(best)) {
          best = u;
        }
      }
    }
    return best;
  }

  /** Where the mass ends, on one side. */
  private static Optional<Double> edge(
      DoubleUnaryOperator f, double top, double height, int direction) {
    double near = 0;
    double far = 1e-6;
    while (f.applyAsDouble(top + direction * far) > height - NEGLIGIBLE) {
      near = far;
      far *= 2;
      if (far > 1e9) {
        return Optional.empty();
      }
    }
    for (int i = 0; i < 30; i++) {
      double middle = (near + far) / 2;
      if (f.applyAsDouble(top + direction * middle) > height - NEGLIGIBLE) {
        near = middle;
      } else {
        far = middle;
      }
    }
    return Optional.of(top + direction * far);
  }

  /** The integral of a function times the density. */
  double integral(DoubleUnaryOperator f) {
    double sum = 0;
    for (int i = 0; i < nodes.length; i++) {
      sum += weights[i] * f.applyAsDouble(nodes[i]);
    }
    return sum;
  }

  double mass() {
    return integral(_ -> 1);
  }

  /** The real line as a picture of an interval. */
  private record Line(DoubleUnaryOperator map, DoubleUnaryOperator logDerivative) {

    double point(double u) {
      return map.applyAsDouble(u);
    }

    double logSlope(double u) {
      return logDerivative.applyAsDouble(u);
    }

    static Line over(Domain support) {
      boolean below = Double.isFinite(support.lower());
      boolean above = Double.isFinite(support.upper());
      if (below && above) {
        double width = support.upper() - support.lower();
        return new Line(
            u -> support.lower() + width / (1 + Math.exp(-u)),
            u -> Math.log(width) - Math.abs(u) - 2 * Math.log1p(Math.exp(-Math.abs(u))));
      }
      if (below) {
        return new Line(u -> support.lower() + Math.exp(u), u -> u);
      }
      if (above) {
        return new Line(u -> support.upper() - Math.exp(u), u -> u);
      }
      return new Line(u -> u, _ -> 0);
    }
  }
}
