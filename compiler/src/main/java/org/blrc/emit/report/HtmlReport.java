package org.blrc.emit.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.blrc.derive.Derivation;
import org.blrc.derive.Quantity;
import org.blrc.derive.Step;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.ExprPrinter;

/**
 * Derivations as one HTML file that needs nothing else: formulas are MathML, which browsers render
 * by themselves, and there is no script. It is well-formed XML too.
 */
public final class HtmlReport implements Report {

  private static final String EQUALS = "<math><mo>=</mo></math>";
  private static final String BECOMES = "<math><mo>\u21dd</mo></math>";

  /** What is wider is broken, if it can be; in em. */
  private static final double WIDEST = 24;

  @Override
  public String write(List<Derivation> derivations) {
    String title =
        "Derivation of "
            + derivations.stream().map(Derivation::optimizer).collect(Collectors.joining(", "));
    StringBuilder html = new StringBuilder();
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    html.append("<title>").append(escape(title)).append("</title>\n");
    html.append("<style>\n").append(style()).append("</style>\n</head>\n<body>\n");
    for (int i = 0; i < derivations.size(); i++) {
      new Writer(html, i == 0 ? "" : "d" + (i + 1) + "-").write(derivations.get(i));
    }
    return html.append("</body>\n</html>\n").toString();
  }

  private static String style() {
    try (InputStream style = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(style.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes one derivation; its anchors start with {@code prefix}. */
  private record Writer(StringBuilder html, String prefix) {

    void write(Derivation derivation) {
      html.append("<article>\n<h1>Derivation of ").append(escape(derivation.optimizer()));
      html.append("</h1>\n");
      contents(derivation);
      int equation = 1;
      for (int i = 0; i < derivation.steps().size(); i++) {
        equation = step(i + 1, derivation.steps().get(i), equation);
      }
      cost(CostTable.of(derivation.program()));
      html.append("</article>\n");
    }

    private void contents(Derivation derivation) {
      html.append("<nav aria-label=\"Steps\">\n<ol>\n");
      for (int i = 0; i < derivation.steps().size(); i++) {
        Step step = derivation.steps().get(i);
        html.append("<li><a href=\"#").append(prefix).append("step-").append(i + 1).append("\">");
        html.append(title(step)).append("</a> ").append(badge(step)).append("</li>\n");
      }
      html.append("</ol>\n<p><a href=\"#").append(prefix).append("cost\">");
      html.append(CostTable.TITLE).append("</a></p>\n</nav>\n");
    }

    private int step(int number, Step step, int firstEquation) {
      html.append("<section id=\"").append(prefix).append("step-").append(number).append("\">\n");
      html.append("<h2>").append(number).append(". ").append(title(step));
      html.append(" ").append(badge(step)).append("</h2>\n");
      html.append("<p>")
          .append(
              Report.sentence(
                  step.justification(),
                  HtmlReport::prose,
                  label -> "<math>" + label.mathMl() + "</math>"))
          .append("</p>\n");
      int equation = firstEquation;
      if (!step.lines().isEmpty()) {
        html.append("<div class=\"lines\">\n");
        for (Step.Line line : step.lines()) {
          equation = line(line, equation);
        }
        html.append("</div>\n");
      }
      step.source()
          .ifPresent(
              source ->
                  html.append("<p class=\"source\">Source: ")
                      .append(prose(Report.sentence(source)))
                      .append("</p>\n"));
      html.append("</section>\n");
      return equation;
    }

    private int line(Step.Line line, int equation) {
      switch (line) {
        case Step.Line.Equation(Quantity left, Expr right) -> {
          formula(math(left.label().mathMl()), EQUALS, right, number(equation));
          return equation + 1;
        }
        case Step.Line.Change(Quantity left, Expr before, Expr after) -> {
          formula(math(left.label().mathMl()), EQUALS, before, "");
          formula("", BECOMES, after, number(equation));
          return equation + 1;
        }
        case Step.Line.Rule(String rule) ->
            html.append("<pre class=\"wide\">").append(escape(rule)).append("</pre>\n");
        case Step.Line.Note note ->
            html.append("<p class=\"wide\">").append(prose(note.text())).append("</p>\n");
      }
      return equation;
    }

    /** Every piece is a formula of its own, so that lines break between them. */
    private void formula(String left, String relation, Expr right, String number) {
      html.append("<div class=\"left\">").append(left).append("</div>");
      html.append("<div class=\"relation\">").append(relation).append("</div>");
      html.append("<div class=\"right\">");
      ExprPrinter.MATHML
          .pieces(right, part -> ExprPrinter.WIDTH.print(part) > WIDEST)
          .forEach(piece -> html.append(math(piece)).append(" "));
      html.append("</div><div class=\"number\">").append(number).append("</div>\n");
    }

    private String number(int equation) {
      String anchor = prefix + "eq-" + equation;
      return "<a id=\"%s\" href=\"#%s\">(%d)</a>".formatted(anchor, anchor, equation);
    }

    private void cost(CostTable table) {
      html.append("<section id=\"").append(prefix).append("cost\">\n<h2>");
      html.append(CostTable.TITLE).append("</h2>\n<ul>\n");
      table
          .remarks()
          .forEach(remark -> html.append("<li>").append(prose(remark)).append("</li>\n"));
      html.append("</ul>\n<table>\n<thead><tr><td></td>");
      table.columns().forEach(column -> cell("th", column));
      html.append("</tr></thead>\n<tbody>\n");
      for (CostTable.Row row : table.rows()) {
        html.append("<tr>");
        cell("th", row.quantity());
        row.values().forEach(value -> cell("td", value));
        html.append("</tr>\n");
      }
      html.append("</tbody>\n</table>\n</section>\n");
    }

    private void cell(String element, String text) {
      html.append("<").append(element).append(">").append(prose(text));
      html.append("</").append(element).append(">");
    }
  }

  private static String math(String content) {
    return "<math displaystyle=\"true\">" + content + "</math>";
  }

  /** The titles of rules are code. */
  private static String title(Step step) {
    return Report.isRule(step) ? code(step.title()) : escape(step.title());
  }

  private static String badge(Step step) {
    return "<span class=\"grade "
        + step.grade().label()
        + "\">"
        + escape(Report.grade(step))
        + "</span>";
  }

  private static String prose(String text) {
    return Report.spell(text, HtmlReport::escape, HtmlReport::code);
  }

  private static String code(String text) {
    return "<code>" + escape(text) + "</code>";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
