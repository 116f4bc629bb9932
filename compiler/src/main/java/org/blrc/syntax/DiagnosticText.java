package org.blrc.syntax;

import java.util.List;
import org.blrc.syntax.SourceFile.Position;

/** Prints diagnostics for people: the message, the place, the line with the place underlined. */
public final class DiagnosticText {

  private static final String RED = "\u001b[1;31m";
  private static final String YELLOW = "\u001b[1;33m";
  private static final String BLUE = "\u001b[1;34m";
  private static final String BOLD = "\u001b[1m";
  private static final String RESET = "\u001b[0m";

  private final boolean colour;

  public DiagnosticText(boolean colour) {
    this.colour = colour;
  }

  /** All of them, with an empty line between two. */
  public String print(List<Diagnostic> diagnostics) {
    return String.join("\n", diagnostics.stream().map(this::print).toList());
  }

  /** One diagnostic; ends with a line end. */
  public String print(Diagnostic diagnostic) {
    StringBuilder out = new StringBuilder();
    String style = diagnostic.isError() ? RED : YELLOW;
    String head = diagnostic.severity().label() + "[" + diagnostic.code().id() + "]";
    out.append(paint(style, head)).append(paint(BOLD, ": " + diagnostic.message())).append('\n');
    int margin = 1;
    if (diagnostic.span().isPresent()) {
      Span span = diagnostic.span().get();
      margin = Integer.toString(lastPosition(span).line()).length() + 1;
      excerpt(span, margin, style, out);
    }
    String indent = " ".repeat(margin);
    diagnostic.note().ifPresent(note -> remark("note", note, indent, out));
    diagnostic.hint().ifPresent(hint -> remark("hint", hint, indent, out));
    return out.toString();
  }

  private void excerpt(Span span, int margin, String style, StringBuilder out) {
    SourceFile source = span.source();
    Position first = source.position(span.start());
    Position last = lastPosition(span);
    String bar = paint(BLUE, " ".repeat(margin) + "|");
    out.append(" ".repeat(margin - 1))
        .append(paint(BLUE, "--> "))
        .append("%s:%d:%d\n".formatted(source.name(), first.line(), first.column()))
        .append(bar)
        .append('\n');
    for (int line = first.line(); line <= last.line(); line++) {
      if (line > first.line() + 1 && line < last.line()) {
        out.append(paint(BLUE, "...")).append('\n');
        line = last.line() - 1;
        continue;
      }
      String text = source.line(line);
      int start = line == first.line() ? offset(text, first) : indentation(text);
      int end = line == last.line() ? offset(text, last) : text.stripTrailing().length();
      DisplayLine shown = DisplayLine.of(text, start, Math.max(start, end));
      String number = Integer.toString(line);
      out.append(paint(BLUE, " ".repeat(margin - 1 - number.length()) + number + " |"))
          .append(shown.text().isEmpty() ? "" : " " + shown.text())
          .append('\n')
          .append(bar)
          .append(' ')
          .append(" ".repeat(shown.from()))
          .append(paint(style, "^".repeat(shown.width())))
          .append('\n');
    }
  }

  private void remark(String kind, String text, String indent, StringBuilder out) {
    List<String> lines = text.lines().toList();
    String lead = indent + "= " + kind + ": ";
    for (int i = 0; i < lines.size(); i++) {
      out.append(
              i == 0
                  ? paint(BLUE, indent + "= ") + paint(BOLD, kind + ": ")
                  : " ".repeat(lead.length()))
          .append(lines.get(i))
          .append('\n');
    }
  }

  /** The end of a span, on the line of its last character. */
  private static Position lastPosition(Span span) {
    if (span.end() <= span.start()) {
      return span.source().position(span.start());
    }
    Position last = span.source().position(span.end() - 1);
    boolean low = Character.isLowSurrogate(span.source().text().charAt(span.end() - 1));
    return new Position(last.line(), last.column() + (low ? 0 : 1));
  }

  /** The character of a line at a column, which counts code points. */
  private static int offset(String line, Position position) {
    int points = Math.min(position.column() - 1, line.codePointCount(0, line.length()));
    return line.offsetByCodePoints(0, points);
  }

  private static int indentation(String line) {
    return line.length() - line.stripLeading().length();
  }

  private String paint(String style, String text) {
    return colour ? style + text + RESET : text;
  }
}
