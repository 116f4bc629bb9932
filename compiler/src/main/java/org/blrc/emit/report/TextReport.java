package org.blrc.emit.report;

import org.blrc.derive.Derivation;
import org.blrc.derive.Quantity;
import org.blrc.derive.Step;
import org.blrc.symbolic.ExprPrinter;

/** A derivation for the terminal. Every expression in it is blr text. */
public final class TextReport implements Report {

  private static final String INDENT = "   ";

  @Override
  public String write(Derivation derivation) {
    StringBuilder text = new StringBuilder();
    text.append("Derivation of ").append(derivation.optimizer()).append("\n");
    int number = 1;
    for (Step step : derivation.steps()) {
      text.append("\n").append(number++).append(". ").append(step.title());
      text.append("  [").append(Report.grade(step)).append("]\n");
      text.append(INDENT).append(step.justification()).append("\n");
      step.source()
          .ifPresent(source -> text.append(INDENT).append("source: ").append(source).append("\n"));
      if (!step.lines().isEmpty()) {
        text.append("\n");
      }
      step.lines().forEach(line -> append(text, line));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Step.Line line) {
    String indent = INDENT + "  ";
    switch (line) {
      case Step.Line.Equation(Quantity left, var right) ->
          text.append(indent)
              .append(left.label().text())
              .append(" = ")
              .append(ExprPrinter.TEXT.print(right))
              .append("\n");
      case Step.Line.Change(Quantity left, var before, var after) -> {
        String head = left.label().text() + " = ";
        String arrow = " ".repeat(Math.max(0, head.length() - 3)) + "~> ";
        text.append(indent).append(head).append(ExprPrinter.TEXT.print(before)).append("\n");
        text.append(indent).append(arrow).append(ExprPrinter.TEXT.print(after)).append("\n");
      }
      case Step.Line.Rule(String rule) ->
          text.append(indent).append("rule: ").append(rule).append("\n");
      case Step.Line.Remark(String remark) -> text.append(indent).append(remark).append("\n");
    }
  }
}
