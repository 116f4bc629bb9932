package org.blrc.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
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
      Verify.class,
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
      int code = commandLine(blrc, out, err).execute(args);
      // A print stream keeps its failures to itself until asked.
      if (out.checkError()) {
        IOException e = new IOException("standard output cannot be written");
        int failed = Failures.execution(e, blrc.console, err);
        return code == ExitCode.OK ? failed : code;
      }
      return code;
    } catch (StackOverflowError | OutOfMemoryError e) {
      return Failures.internal(e, err);
    }
  }

  private static CommandLine commandLine(Blrc blrc, PrintStream out, PrintStream err) {
    return new CommandLine(blrc)
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .registerConverter(Console.Colour.class, new Choice<>(Console.Colour.class))
        .registerConverter(Console.Format.class, new Choice<>(Console.Format.class))
        .registerConverter(Derive.Format.class, new Choice<>(Derive.Format.class))
        .registerConverter(ListLibrary.Kind.class, new Choice<>(ListLibrary.Kind.class))
        .registerConverter(ReplayTrace.BackEnd.class, new Choice<>(ReplayTrace.BackEnd.class))
        .registerConverter(ReplayTrace.Precision.class, new Choice<>(ReplayTrace.Precision.class))
        .setAbbreviatedSubcommandsAllowed(false)
        .setParameterExceptionHandler((e, _) -> Failures.usage(e, err))
        .setExecutionExceptionHandler((e, _, _) -> Failures.execution(e, blrc.console, err));
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
