package org.blrc.verify;

import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.hipparchus.analysis.polynomials.PolynomialFunction;
import org.hipparchus.analysis.polynomials.PolynomialsUtils;

/** A Gauss-Legendre rule on a piece of the line, for integrals under a density. */
final class Panel {

  private static final int POINTS = 10;
  private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(POINTS);

  /** The Legendre polynomial of the highest degree that the nodes tell from zero, at each node. */
  private static final double[] ROUGHEST = roughest();

  private final double from;
  private final double to;

  /** In the density's own interval. */
  private final double[] nodes;

  /** Of the rule, times the density. */
  private final double[] weights;

  /** The greatest value of the log density at a node. */
  private final double highest;

  private Panel(double from, double to, double[] nodes, double[] weights, double highest) {
    this.from = from;
    this.to = to;
    this.nodes = nodes;
    this.weights = weights;
    this.highest = highest;
  }

  /**
   * What a function gives on a panel.
   *
   * @param magnitude the integral of the absolute value
   * @param roughness the share of the roughest polynomial in the function: small where the nodes
   *     are close enough
   */
  record Part(double value, double magnitude, double roughness) {}

  private static double[] roughest() {
    PolynomialFunction legendre = PolynomialsUtils.createLegendrePolynomial(POINTS - 1);
    double[] values = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      values[i] = legendre.value(RULE.getPoint(i));
    }
    return values;
  }

  static Panel of(double from, double to, Line line, DoubleUnaryOperator logDensity) {
    double[] nodes = new double[POINTS];
    double[] weights = new double[POINTS];
    double highest = Double.NEGATIVE_INFINITY;
    double half = (to - from) / 2;
    for (int i = 0; i < POINTS; i++) {
      double u = from + half * (1 + RULE.getPoint(i));
      double log = logDensity.applyAsDouble(u);
      nodes[i] = line.point(u);
      weights[i] = half * RULE.getWeight(i) * Math.exp(log);
      highest = Math.max(highest, log);
    }
    return new Panel(from, to, nodes, weights, highest);
  }

  double from() {
    return from;
  }

  double to() {
    return to;
  }

  double highest() {
    return highest;
  }

  double middle() {
    return from + (to - from) / 2;
  }

  double mass() {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    return sum;
  }

  /** The mass at nodes where a function has no finite value. */
  double massWithout(DoubleUnaryOperator f) {
    double sum = 0;
    for (int i = 0; i < POINTS; i++) {
      sum += Double.isFinite(f.applyAsDouble(nodes[i])) ? 0 : weights[i];
    }
    return sum;
  }

  boolean hasMass() {
    return highest > Double.NEGATIVE_INFINITY;
  }

  /** The integrand's magnitude for each unit of the line, where it is first known. */
  double atStart(DoubleUnaryOperator f) {
    int i = 0;
    while (i < POINTS - 1 && weights[i] == 0) {
      i++;
    }
    return perUnit(f, i);
  }

  /** The same where it is last known. */
  double atEnd(DoubleUnaryOperator f) {
    int i = POINTS - 1;
    while (i > 0 && weights[i] == 0) {
      i--;
    }
    return perUnit(f, i);
  }

  private double perUnit(DoubleUnaryOperator f, int i) {
    double half = (to - from) / 2;
    return weights[i] == 0
        ? 0
        : Math.abs(weights[i] * f.applyAsDouble(nodes[i])) / (half * RULE.getWeight(i));
  }

  Part integral(DoubleUnaryOperator f) {
    double sum = 0;
    double magnitude = 0;
    double rough = 0;
    for (int i = 0; i < POINTS; i++) {
      // Where there is no weight at all, the function need not have a value.
      if (weights[i] > 0) {
        double value = weights[i] * f.applyAsDouble(nodes[i]);
        sum += value;
        magnitude += Math.abs(value);
        rough += value * ROUGHEST[i];
      }
    }
    return new Part(sum, magnitude, Math.abs(rough));
  }
}
