package org.blrc.syntax;

import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.blrc.grammar.BlrLexer;
import org.blrc.grammar.BlrParser;

/** Recognises errors that are better told without what was expected. */
final class StructureErrors {

  private final Tokens tokens;
  private final TokenStream stream;

  StructureErrors(Tokens tokens, TokenStream stream) {
    this.tokens = tokens;
    this.stream = stream;
  }

  /** The error, where it is such a one. */
  Optional<Diagnostic> find(
      ParserRuleContext context, Token before, Token token, Token after, IntervalSet expected) {
    return pair(before, token)
        .or(() -> pair(token, after))
        .or(() -> secondArrow(context, token))
        .or(() -> closesNothing(token, expected));
  }

  private Optional<Diagnostic> pair(Token first, Token second) {
    return SyntaxHints.pair(first, second)
        .map(
            hint ->
                Diagnostic.at(
                        tokens.span(first, second),
                        Code.SYNTAX,
                        "`%s%s` is not part of the language"
                            .formatted(first.getText(), second.getText()))
                    .withHint(hint));
  }

  /**
   * Two rewrites in one entry: the second began with what can also continue the first, or it is too
   * much.
   */
  private Optional<Diagnostic> secondArrow(ParserRuleContext context, Token token) {
    boolean arrow = token.getType() == BlrLexer.REWRITES || token.getType() == BlrLexer.ASSIGNS;
    ParserRuleContext entry = SyntaxErrors.entry(context);
    if (!arrow || entry == null) {
      return Optional.empty();
    }
    boolean second = false;
    Token start = null;
    for (int i = entry.getStart().getTokenIndex() + 1; i < token.getTokenIndex(); i++) {
      Token each = stream.get(i);
      second |= each.getType() == BlrLexer.REWRITES || each.getType() == BlrLexer.ASSIGNS;
      boolean continues = each.getType() == BlrLexer.MINUS || each.getType() == BlrLexer.LEFT_PAREN;
      start = continues && SyntaxErrors.startsLine(stream.get(i - 1), each) ? each : start;
    }
    if (start != null) {
      return Optional.of(
          at(start, "a comma is missing before " + SyntaxErrors.found(start))
              .withHint(
                  "without one, an entry that begins with `-` or `(` continues the one before"));
    }
    return second
        ? Optional.of(
            at(token, "an entry has one arrow, and this is the second")
                .withHint("begin a new entry, after a comma where it begins with `-` or `(`"))
        : Optional.empty();
  }

  private Optional<Diagnostic> closesNothing(Token token, IntervalSet expected) {
    boolean closes =
        switch (token.getType()) {
          case BlrLexer.RIGHT_PAREN, BlrLexer.RIGHT_BRACKET ->
              expected.toList().stream()
                  .anyMatch(type -> Words.opensClause(type) || type == BlrParser.SEPARATOR);
          case BlrLexer.RIGHT_BRACE -> expected.toList().stream().anyMatch(Words::opensDeclaration);
          default -> false;
        };
    return closes
        ? Optional.of(at(token, SyntaxErrors.found(token) + " closes nothing"))
        : Optional.empty();
  }

  private Diagnostic at(Token token, String message) {
    return Diagnostic.at(tokens.span(token), Code.SYNTAX, message);
  }
}
