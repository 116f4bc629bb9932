package org.blrc.runtime;

/**
 * The noise of consecutive coordinates, in the layout of {@link PhiloxNoise}. Draw either normal or
 * uniform values from one stream.
 */
final class PhiloxStream {

  private static final double UNIT = 0x1p-32;

  private final int key0;
  private final int key1;
  private final int stepHigh;
  private final int stepLow;
  private final int source;
  private final int[] words = new int[4];
  private final double[] normals = new double[4];
  private long coordinate;
  private boolean started;

  PhiloxStream(long seed, int stream, long step, int sample, long from, int count) {
    this.key0 = (int) seed;
    this.key1 = (int) (seed >>> 32);
    this.stepHigh = (int) (require("step", step, 48) >>> 32) << 16;
    this.stepLow = (int) step;
    this.source = (int) (require("stream", stream, 8) << 24 | require("sample", sample, 24));
    this.coordinate = require("coordinate", from, 50);
    require("coordinate", from + count, 50);
  }

  double nextUniform() {
    int i = (int) (coordinate & 3);
    if (i == 0 || !started) {
      nextBlock();
    }
    coordinate++;
    return unit(words[i]);
  }

  double nextNormal() {
    int i = (int) (coordinate & 3);
    if (i == 0 || !started) {
      nextBlock();
      boxMuller(0);
      boxMuller(2);
    }
    coordinate++;
    return normals[i];
  }

  private void nextBlock() {
    long block = coordinate >>> 2;
    int high = stepHigh | (int) (block >>> 32);
    Philox.block((int) block, high, stepLow, source, key0, key1, words);
    started = true;
  }

  private void boxMuller(int first) {
    double radius = Math.sqrt(-2 * Math.log(unit(words[first])));
    double angle = 2 * Math.PI * unit(words[first + 1]);
    normals[first] = radius * Math.cos(angle);
    normals[first + 1] = radius * Math.sin(angle);
  }

  private static double unit(int word) {
    return (Integer.toUnsignedLong(word) + 0.5) * UNIT;
  }

  private static long require(String what, long value, int bits) {
    if (value < 0 || value >>> bits != 0) {
      throw new IllegalArgumentException(
          "%s %d lies outside 0 .. 2^%d - 1".formatted(what, value, bits));
    }
    return value;
  }
}
