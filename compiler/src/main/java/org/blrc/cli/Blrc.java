package org.blrc.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.blrc.syntax.Diagnostic;
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
    sortOptions = false)
public final class Blrc implements Runnable {

  private static final List<Class<?>> COMMANDS =
      List.of(
          Check.class,
          Derive.class,
          Verify.class,
          Compile.class,
          ReplayTrace.class,
          Try.class,
          Explain.class,
          ListLibrary.class);

  private final PrintStream out;
  private final PrintStream err;

  @Mixin private Console console;
  @Spec private CommandSpec command;

  private Blrc(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    // Specs are UTF-8 whatever the locale says, and so are the messages that quote them.
    PrintStream err = stream(new FileOutputStream(FileDescriptor.err));
    int code = run(new FileOutputStream(FileDescriptor.out), err, args);
    err.flush();
    System.exit(code);
  }

  /** Runs a command line; never throws. */
  static int run(OutputStream products, PrintStream err, String... args) {
    StandardOutput output = new StandardOutput(products);
    PrintStream out = stream(output);
    Blrc blrc = new Blrc(out, err);
    try {
      int code = commandLine(blrc, out, err, commands(args)).execute(args);
      out.flush();
      int written = written(output, blrc.console, err);
      blrc.console.summarise(err);
      return code == ExitCode.OK ? written : code;
    } catch (StackOverflowError | OutOfMemoryError e) {
      return Failures.internal(e, err);
    }
  }

  private static int written(StandardOutput output, Console console, PrintStream err) {
    if (output.failure().isEmpty()) {
      return ExitCode.OK;
    }
    if (output.isClosedPipe()) {
      return ExitCode.CLOSED_PIPE;
    }
    String reason = String.valueOf(output.failure().get().getMessage());
    return Failures.execution(
        new IOException("standard output cannot be written: " + reason), console, err);
  }

  /** The command that the first argument names, or all: reading their options takes time. */
  private static List<Class<?>> commands(String... args) {
    List<Class<?>> named =
        COMMANDS.stream()
            .filter(each -> args.length > 0 && name(each).equals(args[0]))
            .<Class<?>>map(each -> each)
            .toList();
    return named.isEmpty() ? COMMANDS : named;
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  private static CommandLine commandLine(
      Blrc blrc, PrintStream out, PrintStream err, List<Class<?>> commands) {
    CommandLine line = new CommandLine(blrc);
    commands.forEach(line::addSubcommand);
    return line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
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

  /** Shows warnings about a spec that is compiled all the same. */
  void warn(List<Diagnostic> warnings) {
    console.print(warnings, err);
  }

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "a command is missing");
  }

  private static PrintStream stream(OutputStream out) {
    return new PrintStream(out, false, StandardCharsets.UTF_8);
  }
}
