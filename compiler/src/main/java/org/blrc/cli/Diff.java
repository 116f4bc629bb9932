package org.blrc.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.blrc.diff.DerivationDiff;
import org.blrc.diff.Differ;
import org.blrc.diff.Subject;
import org.blrc.emit.report.DiffJson;
import org.blrc.emit.report.DiffText;
import org.blrc.output.OutputFile;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.SpecException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/** {@code blrc diff}: shows where two derivations part, and because of what. */
final class Diff implements Callable<Integer> {

  enum Format {
    TEXT,
    JSON
  }

  private final Blrc blrc;
  private final PositionalParamSpec first = OptimizerArgument.at(0, "A");
  private final PositionalParamSpec second = OptimizerArgument.at(1, "B");
  private final OptionSpec format =
      Arguments.choice(Format.TEXT, "FORMAT", "--format")
          .description("text, the default, or json.")
          .build();
  private final OptionSpec output =
      Arguments.option(Path.class, "FILE", "-o", "--output")
          .description("Write to a file instead of standard output.")
          .build();

  private Diff(Blrc blrc) {
    this.blrc = blrc;
  }

  static CommandSpec command(Blrc blrc) {
    Diff self = new Diff(blrc);
    return Arguments.command(
            self,
            "Show where two derivations part and which assumptions separate them. Ends with 0"
                + " if the updates are the same, and with 3 if they differ.")
        .addPositional(self.first)
        .addPositional(self.second)
        .addOption(self.format)
        .addOption(self.output);
  }

  @Override
  public Integer call() throws SpecException, IOException {
    String left = first.getValue();
    String right = second.getValue();
    if (OptimizerArgument.isStandardInput(left) && OptimizerArgument.isStandardInput(right)) {
      throw new ParameterException(
          output.command().commandLine(), "only one of the two can come from standard input");
    }
    List<Subject> subjects = new ArrayList<>();
    List<Diagnostic> diagnostics = new ArrayList<>();
    for (String each : List.of(left, right)) {
      try {
        subjects.add(OptimizerArgument.read(each, blrc));
      } catch (SpecException e) {
        diagnostics.addAll(e.diagnostics());
      }
    }
    if (!diagnostics.isEmpty()) {
      throw new SpecException(diagnostics.stream().distinct().toList());
    }
    DerivationDiff diff = Differ.compare(subjects.getFirst(), subjects.getLast());
    String text =
        switch (format.<Format>getValue()) {
          case TEXT -> DiffText.write(diff);
          case JSON -> DiffJson.write(diff);
        };
    Path file = output.getValue();
    if (file == null) {
      blrc.out().print(text);
    } else {
      OutputFile.write(file, text);
    }
    return diff.isSameUpdate() ? ExitCode.OK : ExitCode.DISAGREEMENT;
  }
}
