package org.blrc.runtime;

/**
 * A sum over all coordinates that has the same bits however they are cut and shared out: those of a
 * chunk, which begins at a multiple of {@link #CHUNK}, are added one after the other, and so are
 * the sums of the chunks, with compensation (Neumaier 1974).
 */
final class OrderedSum {

  static final int CHUNK = 1024;

  private double sum;
  private double compensation;
  private double open;

  void clear() {
    sum = 0;
    compensation = 0;
    open = 0;
  }

  /** The sum so far of the chunk that is not complete. */
  double open() {
    return open;
  }

  /** Sets the sum so far of the chunk that is not complete. */
  void leaveOpen(double chunk) {
    open = chunk;
  }

  /** Adds a chunk that is complete. */
  void close(double chunk) {
    open = 0;
    double next = sum + chunk;
    compensation += Math.abs(sum) >= Math.abs(chunk) ? (sum - next) + chunk : (chunk - next) + sum;
    sum = next;
  }

  double total() {
    close(open);
    // Where the sum is infinite, the compensation is not a number.
    return Double.isFinite(sum) ? sum + compensation : sum;
  }
}
