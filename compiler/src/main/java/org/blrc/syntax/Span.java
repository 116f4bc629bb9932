package org.blrc.syntax;

/** Characters {@code start} (inclusive) to {@code end} (exclusive) of a source. */
public record Span(SourceFile source, int start, int end) {

  public String text() {
    return source.text().substring(start, end);
  }

  /** The text on one line, with one space between words. */
  public String oneLine() {
    return text().strip().replaceAll("\\s+", " ");
  }

  /** The text on one line, cut where it is long; for messages. */
  public String excerpt() {
    String line = oneLine();
    return line.codePointCount(0, line.length()) <= 60
        ? line
        : line.substring(0, line.offsetByCodePoints(0, 57)) + "...";
  }

  /** The smallest span that covers both. */
  public Span to(Span other) {
    return new Span(source, Math.min(start, other.start), Math.max(end, other.end));
  }
}
