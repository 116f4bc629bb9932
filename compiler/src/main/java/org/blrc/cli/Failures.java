package org.blrc.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.blrc.syntax.Code;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.SpecException;
import org.blrc.trial.TrialException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns failures into messages and exit codes. */
final class Failures {

  private Failures() {}

  /** A command line that makes no sense. */
  static int usage(ParameterException e, PrintStream err) {
    String suggestions =
        e instanceof UnmatchedArgumentException unmatched && !unmatched.getSuggestions().isEmpty()
            ? "; did you mean `" + String.join("` or `", unmatched.getSuggestions()) + "`?"
            : "";
    err.println("blrc: " + e.getMessage() + suggestions);
    err.printf("Try `%s --help`.%n", e.getCommandLine().getCommandSpec().qualifiedName());
    return ExitCode.USAGE;
  }

  /** A command that could not do its work. */
  static int execution(Exception e, Console console, PrintStream err) {
    return switch (e) {
      case SpecException spec -> spec(spec, console, err);
      case TrialException trial -> trial(trial, err);
      case IOException io -> io(io, console, err);
      case UncheckedIOException io -> io(io.getCause(), console, err);
      default -> internal(e, err);
    };
  }

  /** A fault of the compiler. */
  static int internal(Throwable e, PrintStream err) {
    String message = e.getMessage() == null ? "" : ": " + e.getMessage();
    err.println("blrc: internal error: " + e.getClass().getSimpleName() + message);
    err.println("This is a fault of the compiler, not of the spec. Please report it.");
    return ExitCode.INTERNAL;
  }

  private static int spec(SpecException e, Console console, PrintStream err) {
    console.print(e.diagnostics(), err);
    if (e.diagnostics().stream().anyMatch(d -> d.code() == Code.FILE)) {
      return ExitCode.IO;
    }
    return e.diagnostics().stream().anyMatch(d -> d.code() == Code.TRACE)
        ? ExitCode.USAGE
        : ExitCode.SPEC;
  }

  private static int trial(TrialException e, PrintStream err) {
    e.problems().forEach(problem -> err.println("blrc: " + problem));
    return ExitCode.USAGE;
  }

  private static int io(IOException e, Console console, PrintStream err) {
    String reason =
        switch (e) {
          case NoSuchFileException missing -> "there is no `%s`".formatted(missing.getFile());
          case AccessDeniedException denied ->
              "access to `%s` is denied".formatted(denied.getFile());
          case FileSystemException other when other.getReason() == null ->
              "`%s` cannot be read or written".formatted(other.getFile());
          default -> String.valueOf(e.getMessage());
        };
    Diagnostic diagnostic =
        new Diagnostic(Code.FILE, reason, Optional.empty(), Optional.empty(), Optional.empty());
    return spec(new SpecException(diagnostic), console, err);
  }
}
