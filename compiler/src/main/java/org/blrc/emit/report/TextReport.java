package org.blrc.emit.report;

import java.util.List;
import java.util.stream.Collectors;
import org.blrc.derive.Derivation;
import org.blrc.derive.Quantity;
import org.blrc.derive.Step;
import org.blrc.symbolic.ExprPrinter;

/** Derivations for the terminal. Every expression in them is blr text. */
public final class TextReport implements Report {

  private static final String INDENT = "   ";

  @Override
  public String write(List<Derivation> derivations) {
    return derivations.stream().map(TextReport::text).collect(Collectors.joining("\n"));
  }

  private static String text(Derivation derivation) {
    StringBuilder text = new StringBuilder();
    text.append("Derivation of ").append(derivation.optimizer()).append("\n");
    int number = 1;
    for (Step step : derivation.steps()) {
      text.append("\n").append(step(number++, step));
    }
    append(text, CostTable.of(derivation.program()));
    return text.toString();
  }

  /** One step, with its number. */
  static String step(int number, Step step) {
    StringBuilder text = new StringBuilder();
    text.append(number).append(". ").append(step.title());
    text.append("  [").append(Report.grade(step)).append("]\n");
    text.append(INDENT).append(step.justification().text()).append("\n");
    step.source()
        .ifPresent(source -> text.append(INDENT).append("source: ").append(source).append("\n"));
    if (!step.lines().isEmpty()) {
      text.append("\n");
    }
    step.lines().forEach(line -> append(text, line));
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
      case Step.Line.Note note -> text.append(indent).append(note.text()).append("\n");
    }
  }

  private static void append(StringBuilder text, CostTable table) {
    text.append("\n").append(CostTable.TITLE).append("\n\n");
    table.remarks().forEach(remark -> text.append(INDENT).append(remark).append("\n"));
    text.append("\n");
    int first = table.rows().stream().mapToInt(row -> row.quantity().length()).max().orElseThrow();
    List<Integer> widths =
        java.util.stream.IntStream.range(0, table.columns().size())
            .mapToObj(
                column ->
                    table.rows().stream()
                        .mapToInt(row -> row.values().get(column).length())
                        .reduce(table.columns().get(column).length(), Math::max))
            .toList();
    append(text, "", first, table.columns(), widths);
    table.rows().forEach(row -> append(text, row.quantity(), first, row.values(), widths));
  }

  private static void append(
      StringBuilder text, String start, int width, List<String> values, List<Integer> widths) {
    text.append(INDENT).append(start).append(" ".repeat(width - start.length()));
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      text.append("  ").append(" ".repeat(widths.get(i) - value.length())).append(value);
    }
    text.append("\n");
  }
}
