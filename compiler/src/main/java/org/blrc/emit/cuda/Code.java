package org.blrc.emit.cuda;

import java.util.List;
import org.blrc.emit.arith.LineBreaks;

/** Lines of C++ under construction. */
final class Code {

  private static final int WIDTH = 118;
  private static final String CONTINUATION = "    ";

  private final StringBuilder text = new StringBuilder();
  private String indent;

  Code(int depth) {
    indent = "  ".repeat(depth);
  }

  /** A line, or nothing but its end. */
  Code line(String line) {
    text.append(line.isEmpty() ? "" : indent).append(line).append('\n');
    return this;
  }

  /** A line that is no part of the structure around it. */
  Code directive(String line) {
    text.append(line).append('\n');
    return this;
  }

  Code open(String line) {
    line(line + " {");
    indent += "  ";
    return this;
  }

  Code close() {
    indent = indent.substring(2);
    return line("}");
  }

  /** The other branch of the block that was opened last. */
  Code otherwise() {
    indent = indent.substring(2);
    line("} else {");
    indent += "  ";
    return this;
  }

  /**
   * A statement, which is broken where it is too long.
   *
   * @param value with the marks of {@link LineBreaks}
   */
  Code statement(String start, String value) {
    return broken(start, value, ";");
  }

  /** The head of a block, which is broken where it is too long. */
  Code openBroken(String start, String rest) {
    broken(start, rest, " {");
    indent += "  ";
    return this;
  }

  private Code broken(String start, String value, String last) {
    List<String> pieces = LineBreaks.pieces(value);
    StringBuilder line = new StringBuilder(indent).append(start);
    for (int i = 0; i < pieces.size(); i++) {
      String piece = pieces.get(i) + (i + 1 == pieces.size() ? last : "");
      if (line.length() + 1 + piece.length() > WIDTH && !line.toString().isBlank()) {
        text.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(indent).append(CONTINUATION);
      } else if (i > 0) {
        line.append(' ');
      }
      line.append(piece);
    }
    text.append(line).append('\n');
    return this;
  }

  Code add(Code other) {
    text.append(other.text);
    return this;
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
