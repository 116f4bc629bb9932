package org.blrc.runtime.cuda;

import java.util.List;

/** Gives several things back, each of them whatever becomes of the others. */
final class Closing {

  private Closing() {}

  /** Throws what was the first to go wrong, once all were tried. */
  static void all(List<Runnable> parts) {
    RuntimeException first = null;
    for (Runnable part : parts) {
      try {
        part.run();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
