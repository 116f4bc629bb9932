package org.blrc.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.blrc.derive.Derivation;
import org.blrc.emit.report.HtmlReport;
import org.blrc.emit.report.JsonReport;
import org.blrc.emit.report.LatexReport;
import org.blrc.emit.report.MarkdownReport;
import org.blrc.emit.report.Report;
import org.blrc.emit.report.TextReport;
import org.blrc.output.OutputFile;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code blrc derive}: prints how an update comes about. */
final class Derive implements Callable<Integer> {

  enum Format {
    TEXT,
    MARKDOWN,
    LATEX,
    HTML,
    JSON
  }

  private final Blrc blrc;
  private final SpecArguments spec = new SpecArguments();

  private final OptionSpec format =
      Arguments.choice(Format.TEXT, "FORMAT", "--format")
          .description(
              "text, the default; markdown, with formulas in LaTeX; latex, a document for"
                  + " pdflatex; html, one file that needs no network; or json.")
          .build();
  private final OptionSpec output =
      Arguments.option(Path.class, "FILE", "-o", "--output")
          .description("Write to a file instead of standard output.")
          .build();

  private Derive(Blrc blrc) {
    this.blrc = blrc;
  }

  static CommandSpec command(Blrc blrc) {
    Derive self = new Derive(blrc);
    return self.spec
        .to(Arguments.command(self, "Print the derivation of the update, step by step."))
        .addOption(self.format)
        .addOption(self.output);
  }

  @Override
  public Integer call() throws SpecException, IOException {
    Unit unit = spec.read(blrc);
    List<Derivation> derivations = SpecArguments.derive(unit, spec.chosen(unit));
    Report report =
        switch (format.<Format>getValue()) {
          case TEXT -> new TextReport();
          case MARKDOWN -> new MarkdownReport();
          case LATEX -> new LatexReport();
          case HTML -> new HtmlReport();
          case JSON -> new JsonReport();
        };
    String text = report.write(derivations);
    Path file = output.getValue();
    if (file == null) {
      blrc.out().print(text);
    } else {
      OutputFile.write(file, text);
    }
    return ExitCode.OK;
  }
}
