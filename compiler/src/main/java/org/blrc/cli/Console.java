package org.blrc.cli;

import java.io.PrintStream;
import java.util.List;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.DiagnosticJson;
import org.blrc.syntax.DiagnosticText;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options about messages that all commands share. */
final class Console {

  enum Colour {
    AUTO,
    ALWAYS,
    NEVER
  }

  enum Format {
    TEXT,
    JSON
  }

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      description = "Colour diagnostics: auto, always or never. NO_COLOR is honoured.")
  private Colour colour = Colour.AUTO;

  @Option(
      names = "--diagnostics",
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      description = "How to print diagnostics: text, or json (one object a line).")
  private Format format = Format.TEXT;

  /** Prints diagnostics for the user. */
  void print(List<Diagnostic> diagnostics, PrintStream err) {
    if (format == Format.JSON) {
      err.print(DiagnosticJson.print(diagnostics));
      return;
    }
    err.print(new DiagnosticText(coloured()).print(diagnostics));
    if (diagnostics.size() > 1) {
      err.printf("%n%d errors%n", diagnostics.size());
    }
  }

  private boolean coloured() {
    return switch (colour) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> Terminal.takesColour();
    };
  }
}
