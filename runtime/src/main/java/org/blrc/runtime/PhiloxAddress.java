package org.blrc.runtime;

/**
 * The parts of key and counter that are the same for all coordinates, in the layout of {@link
 * PhiloxNoise}.
 *
 * @param stepHigh bits 32..47 of the step, in the high half of the word
 * @param source stream and sample
 */
record PhiloxAddress(int key0, int key1, int stepHigh, int stepLow, int source) {

  /**
   * @throws IllegalArgumentException if a part lies beyond its limit
   */
  static PhiloxAddress of(long seed, int stream, long step, int sample, long from, int count) {
    require("coordinate", from, 50);
    require("coordinate", from + Math.max(count, 1) - 1, 50);
    return new PhiloxAddress(
        (int) seed,
        (int) (seed >>> 32),
        (int) (require("step", step, 48) >>> 32) << 16,
        (int) step,
        (int) (require("stream", stream, 8) << 24 | require("sample", sample, 24)));
  }

  /** Writes the four words for the coordinates from 4 block on. */
  void words(long block, int[] words) {
    int high = stepHigh | (int) (block >>> 32);
    Philox.block((int) block, high, stepLow, source, key0, key1, words);
  }

  private static long require(String what, long value, int bits) {
    if (value < 0 || value >>> bits != 0) {
      throw new IllegalArgumentException(
          "%s %d lies outside 0 .. 2^%d - 1".formatted(what, value, bits));
    }
    return value;
  }
}
