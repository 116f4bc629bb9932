package org.blrc.emit.report;

import org.blrc.symbolic.Letters;

/** Plain text in LaTeX, for pdflatex with its standard fonts. */
final class LatexText {

  private LatexText() {}

  /** Text in which code stands between backquotes. */
  static String prose(String text) {
    return Report.spell(text, LatexText::escape, LatexText::code);
  }

  static String code(String text) {
    return "\\texttt{" + escape(text) + "}";
  }

  static String escape(String text) {
    StringBuilder result = new StringBuilder();
    int before = 0;
    for (int codePoint : text.codePoints().toArray()) {
      // Two of these would become one sign.
      boolean joins = codePoint == before && (codePoint == '\'' || codePoint == '-');
      result.append(joins ? "{}" : "").append(escape(codePoint));
      before = codePoint;
    }
    return result.toString();
  }

  private static String escape(int codePoint) {
    return switch (codePoint) {
      case '\\' -> "\\textbackslash{}";
      case '~' -> "\\textasciitilde{}";
      case '^' -> "\\textasciicircum{}";
      case '<' -> "\\textless{}";
      case '>' -> "\\textgreater{}";
      case '|' -> "\\textbar{}";
      case '"' -> "\\textquotedbl{}";
      case '#', '$', '%', '&', '_', '{', '}' -> "\\" + (char) codePoint;
      case '\u2018' -> "`";
      case '\u2019' -> "'";
      case '\u201c' -> "``";
      case '\u201d' -> "''";
      case '\u2013' -> "--";
      case '\u2014' -> "---";
      case '\u2026' -> "\\dots{}";
      case '\t', '\n', '\r' -> " ";
      default -> other(codePoint);
    };
  }

  private static String other(int codePoint) {
    if (codePoint >= ' ' && codePoint < 0x7f) {
      return Character.toString(codePoint);
    }
    return Character.isLetter(codePoint)
        ? "\\ensuremath{" + Letters.latex(codePoint) + "}"
        : "U+" + "%04X".formatted(codePoint);
  }
}
