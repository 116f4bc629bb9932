package org.blrc.syntax;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.blrc.grammar.BlrLexer;

/** Recognises habits from other languages, and misspelt keywords. */
final class SyntaxHints {

  private SyntaxHints() {}

  /**
   * @param before the token before; may be null
   * @param after the token after
   * @param keywords the words that could stand in place of the token
   */
  static Optional<String> of(Token before, Token token, Token after, List<String> keywords) {
    if (token.getType() == BlrLexer.ID || Words.isWord(token.getType())) {
      return Spelling.hint(token.getText(), keywords);
    }
    return pair(before, token)
        .or(() -> pair(token, after))
        .or(() -> Optional.ofNullable(single(token.getText())));
  }

  /** Two tokens without a space between them. */
  private static Optional<String> pair(Token first, Token second) {
    if (first == null || first.getStopIndex() + 1 != second.getStartIndex()) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        switch (first.getText() + second.getText()) {
          case "**" -> "a power is written `x^2`";
          case "->", "=>" -> "a rewrite is written `from ~> to`";
          case ":=" -> "a default is written `name: domain = value`";
          case "==" -> "write a single `=`";
          default -> null;
        });
  }

  private static String single(String text) {
    return switch (text) {
      case "#", "%" -> "a comment starts with `//`";
      case ";" -> "clauses follow each other without a separator";
      case "\u2212", "\u2013" -> "a minus sign is written `-`";
      case "\u00d7", "\u00b7", "\u22c5" -> "a product is written `*`";
      case "\u2192", "\u21a6", "\u219d" -> "a rewrite is written `from ~> to`";
      case "\u2190" -> "an assignment is written `v <- value`";
      case "\u223c" -> "write an ordinary `~`";
      case "'", "\u201c", "\u201d" -> "a string stands in straight double quotes";
      case "\u221a" -> "a square root is written `sqrt(x)`";
      case "\u221e" -> "write `infinity`";
      case "\u00b2" -> "a square is written `x^2`";
      case "\ufffd" -> "the file has to be encoded as UTF-8";
      default -> null;
    };
  }
}
