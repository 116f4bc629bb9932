package org.blrc.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the compiler. */
@Command(name = "blrc", mixinStandardHelpOptions = true, version = "blrc 0.1.0-SNAPSHOT")
public final class Blrc implements Runnable {
  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Blrc()).execute(args));
  }
}
