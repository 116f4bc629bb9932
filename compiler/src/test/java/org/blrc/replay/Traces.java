package org.blrc.replay;

import java.nio.file.Path;

/** Where the recorded trajectories lie. */
final class Traces {

  private Traces() {}

  static Path file(String name) {
    String module = System.getProperty("basedir", ".");
    return Path.of(module, "..", "tests", "src", "test", "resources", "conformance", name);
  }
}
