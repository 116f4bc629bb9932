package org.blrc.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Library;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The command line of the compiler. */
public final class Blrc implements Callable<Integer> {

  private static final Map<String, Function<Blrc, CommandSpec>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("check", Check::command);
    COMMANDS.put("derive", Derive::command);
    COMMANDS.put("diff", Diff::command);
    COMMANDS.put("verify", Verify::command);
    COMMANDS.put("compile", Compile::command);
    COMMANDS.put("replay", ReplayTrace::command);
    COMMANDS.put("try", Try::command);
    COMMANDS.put("doctor", Doctor::command);
    COMMANDS.put("explain", Explain::command);
    COMMANDS.put("list", ListLibrary::command);
  }

  private final PrintStream out;
  private final PrintStream err;
  private final Console console = new Console();
  private final CommandSpec command =
      Arguments.command(this, "The Bayesian Learning Rule compiler.");

  private Blrc(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command line and ends the process with its code. */
  public static void main(String[] args) {
    // Read by the time that the command line is: nearly every command needs it.
    Thread.ofPlatform().daemon().start(Library::get);
    // Specs are UTF-8 whatever the locale says, and so are the messages that quote them.
    PrintStream err = stream(new FileOutputStream(FileDescriptor.err));
    int code = run(new FileOutputStream(FileDescriptor.out), err, args);
    err.flush();
    // System.exit sets up logging first, which a success need not wait for.
    if (code != ExitCode.OK) {
      System.exit(code);
    }
  }

  /** Runs a command line; never throws. */
  static int run(OutputStream products, PrintStream err, String... args) {
    StandardOutput output = new StandardOutput(products);
    PrintStream out = stream(output);
    Blrc blrc = new Blrc(out, err);
    try {
      int code = blrc.commandLine(args).execute(args);
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

  private CommandLine commandLine(String[] args) {
    command.name("blrc").versionProvider(new Version());
    console.to(command);
    command.addOption(
        Arguments.everywhere(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")));
    command.addOption(
        Arguments.everywhere(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")));
    CommandLine line = new CommandLine(command, Arguments.FACTORY);
    known(args).forEach((name, declared) -> line.addSubcommand(name, declared.apply(this)));
    return line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setAbbreviatedSubcommandsAllowed(false)
        .setParameterExceptionHandler((e, _) -> Failures.usage(e, err))
        .setExecutionExceptionHandler((e, _, _) -> Failures.execution(e, console, err));
  }

  /** The commands that a line can mean; setting up those that it does not takes time. */
  private static Map<String, Function<Blrc, CommandSpec>> known(String[] args) {
    String first = args.length == 0 ? "" : args[0];
    return COMMANDS.containsKey(first) ? Map.of(first, COMMANDS.get(first)) : COMMANDS;
  }

  /** Where products go. */
  PrintStream out() {
    return out;
  }

  /** Where everything else goes. */
  PrintStream err() {
    return err;
  }

  /** Shows warnings about a spec that is compiled all the same. */
  void warn(List<Diagnostic> warnings) {
    console.print(warnings, err);
  }

  @Override
  public Integer call() {
    throw new ParameterException(command.commandLine(), "a command is missing");
  }

  private static PrintStream stream(OutputStream out) {
    return new PrintStream(out, false, StandardCharsets.UTF_8);
  }
}
