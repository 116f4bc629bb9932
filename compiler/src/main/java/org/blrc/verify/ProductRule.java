package org.blrc.verify;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.blrc.symbolic.Expr.Distribution;

/**
 * Means over two independent noises by the trapezoidal rule, on a line where the integrand falls
 * off at both ends: with smooth functions the number of right digits grows with that of the points
 * (Trefethen &amp; Weideman 2014). Uniform noise comes there by the transformation of Takahasi
 * &amp; Mori (1974).
 */
final class ProductRule {

  /** How many points there are on each side of the middle; even, so that half of them have ends. */
  private static final List<Integer> SIZES = List.of(36, 72);

  /** Where a normal density is 1e-18, and where a uniform number is 1e-15 away from its ends. */
  private static final double NORMAL_END = 9;

  private static final double UNIFORM_END = 3.08;

  /**
   * The largest difference from the rule with half of the points, which is mostly the error of that
   * one, and the largest share of the outermost ones, that is trusted.
   */
  private static final double TRUSTED = 1e-8;

  /** A noise at one point of the rule, with the density on the line there, times the step. */
  private record Node(double value, double weight) {

    static Node of(Distribution distribution, int size, int index) {
      double end =
          switch (distribution) {
            case STANDARD_NORMAL -> NORMAL_END;
            case UNIFORM -> UNIFORM_END;
          };
      double step = end / size;
      double x = step * (index - size);
      return switch (distribution) {
        case STANDARD_NORMAL -> new Node(x, step * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI));
        case UNIFORM -> {
          double tail = Math.exp(-Math.PI * Math.sinh(Math.abs(x)));
          double density = Math.PI * Math.cosh(x) * tail / Math.pow(1 + tail, 2);
          yield new Node((x < 0 ? tail : 1) / (1 + tail), step * density);
        }
      };
    }
  }

  private ProductRule() {}

  private static List<Node> nodes(Distribution distribution, int size) {
    return IntStream.rangeClosed(0, 2 * size)
        .mapToObj(index -> Node.of(distribution, size, index))
        .toList();
  }

  /** The mean of a function of two noises, where the rule settles. */
  static OptionalDouble mean(Distribution first, Distribution second, DoubleBinaryOperator f) {
    return SIZES.stream()
        .map(size -> mean(first, second, size, f))
        .filter(OptionalDouble::isPresent)
        .findFirst()
        .orElse(OptionalDouble.empty());
  }

  private static OptionalDouble mean(
      Distribution first, Distribution second, int size, DoubleBinaryOperator f) {
    List<Node> ofFirst = nodes(first, size);
    List<Node> ofSecond = nodes(second, size);
    double sum = 0;
    double ofHalf = 0;
    double magnitude = 0;
    double outermost = 0;
    for (int i = 0; i <= 2 * size; i++) {
      Node x = ofFirst.get(i);
      for (int j = 0; j <= 2 * size; j++) {
        Node y = ofSecond.get(j);
        double part = x.weight() * y.weight() * f.applyAsDouble(x.value(), y.value());
        sum += part;
        magnitude += Math.abs(part);
        // Half of the points, each counting twice on both lines.
        ofHalf += i % 2 == 0 && j % 2 == 0 ? 4 * part : 0;
        outermost += i % (2 * size) == 0 || j % (2 * size) == 0 ? size * Math.abs(part) : 0;
      }
    }
    boolean settles =
        Math.abs(sum - ofHalf) <= TRUSTED * magnitude && outermost <= TRUSTED * magnitude;
    return settles ? OptionalDouble.of(sum) : OptionalDouble.empty();
  }
}
