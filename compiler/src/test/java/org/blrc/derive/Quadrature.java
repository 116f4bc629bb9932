package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Integrals by the double-exponential rule, which tolerates singular ends.
 *
 * @param nodes where the integrand is taken
 * @param weights what its values are multiplied with
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Quadrature(double[] nodes, double[] weights) {

  /** Over the intervals between neighbouring breaks. */
  static Quadrature between(double... breaks) {
    List<double[]> pairs = new ArrayList<>();
    for (int piece = 0; piece + 1 < breaks.length; piece++) {
      add(breaks[piece], breaks[piece + 1], pairs);
    }
    return new Quadrature(
        pairs.stream().mapToDouble(pair -> pair[0]).toArray(),
        pairs.stream().mapToDouble(pair -> pair[1]).toArray());
  }

  private static void add(double from, double to, List<double[]> pairs) {
    double step = 0.0625;
    for (int k = -52; k <= 52; k++) {
      double t = k * step;
      double u = Math.PI / 2 * Math.sinh(t);
      // The distance to the nearer end, without cancellation.
      double share = 1 / (1 + Math.exp(2 * Math.abs(u)));
      double node = u < 0 ? from + (to - from) * share : to - (to - from) * share;
      double slope = Math.PI / 2 * Math.cosh(t) / Math.pow(Math.cosh(u), 2);
      // Closer to the ends the noise itself would be rounded.
      if (share > 1e-13) {
        pairs.add(new double[] {node, step * (to - from) / 2 * slope});
      }
    }
  }

  double integrate(DoubleUnaryOperator f) {
    double sum = 0;
    for (int i = 0; i < nodes.length; i++) {
      sum += weights[i] * f.applyAsDouble(nodes[i]);
    }
    return sum;
  }

  /** The weighted sum of values at the nodes. */
  double sum(double[] values) {
    double sum = 0;
    for (int i = 0; i < nodes.length; i++) {
      sum += weights[i] * values[i];
    }
    return sum;
  }

  /** The same nodes with weights multiplied by a density. */
  Quadrature under(DoubleUnaryOperator density) {
    double[] changed = new double[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      changed[i] = weights[i] * density.applyAsDouble(nodes[i]);
    }
    return new Quadrature(nodes, changed);
  }
}
