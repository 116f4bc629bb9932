package org.blrc.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the compiler. */
@Command(
    name = "blrc",
    description = "The Bayesian Learning Rule compiler.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = CommandLine.ScopeType.INHERIT,
    sortOptions = false,
    subcommands = {
      Check.class,
      Derive.class,
      Compile.class,
      ReplayTrace.class,
      Try.class,
      Explain.class,
      ListLibrary.class
    })
public final class Blrc implements Runnable {

  private final PrintStream out;

  @Mixin private Console console;
  @Spec private CommandSpec command;

  private Blrc(PrintStream out) {
    this.out = out;
  }

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    // Specs are UTF-8 whatever the locale says, and so are the messages that quote them.
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    int code = run(out, err, args);
    out.flush();
    err.flush();
    System.exit(code);
  }

  /** Runs a command line; never throws. */
  static int run(PrintStream out, PrintStream err, String... args) {
    Blrc blrc = new Blrc(out);
    try {
      return new CommandLine(blrc)
          .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
          .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
          .setCaseInsensitiveEnumValuesAllowed(true)
          .setAbbreviatedSubcommandsAllowed(false)
          .setParameterExceptionHandler((e, _) -> Failures.usage(e, err))
          .setExecutionExceptionHandler((e, _, _) -> Failures.execution(e, blrc.console, err))
          .execute(args);
    } catch (StackOverflowError | OutOfMemoryError e) {
      return Failures.internal(e, err);
    }
  }

  /** Where products go. */
  PrintStream out() {
    return out;
  }

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "a command is missing");
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }
}
