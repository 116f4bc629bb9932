package org.blrc.runtime;

import java.util.List;
import java.util.stream.Stream;

/** The sums over all coordinates; the segments of a larger optimizer have them in common. */
final class Sums {

  private final List<? extends ArrayExecution<?>> parts;
  private final List<SumPass> passes;
  private final List<OrderedSum> sums;
  private final double[] totals;

  /**
   * @param parts in the order of their coordinates
   */
  Sums(Signature signature, List<? extends ArrayExecution<?>> parts) {
    this.parts = parts;
    this.passes = signature.sums();
    this.sums =
        Stream.generate(OrderedSum::new)
            .limit(passes.stream().mapToInt(SumPass::count).sum())
            .toList();
    this.totals = new double[sums.size()];
  }

  /** Takes the sums that are due after a number of phases, in order. */
  void take(int after, int draw) {
    int first = 0;
    for (int pass = 0; pass < passes.size(); pass++) {
      int next = first + passes.get(pass).count();
      if (passes.get(pass).after() == after) {
        take(pass, draw, first, next);
      }
      first = next;
    }
  }

  private void take(int pass, int draw, int first, int next) {
    List<OrderedSum> taken = sums.subList(first, next);
    taken.forEach(OrderedSum::clear);
    for (ArrayExecution<?> part : parts) {
      part.addTo(taken, pass, draw);
    }
    for (int index = first; index < next; index++) {
      totals[index] = sums.get(index).total();
    }
  }

  /** A sum as it was taken last. */
  double total(int index) {
    return totals[index];
  }

  /** The number of coordinates. */
  long coordinates() {
    return parts.stream().mapToLong(ArrayExecution::dimension).sum();
  }
}
