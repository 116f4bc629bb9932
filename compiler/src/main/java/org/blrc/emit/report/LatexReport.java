package org.blrc.emit.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.blrc.derive.Derivation;
import org.blrc.derive.Step;

/**
 * Derivations as a LaTeX document for pdflatex. It uses common packages only and defines nothing,
 * so that its sections can be copied into another document.
 */
public final class LatexReport implements Report {

  private static final String PREAMBLE =
      """
      \\documentclass[11pt]{article}
      \\usepackage[T1]{fontenc}
      \\usepackage[utf8]{inputenc}
      \\usepackage{lmodern}
      \\usepackage[a4paper, margin=25mm]{geometry}
      \\usepackage{amsmath, amssymb, booktabs, graphicx}
      \\usepackage[hidelinks]{hyperref}
      \\allowdisplaybreaks
      \\frenchspacing
      \\raggedbottom
      \\emergencystretch=3em

      """;

  @Override
  public String write(List<Derivation> derivations) {
    StringBuilder text = new StringBuilder(PREAMBLE);
    text.append("\\begin{document}\n");
    derivations.forEach(derivation -> append(text, derivation));
    return text.append("\n\\end{document}\n").toString();
  }

  private static void append(StringBuilder text, Derivation derivation) {
    text.append("\n\\section{Derivation of ");
    text.append(LatexText.escape(derivation.optimizer())).append("}\n");
    derivation.steps().forEach(step -> append(text, step));
    append(text, CostTable.of(derivation.program()));
  }

  private static void append(StringBuilder text, Step step) {
    String title =
        Report.isRule(step) ? LatexText.code(step.title()) : LatexText.escape(step.title());
    text.append("\n\\subsection{").append(title).append("}\n");
    text.append("\\emph{").append(Report.sentence(Report.grade(step))).append("}\n");
    text.append(
        Report.sentence(
            step.justification(), LatexText::prose, label -> "$" + label.latex() + "$"));
    step.source()
        .ifPresent(
            source ->
                text.append("\\footnote{")
                    .append(LatexText.prose(Report.sentence(source)))
                    .append("}"));
    text.append("\n");
    List<Step.Line> formulas = new ArrayList<>();
    for (Step.Line line : step.lines()) {
      switch (line) {
        case Step.Line.Equation _, Step.Line.Change _ -> formulas.add(line);
        case Step.Line.Rule(String rule) -> {
          flush(text, formulas);
          text.append("\\begin{quote}\n\\raggedright ");
          text.append(LatexText.code(rule)).append("\n\\end{quote}\n");
        }
        case Step.Line.Note note -> {
          flush(text, formulas);
          text.append("\n\\noindent ")
              .append(LatexText.prose(Report.sentence(note.text())))
              .append("\n");
        }
      }
    }
    flush(text, formulas);
  }

  private static void flush(StringBuilder text, List<Step.Line> formulas) {
    if (!formulas.isEmpty()) {
      text.append(Alignment.of(formulas));
      formulas.clear();
    }
  }

  private static void append(StringBuilder text, CostTable table) {
    text.append("\n\\subsection{").append(CostTable.TITLE).append("}\n");
    text.append("\\begin{itemize}\n\\raggedright\n");
    table
        .remarks()
        .forEach(remark -> text.append("\\item ").append(LatexText.prose(remark)).append("\n"));
    text.append("\\end{itemize}\n");
    text.append("\\begin{center}\n\\begin{tabular}{l");
    text.append("r".repeat(table.columns().size())).append("}\n\\toprule\n");
    append(text, new CostTable.Row("", table.columns()));
    text.append("\\midrule\n");
    table.rows().forEach(row -> append(text, row));
    text.append("\\bottomrule\n\\end{tabular}\n\\end{center}\n");
  }

  private static void append(StringBuilder text, CostTable.Row row) {
    text.append(LatexText.prose(row.quantity())).append(" & ");
    text.append(row.values().stream().map(LatexText::escape).collect(Collectors.joining(" & ")));
    text.append(" \\\\\n");
  }
}
