package org.blrc.syntax;

import org.antlr.v4.runtime.Token;

/** Translates the lexer's positions, which count code points, to positions in the text. */
final class Offsets {

  private final SourceFile source;

  /** The offset of each code point; null where every code point is one character. */
  private final int[] table;

  Offsets(SourceFile source) {
    this.source = source;
    String text = source.text();
    if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      table = null;
    } else {
      table = new int[text.codePointCount(0, text.length()) + 1];
      for (int i = 0, at = 0; i < table.length; i++) {
        table[i] = at;
        at = i + 1 < table.length ? text.offsetByCodePoints(at, 1) : at;
      }
    }
  }

  /** The end of the text is an empty span after its last visible character. */
  Span span(Token token) {
    int length = source.text().stripTrailing().length();
    if (token.getType() == Token.EOF || token.getStartIndex() < 0) {
      return new Span(source, length, length);
    }
    int end = offset(token.getStopIndex() + 1);
    return new Span(source, Math.min(offset(token.getStartIndex()), end), end);
  }

  private int offset(int index) {
    return table == null
        ? Math.min(index, source.text().length())
        : table[Math.min(index, table.length - 1)];
  }
}
