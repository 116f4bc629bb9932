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
    int line = 1;
    for (int i = text.indexOf('\n'); i >= 0 && i < start; i = text.indexOf('\n', i + 1)) {
      line++;
    }
    return new Position(line, 1 + text.codePointCount(start, at));
  }

  /** The text of a line (from 1), without its line end. */
  public String line(int line) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      start = text.indexOf('\n', start) + 1;
      if (start == 0) {
        return "";
      }
    }
    int end = text.indexOf('\n', start);
    String found = text.substring(start, end < 0 ? text.length() : end);
    return found.endsWith("\r") ? found.substring(0, found.length() - 1) : found;
  }

  /** The number of lines; an empty text has one. */
  public int lines() {
    return 1 + (int) text.chars().filter(c -> c == '\n').count();
  }
}
