package org.blrc.runtime;

import java.util.Objects;

/** Where the noise of an optimizer comes from, and where its coordinates begin there. */
final class Draws {

  private NoiseSource source = new PhiloxNoise(0);
  private long first;

  NoiseSource source() {
    return source;
  }

  void source(NoiseSource other) {
    source = Objects.requireNonNull(other, "source");
  }

  /** The place of the first coordinate among those of a larger optimizer. */
  long first() {
    return first;
  }

  void first(long coordinate) {
    first = coordinate;
  }
}
