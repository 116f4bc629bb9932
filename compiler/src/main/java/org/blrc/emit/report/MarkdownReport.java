package org.blrc.emit.report;

import java.util.List;
import java.util.stream.Collectors;
import org.blrc.derive.Derivation;
import org.blrc.derive.Quantity;
import org.blrc.derive.Step;
import org.blrc.symbolic.ExprPrinter;

/** Derivations in Markdown, with formulas in LaTeX between dollar signs. */
public final class MarkdownReport implements Report {

  @Override
  public String write(List<Derivation> derivations) {
    return derivations.stream().map(MarkdownReport::text).collect(Collectors.joining("\n"));
  }

  private static String text(Derivation derivation) {
    StringBuilder text = new StringBuilder();
    text.append("# Derivation of ").append(escape(derivation.optimizer())).append("\n");
    int number = 1;
    for (Step step : derivation.steps()) {
      text.append("\n## ").append(number++).append(". ").append(title(step)).append("\n\n");
      text.append("*").append(Report.sentence(Report.grade(step))).append("* ");
      text.append(
          Report.sentence(
              step.justification(), MarkdownReport::prose, label -> "$" + label.latex() + "$"));
      step.source().ifPresent(source -> text.append(" Source: ").append(prose(source)).append("."));
      text.append("\n");
      step.lines().forEach(line -> append(text, line));
    }
    append(text, CostTable.of(derivation.program()));
    return text.toString();
  }

  /** The titles of rules are code. */
  private static String title(Step step) {
    return Report.isRule(step) ? code(step.title()) : step.title();
  }

  private static void append(StringBuilder text, Step.Line line) {
    switch (line) {
      case Step.Line.Equation(Quantity left, var right) ->
          text.append("\n$$")
              .append(left.label().latex())
              .append(" = ")
              .append(ExprPrinter.LATEX.print(right))
              .append("$$\n");
      case Step.Line.Change(Quantity left, var before, var after) ->
          text.append("\n$$\\begin{aligned}\n")
              .append(left.label().latex())
              .append(" &= ")
              .append(ExprPrinter.LATEX.print(before))
              .append(" \\\\\n&\\leadsto ")
              .append(ExprPrinter.LATEX.print(after))
              .append("\n\\end{aligned}$$\n");
      case Step.Line.Rule(String rule) -> text.append("\nRule: ").append(code(rule)).append("\n");
      case Step.Line.Note note -> text.append("\n").append(prose(note.text())).append("\n");
    }
  }

  private static void append(StringBuilder text, CostTable table) {
    text.append("\n## ").append(CostTable.TITLE).append("\n\n");
    table.remarks().forEach(remark -> text.append("- ").append(prose(remark)).append("\n"));
    text.append("\n| | ").append(String.join(" | ", table.columns())).append(" |\n");
    text.append("|---|").append("---:|".repeat(table.columns().size())).append("\n");
    for (CostTable.Row row : table.rows()) {
      text.append("| ").append(prose(row.quantity())).append(" | ");
      text.append(String.join(" | ", row.values())).append(" |\n");
    }
  }

  private static String prose(String text) {
    return Report.spell(text, MarkdownReport::escape, MarkdownReport::code);
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String escape(String text) {
    return text.replaceAll("([\\\\*_\\[\\]<>#$|])", "\\\\$1");
  }
}
