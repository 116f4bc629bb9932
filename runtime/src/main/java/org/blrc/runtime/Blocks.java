package org.blrc.runtime;

/**
 * How the coordinates of an optimizer are cut. A block is small enough that what one hook writes
 * and the next one reads stays in the cache, and large enough that what is computed once for a
 * block does not count.
 */
final class Blocks {

  static final int LENGTH = 8192;

  private final int dimension;

  Blocks(int dimension) {
    this.dimension = dimension;
  }

  int count() {
    return Math.ceilDiv(dimension, LENGTH);
  }

  int from(int block) {
    return block * LENGTH;
  }

  int to(int block) {
    return Math.min(dimension - block * LENGTH, LENGTH) + block * LENGTH;
  }
}
