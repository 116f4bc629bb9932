package org.blrc.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.blrc.grammar.BlrLexer;

/**
 * The tokens of a source, ready for the parser, with the problems that showed while cutting them.
 */
final class Tokens {

  private final Offsets offsets;
  private List<CommonToken> tokens = new ArrayList<>();
  private final List<Diagnostic> problems = new ArrayList<>();
  private boolean truncated;

  private Tokens(SourceFile source) {
    this.offsets = new Offsets(source);
  }

  static Tokens of(SourceFile source) {
    Tokens result = new Tokens(source);
    BlrLexer lexer = new BlrLexer(CharStreams.fromString(wellFormed(source.text())));
    lexer.removeErrorListeners();
    for (Token token : lexer.getAllTokens()) {
      result.add((CommonToken) token);
    }
    result.tokens = Words.classify(result.tokens);
    result.limitDepth();
    return result;
  }

  List<Diagnostic> problems() {
    return problems;
  }

  /**
   * Whether the parser sees less than the whole text, so that its errors at the end mean nothing.
   */
  boolean truncated() {
    return truncated;
  }

  ListTokenSource source() {
    return new ListTokenSource(tokens);
  }

  Span span(Token token) {
    return offsets.span(token);
  }

  Span span(Token first, Token last) {
    return span(first).to(span(last));
  }

  private void add(CommonToken token) {
    switch (token.getType()) {
      case BlrLexer.UNCLOSED_COMMENT -> {
        truncated = true;
        Span all = span(token);
        problems.add(
            Diagnostic.at(
                    new Span(all.source(), all.start(), all.start() + 2),
                    Code.SYNTAX,
                    "this comment is never closed")
                .withHint("end it with `*/`"));
      }
      case BlrLexer.UNCLOSED_STRING -> {
        problems.add(
            Diagnostic.at(span(token), Code.SYNTAX, "this string is never closed")
                .withHint("end it with `\"` on the same line"));
        token.setType(BlrLexer.STRING);
        tokens.add(token);
      }
      default -> tokens.add(token);
    }
  }

  private void limitDepth() {
    int limit = Depth.firstTooDeep(tokens);
    if (limit < tokens.size()) {
      truncated = true;
      problems.add(
          Diagnostic.at(
                  span(tokens.get(limit)),
                  Code.SYNTAX,
                  "the expression nests too deeply; the text is not read beyond this place")
              .withNote("the limit is " + Depth.LIMIT + " levels of brackets and operators"));
      tokens.subList(limit, tokens.size()).clear();
    }
  }

  /** The lexer reads code points: half of a surrogate pair has to become a character of its own. */
  private static String wellFormed(String text) {
    StringBuilder result = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else {
        result = result == null ? new StringBuilder(text) : result;
        result.setCharAt(i, '\ufffd');
      }
    }
    return result == null ? text : result.toString();
  }
}
