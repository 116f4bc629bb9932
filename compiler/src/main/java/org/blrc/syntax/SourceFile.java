package org.blrc.syntax;

/**
 * A piece of blr text with the name under which messages refer to it.
 *
 * @param name as the user gave it, or {@code std/...} for the library that ships inside
 */
public record SourceFile(String name, String text) {

  /** Line and column, both from 1; the column counts code points. */
  public record Position(int line, int column) {}

  public Position position(int offset) {
    int at = Math.clamp(offset, 0, text.length());
    int start = text.lastIndexOf('\n', at - 1) + 1;
    int line = 1 + (int) text.substring(0, start).chars().filter(c -> c == '\n').count();
    return new Position(line, 1 + text.codePointCount(start, at));
  }

  /** The text of a line (from 1), without its line end. */
  public String line(int line) {
    String[] lines = text.split("\r?\n", -1);
    return line <= lines.length ? lines[line - 1] : "";
  }

  /** The number of lines; an empty text has one. */
  public int lines() {
    return 1 + (int) text.chars().filter(c -> c == '\n').count();
  }
}
