package org.blrc.cli;

import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.DiagnosticJson;
import org.blrc.syntax.DiagnosticText;
import org.blrc.syntax.Severity;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options about messages that all commands share, and the messages. */
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

  private final OptionSpec colour =
      Arguments.everywhere(
          Arguments.choice(Colour.AUTO, "WHEN", "--color")
              .description("Colour diagnostics: auto, always or never. NO_COLOR is honoured."));
  private final OptionSpec format =
      Arguments.everywhere(
          Arguments.choice(Format.TEXT, "FORMAT", "--diagnostics")
              .description("How to print diagnostics: text, or json (one object a line)."));

  private final Set<Diagnostic> printed = new LinkedHashSet<>();

  /** Adds the options to a command and its subcommands. */
  void to(CommandSpec command) {
    command.addOption(colour).addOption(format);
  }

  /** Prints those diagnostics that the user has not seen yet. */
  void print(List<Diagnostic> diagnostics, PrintStream err) {
    boolean first = printed.isEmpty();
    List<Diagnostic> more = diagnostics.stream().filter(printed::add).toList();
    if (format.getValue() == Format.JSON) {
      err.print(DiagnosticJson.print(more));
    } else if (!more.isEmpty()) {
      err.print((first ? "" : "\n") + new DiagnosticText(coloured()).print(more));
    }
  }

  /** Ends the diagnostics, if there were any, with their number. */
  void summarise(PrintStream err) {
    if (format.getValue() == Format.TEXT && !printed.isEmpty()) {
      String counts =
          Stream.of(Severity.values())
              .map(this::count)
              .filter(count -> !count.isEmpty())
              .collect(Collectors.joining(", "));
      err.printf("%n%s%n", counts);
    }
  }

  private String count(Severity severity) {
    long count = printed.stream().filter(each -> each.severity() == severity).count();
    return count == 0 ? "" : count + " " + severity.label() + (count == 1 ? "" : "s");
  }

  private boolean coloured() {
    return switch (colour.<Colour>getValue()) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> Terminal.takesColour();
    };
  }
}
