package org.blrc.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A density on a simplex, as a sum over points of a product rule. Each component but the last is a
 * share of what those before it have left (stick-breaking), and each share is brought to a line by
 * the transformation of Takahasi &amp; Mori (1974), on which the trapezoidal rule converges fast
 * though the density may be infinite at the edges.
 */
final class SimplexDensity implements Density {

  /** With more components, the points are too many. */
  private static final int MOST_COMPONENTS = 3;

  /** How many points there are on each side of the middle of a line; even. */
  private static final int SIZE = 64;

  /** Where a share is 1e-45 away from the edge. */
  private static final double END = 4.2;

  /** What is smaller than this, relative to the largest part, does not matter. */
  private static final double NEGLIGIBLE = 1e-40;

  /**
   * The largest difference from the rule with half of the points, which is mostly the error of that
   * one, and the largest share of the outermost points, that is trusted.
   */
  private static final double TRUSTED = 1e-8;

  /**
   * A point of the rule.
   *
   * @param x its components
   * @param mass what the density has there
   * @param coarse whether it is a point of the rule with half of the points on each line
   * @param outermost whether it is the last one of a line
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Node(double[] x, double mass, boolean coarse, boolean outermost) {}

  private final List<Node> nodes;
  private final int lines;

  private SimplexDensity(List<Node> nodes, int lines) {
    this.nodes = nodes;
    this.lines = lines;
  }

  /**
   * The density with a given logarithm, or nothing where no mass is found; one that gives no
   * integrals where there are too many components.
   */
  static Optional<Density> of(int size, ToDoubleFunction<double[]> logDensity) {
    if (size > MOST_COMPONENTS) {
      return Optional.of(
          _ -> {
            throw new UntrustedIntegral(
                "an integral over %d components at once takes too long".formatted(size));
          });
    }
    List<Node> nodes = new ArrayList<>();
    collect(new double[size], 0, 1, 1, true, false, logDensity, nodes);
    double largest = nodes.stream().mapToDouble(Node::mass).max().orElse(0);
    List<Node> kept = nodes.stream().filter(node -> node.mass() > NEGLIGIBLE * largest).toList();
    return kept.isEmpty() || !Double.isFinite(largest)
        ? Optional.empty()
        : Optional.of(new SimplexDensity(kept, size - 1));
  }

  /**
   * Adds all points that begin with some components.
   *
   * @param left what these have left of 1
   * @param weight of the rule so far, with the determinants of both transformations
   */
  private static void collect(
      double[] x,
      int place,
      double left,
      double weight,
      boolean coarse,
      boolean outermost,
      ToDoubleFunction<double[]> logDensity,
      List<Node> nodes) {
    if (place == x.length - 1) {
      double[] point = x.clone();
      point[place] = left;
      double mass = weight * Math.exp(logDensity.applyAsDouble(point));
      nodes.add(new Node(point, Double.isNaN(mass) ? 0 : mass, coarse, outermost));
      return;
    }
    double step = END / SIZE;
    for (int i = -SIZE; i <= SIZE; i++) {
      double at = step * i;
      // The smaller of the share and what it leaves, without cancellation.
      double tail = Math.exp(-Math.PI * Math.sinh(Math.abs(at)));
      double smaller = tail / (1 + tail);
      double larger = 1 / (1 + tail);
      double slope = Math.PI * Math.cosh(at) * smaller * larger;
      x[place] = left * (i < 0 ? smaller : larger);
      collect(
          x,
          place + 1,
          left * (i < 0 ? larger : smaller),
          weight * step * slope * left,
          coarse && i % 2 == 0,
          outermost || Math.abs(i) == SIZE,
          logDensity,
          nodes);
    }
  }

  @Override
  public double integral(ToDoubleFunction<double[]> f) {
    double sum = 0;
    double ofCoarse = 0;
    double magnitude = 0;
    double ends = 0;
    for (Node node : nodes) {
      double part = node.mass() * f.applyAsDouble(node.x());
      sum += part;
      magnitude += Math.abs(part);
      ofCoarse += node.coarse() ? part : 0;
      ends += node.outermost() ? SIZE * Math.abs(part) : 0;
    }
    double difference = Math.abs(sum - ofCoarse * (1 << lines));
    if (difference > TRUSTED * magnitude || ends > TRUSTED * magnitude) {
      throw new UntrustedIntegral("an integral over a simplex does not settle");
    }
    return sum;
  }
}
