package org.blrc.emit.java;

import java.util.List;

/** What a back end makes of a program. */
public sealed interface Emission {

  record Emitted(List<GeneratedFile> files) implements Emission {}

  /**
   * The program needs something that the back end lacks.
   *
   * @param what completes "Java code is not available for "
   */
  record Unsupported(String what) implements Emission {}
}
