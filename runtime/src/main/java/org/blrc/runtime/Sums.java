package org.blrc.runtime;

import java.util.List;

/** The sums over all coordinates; the segments of a larger optimizer have them in common. */
final class Sums {

  private final List<? extends Stepper<?>> parts;
  private final List<Integer> moments;
  private final double[] totals;
  private final OrderedSum sum = new OrderedSum();

  /**
   * @param parts in the order of their coordinates
   */
  Sums(Signature signature, List<? extends Stepper<?>> parts) {
    this.parts = parts;
    this.moments = signature.sums();
    this.totals = new double[moments.size()];
  }

  /** Takes the sums that are due after a number of phases, in order. */
  void take(int after) {
    for (int index = 0; index < totals.length; index++) {
      if (moments.get(index) == after) {
        sum.clear();
        for (Stepper<?> part : parts) {
          part.addTo(sum, index);
        }
        totals[index] = sum.total();
      }
    }
  }

  /** A sum as it was taken last. */
  double total(int index) {
    return totals[index];
  }

  /** The number of coordinates. */
  long coordinates() {
    return parts.stream().mapToLong(Stepper::dimension).sum();
  }
}
