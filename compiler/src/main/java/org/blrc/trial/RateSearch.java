package org.blrc.trial;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.blrc.runtime.HyperParameter;

/**
 * Looks for the best value of a rate on a logarithmic grid: first the powers of ten from 0.0001 to
 * 1, and beyond while the best lies at an end; then the best one's neighbours, about half a power
 * of ten away.
 */
final class RateSearch {

  /** Grid index 2k stands for 10^k, 2k + 1 for 3 10^k. */
  private static final int FIRST = -8;

  private static final int LAST = 0;

  /** How many powers of ten the grid may grow at each end. */
  private static final int GROWTH = 3;

  /**
   * The outcome.
   *
   * @param value the one with the smallest loss
   * @param finite whether that loss is finite
   * @param tried all values, in increasing order
   */
  record Best(double value, boolean finite, List<Double> tried) {}

  private final HyperParameter rate;
  private final DoubleUnaryOperator loss;
  private final NavigableMap<Integer, Double> losses = new TreeMap<>();

  private RateSearch(HyperParameter rate, DoubleUnaryOperator loss) {
    this.rate = rate;
    this.loss = loss;
  }

  /**
   * Minimises a loss; one that is not finite is worse than any other. Of equal losses the smaller
   * rate wins.
   *
   * @throws TrialException if the rate's interval holds no value of the grid
   */
  static Best minimise(HyperParameter rate, DoubleUnaryOperator loss) {
    return new RateSearch(rate, loss).run();
  }

  private Best run() {
    for (int i = FIRST; i <= LAST; i += 2) {
      tryOut(i);
    }
    if (losses.isEmpty()) {
      throw new TrialException(
          "`%s` lies in %s, where no rate is tried by itself; give it with --set %s=VALUE"
              .formatted(rate.name(), rate.interval(), rate.name()));
    }
    for (int i = FIRST - 2; best() == i + 2 && i >= FIRST - 2 * GROWTH; i -= 2) {
      tryOut(i);
    }
    for (int i = LAST + 2; best() == i - 2 && i <= LAST + 2 * GROWTH; i += 2) {
      tryOut(i);
    }
    int center = best();
    tryOut(center - 1);
    tryOut(center + 1);
    return new Best(
        value(best()),
        losses.get(best()) < Double.POSITIVE_INFINITY,
        losses.keySet().stream().map(RateSearch::value).toList());
  }

  private void tryOut(int index) {
    double value = value(index);
    if (inside(value)) {
      double result = loss.applyAsDouble(value);
      losses.put(index, Double.isFinite(result) ? result : Double.POSITIVE_INFINITY);
    }
  }

  private boolean inside(double value) {
    try {
      rate.check(value);
      return true;
    } catch (IllegalArgumentException outside) {
      return false;
    }
  }

  private int best() {
    return losses.entrySet().stream()
        .min(Comparator.comparingDouble(Map.Entry::getValue))
        .orElseThrow()
        .getKey();
  }

  private static double value(int index) {
    return Double.parseDouble((index % 2 == 0 ? "1e" : "3e") + Math.floorDiv(index, 2));
  }
}
