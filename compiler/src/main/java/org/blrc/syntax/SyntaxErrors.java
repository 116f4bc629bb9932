package org.blrc.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.blrc.grammar.BlrLexer;
import org.blrc.grammar.BlrParser;

/** Puts into words what the parser stumbled over. */
final class SyntaxErrors {

  private final Tokens tokens;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private int lastLine;

  SyntaxErrors(Tokens tokens) {
    this.tokens = tokens;
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  void unexpected(Parser parser, Token offending, IntervalSet expected) {
    TokenStream stream = parser.getInputStream();
    boolean separator =
        offending.getType() == BlrParser.SEPARATOR && !offending.getText().equals(",");
    Token token = separator ? stream.get(offending.getTokenIndex() + 1) : offending;
    int index = offending.getTokenIndex();
    Token before = index > 0 ? stream.get(index - 1) : null;
    if (isConsequence(parser, before, token)) {
      return;
    }
    lastLine = token.getLine();
    Token after = stream.get(Math.min(token.getTokenIndex() + 1, stream.size() - 1));
    ParserRuleContext context = parser.getContext();
    Optional<Diagnostic> special =
        new StructureErrors(tokens, stream).find(context, before, token, after, expected);
    diagnostics.add(
        special.orElseGet(
            () -> {
              SyntaxHints hints =
                  new SyntaxHints(context, clause(stream, token), before, token, after, expected);
              return general(context, hints, stream.get(Math.min(index + 1, stream.size() - 1)));
            }));
  }

  /**
   * A second error on one line, or in what was begun on it, is mostly a consequence of the first.
   */
  private boolean isConsequence(Parser parser, Token before, Token token) {
    boolean cut = token.getType() == Token.EOF && tokens.truncated();
    return cut
        || token.getLine() == lastLine
        || (before != null && startsLine(before, token) && before.getLine() == lastLine)
        || entryLine(parser.getContext()) == lastLine
        || tokens.troubled().contains(token.getLine());
  }

  private Diagnostic general(ParserRuleContext context, SyntaxHints hints, Token next) {
    IntervalSet expected = hints.expected();
    Token token = hints.token();
    Token before = hints.before();
    Optional<String> hint = hints.hint(ExpectedWords.literals(expected));
    boolean clauses = expected.toList().stream().anyMatch(Words::opensClause);
    String place = clauses ? SyntaxPlaces.ofDeclaration(context) : SyntaxPlaces.of(context);
    Diagnostic diagnostic;
    boolean inBraces =
        expected.contains(BlrLexer.RIGHT_BRACE) || expected.contains(BlrParser.SEPARATOR);
    if (inBraces && endsDeclaration(token)) {
      diagnostic = at(token, "`}` is missing before " + found(token));
    } else if (ExpectedWords.closer(expected).isPresent()
        && before != null
        && startsLine(before, token)) {
      lastLine = before.getLine();
      diagnostic =
          at(before, ExpectedWords.closer(expected).get() + " is missing after " + found(before));
    } else if (before != null && !clauses && startsLine(before, token) && isStructure(token)) {
      lastLine = before.getLine();
      diagnostic =
          at(before, ExpectedWords.expectation(expected, place) + " after " + found(before));
    } else if ((hint.isEmpty() || !hints.isKeyword(ExpectedWords.literals(expected)))
        && (clauses || expected.contains(BlrLexer.COMMA))
        && isSeparate(before, token)) {
      clauses = false;
      boolean declares = next.getType() == BlrLexer.COLON;
      diagnostic =
          at(
              token,
              "%s is missing between %s and %s"
                  .formatted(declares ? "a comma" : "an operator", found(before), found(token)));
      hint = declares ? hint : hint.or(() -> Optional.of("a product is written with `*`"));
    } else if (clauses && token.getType() == BlrLexer.ID && startsLine(before, token)) {
      diagnostic = at(token, found(token) + " does not open a clause " + place);
    } else {
      diagnostic =
          at(token, ExpectedWords.expectation(expected, place) + ", found " + found(token));
    }
    if (clauses && hint.isEmpty() && token.getType() == BlrLexer.ID) {
      diagnostic = diagnostic.withNote("the clauses are " + ExpectedWords.clauses(expected));
    }
    return hint.map(diagnostic::withHint).orElse(diagnostic);
  }

  /** The keyword of the clause before a token, or of the declaration where no clause is open. */
  private static int clause(TokenStream stream, Token token) {
    for (int i = token.getTokenIndex() - 1; i >= 0; i--) {
      int type = stream.get(i).getType();
      if (Words.opensClause(type) || Words.opensDeclaration(type)) {
        return type;
      }
    }
    return Token.EOF;
  }

  /** Whether a token begins the next part of the text. */
  private static boolean isStructure(Token token) {
    return Words.opensClause(token.getType())
        || token.getType() == BlrLexer.RIGHT_BRACE
        || endsDeclaration(token);
  }

  static ParserRuleContext entry(ParserRuleContext context) {
    ParserRuleContext at = context;
    while (at != null && !ErrorStrategy.isEntry(at)) {
      at = at.getParent();
    }
    return at;
  }

  private static int entryLine(ParserRuleContext context) {
    ParserRuleContext entry = entry(context);
    return entry == null ? -1 : entry.getStart().getLine();
  }

  private Diagnostic at(Token token, String message) {
    return Diagnostic.at(tokens.span(token), Code.SYNTAX, message);
  }

  private static boolean endsDeclaration(Token token) {
    return token.getType() == Token.EOF || Words.opensDeclaration(token.getType());
  }

  /** Whether two operands stand side by side on one line. */
  private static boolean isSeparate(Token before, Token token) {
    return before != null
        && isOperand(before.getType(), BlrLexer.RIGHT_PAREN)
        && isOperand(token.getType(), BlrLexer.ID)
        && !startsLine(before, token);
  }

  private static boolean isOperand(int type, int other) {
    return type == BlrLexer.NUMBER || type == BlrLexer.ID || type == other;
  }

  static boolean startsLine(Token before, Token token) {
    return before == null || before.getLine() < token.getLine();
  }

  static String found(Token token) {
    return switch (token.getType()) {
      case Token.EOF -> "the end of the text";
      case BlrLexer.STRING -> "a string";
      default -> Tokens.shown(token);
    };
  }
}
