package org.blrc.runtime;

/**
 * The noise of consecutive coordinates, in the layout of {@link PhiloxNoise}. Draw either normal or
 * uniform values from one stream.
 */
final class PhiloxStream {

  private static final double UNIT = 0x1p-32;

  private final PhiloxAddress address;
  private final int[] words = new int[4];
  private final double[] normals = new double[4];
  private long coordinate;
  private boolean started;

  PhiloxStream(PhiloxAddress address, long from) {
    this.address = address;
    this.coordinate = from;
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
    address.words(coordinate >>> 2, words);
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
}
