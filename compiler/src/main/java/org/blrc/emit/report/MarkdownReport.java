package org.blrc.emit.report;

import org.blrc.derive.Derivation;
import org.blrc.derive.Quantity;
import org.blrc.derive.Step;
import org.blrc.symbolic.ExprPrinter;

/** A derivation in Markdown, with formulas in LaTeX between dollar signs. */
public final class MarkdownReport implements Report {

  @Override
  public String write(Derivation derivation) {
    StringBuilder text = new StringBuilder();
    text.append("# Derivation of ").append(escape(derivation.optimizer())).append("\n");
    int number = 1;
    for (Step step : derivation.steps()) {
      text.append("\n## ").append(number++).append(". ").append(title(step)).append("\n\n");
      text.append("*").append(capitalised(Report.grade(step))).append(".* ");
      text.append(escape(step.justification())).append(".");
      step.source()
          .ifPresent(source -> text.append(" Source: ").append(escape(source)).append("."));
      text.append("\n");
      for (Step.Line line : step.lines()) {
        append(text, line);
      }
    }
    return text.toString();
  }

  /** The titles of rules are code. */
  private static String title(Step step) {
    return step.fired().isPresent() ? "`" + step.title() + "`" : step.title();
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
      case Step.Line.Rule(String rule) -> text.append("\nRule: `").append(rule).append("`\n");
      case Step.Line.Remark(String remark) -> text.append("\n").append(escape(remark)).append("\n");
    }
  }

  private static String capitalised(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static String escape(String text) {
    return text.replaceAll("([\\\\*_\\[\\]<>#])", "\\\\$1");
  }
}
