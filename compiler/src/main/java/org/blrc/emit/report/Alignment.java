package org.blrc.emit.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.blrc.derive.Quantity;
import org.blrc.derive.Step;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.ExprPrinter;

/** Numbered equations in an {@code align} environment; long sums are broken between terms. */
final class Alignment {

  /** The width of a line without the number of its equation, in em. */
  private static final double LINE = 36;

  private static final double WIDEST_LABEL = 9;
  private static final double RELATION = 1.5;
  private static final double QUAD = 1;

  private final double available;
  private final List<String> rows = new ArrayList<>();

  private Alignment(double labels) {
    this.available = LINE - labels - RELATION;
  }

  static String of(List<Step.Line> lines) {
    Alignment alignment =
        new Alignment(lines.stream().mapToDouble(Alignment::labelWidth).max().orElseThrow());
    lines.forEach(alignment::add);
    return "\\begin{align}\n" + String.join(" \\\\\n", alignment.rows) + "\n\\end{align}\n";
  }

  private void add(Step.Line line) {
    switch (line) {
      case Step.Line.Equation(Quantity left, Expr right) -> add(start(left.label()), right);
      case Step.Line.Change(Quantity left, Expr before, Expr after) -> {
        add(start(left.label()), before);
        rows.add(rows.removeLast() + " \\notag");
        add("&\\leadsto ", after);
      }
      case Step.Line.Rule _, Step.Line.Note _ ->
          throw new IllegalArgumentException("no formula: " + line);
    }
  }

  /** A left side that is too wide has a row of its own and leaves no room beside the others. */
  private String start(Step.Label left) {
    if (width(left) <= WIDEST_LABEL) {
      return left.latex() + " &= ";
    }
    rows.add("\\rlap{$\\displaystyle " + left.latex() + "$} & \\notag");
    return "&= ";
  }

  private void add(String start, Expr right) {
    List<String> pieces = ExprPrinter.LATEX.pieces(right, this::isTooWide);
    List<Double> widths = ExprPrinter.WIDTH.pieces(right, this::isTooWide);
    StringBuilder row = new StringBuilder(start);
    double width = 0;
    for (int i = 0; i < pieces.size(); i++) {
      if (width > 0 && width + widths.get(i) > available) {
        rows.add(row + " \\notag");
        row = new StringBuilder("&\\quad {}");
        width = QUAD;
      }
      row.append(widths.get(i) > available ? scaled(pieces.get(i)) : pieces.get(i));
      width += widths.get(i);
    }
    rows.add(row.toString());
  }

  private boolean isTooWide(Expr expr) {
    return ExprPrinter.WIDTH.print(expr) > available - QUAD;
  }

  /** What has no place to break it is made smaller. */
  private String scaled(String piece) {
    return String.format(
        Locale.ROOT, "\\resizebox{%.1fem}{!}{$\\displaystyle %s$}", available - QUAD, piece);
  }

  private static double labelWidth(Step.Line line) {
    Step.Label label =
        switch (line) {
          case Step.Line.Equation(Quantity left, _) -> left.label();
          case Step.Line.Change(Quantity left, _, _) -> left.label();
          case Step.Line.Rule _, Step.Line.Note _ ->
              throw new IllegalArgumentException("no formula: " + line);
        };
    double width = width(label);
    return width <= WIDEST_LABEL ? width : 0;
  }

  /** By the number of signs, of which a fraction has half above the line. */
  private static double width(Step.Label label) {
    String signs =
        label
            .latex()
            .replaceAll("\\\\(frac|mathrm|mathcal|mathbb|operatorname|text|left|right|[!,])", "")
            .replaceAll("\\\\[A-Za-z]+", "x")
            .replaceAll("[{}^\\\\]", "");
    double width = 0.6 * signs.length();
    return label.latex().startsWith("\\frac") ? width / 2 + 1 : width;
  }
}
