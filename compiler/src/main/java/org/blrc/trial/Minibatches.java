package org.blrc.trial;

import java.util.random.RandomGenerator;

/**
 * Minibatches of one size, without end: every epoch visits the examples in a new random order, and
 * examples that do not fill a minibatch sit the epoch out.
 */
final class Minibatches {

  private final int[] order;
  private final int[] batch;
  private final RandomGenerator random;
  private int next;

  Minibatches(int examples, int size, RandomGenerator random) {
    this.random = random;
    order = new int[examples];
    for (int i = 0; i < examples; i++) {
      order[i] = i;
    }
    batch = new int[Math.min(size, examples)];
    next = examples;
  }

  /** The indices of the next examples; the array is reused. */
  int[] next() {
    if (next + batch.length > order.length) {
      shuffle();
      next = 0;
    }
    System.arraycopy(order, next, batch, 0, batch.length);
    next += batch.length;
    return batch;
  }

  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }
}
