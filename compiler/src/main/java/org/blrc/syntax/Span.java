package org.blrc.syntax;

/** Characters {@code start} (inclusive) to {@code end} (exclusive) of a source. */
public record Span(SourceFile source, int start, int end) {

  public String text() {
    return source.text().substring(start, end);
  }

  /** The smallest span that covers both. */
  public Span to(Span other) {
    return new Span(source, Math.min(start, other.start), Math.max(end, other.end));
  }
}
