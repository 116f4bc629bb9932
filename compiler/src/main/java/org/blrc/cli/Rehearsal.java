package org.blrc.cli;

import java.util.List;

/** Runs the commands that are short, for the launcher to record the classes that they need. */
final class Rehearsal {

  private Rehearsal() {}

  /** Takes the spec that they run on. */
  public static void main(String[] args) {
    for (String command : List.of("check", "derive")) {
      Blrc.main(new String[] {command, args[0]});
    }
  }
}
