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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code blrc derive}: prints how an update comes about. */
@Command(name = "derive", description = "Print the derivation of the update, step by step.")
final class Derive implements Callable<Integer> {

  enum Format {
    TEXT,
    MARKDOWN,
    LATEX,
    HTML,
    JSON
  }

  @ParentCommand private Blrc blrc;
  @Mixin private SpecArguments spec;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = {
        "text, the default; markdown, with formulas in LaTeX; latex, a document for pdflatex;",
        "html, one file that needs no network; or json."
      })
  private Format format = Format.TEXT;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to a file instead of standard output.")
  private Path output;

  @Override
  public Integer call() throws SpecException, IOException {
    Unit unit = spec.read(blrc);
    List<Derivation> derivations = SpecArguments.derive(unit, spec.chosen(unit));
    Report report =
        switch (format) {
          case TEXT -> new TextReport();
          case MARKDOWN -> new MarkdownReport();
          case LATEX -> new LatexReport();
          case HTML -> new HtmlReport();
          case JSON -> new JsonReport();
        };
    String text = report.write(derivations);
    if (output == null) {
      blrc.out().print(text);
    } else {
      OutputFile.write(output, text);
    }
    return ExitCode.OK;
  }
}
