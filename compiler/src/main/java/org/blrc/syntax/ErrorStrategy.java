package org.blrc.syntax;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.blrc.grammar.BlrLexer;
import org.blrc.grammar.BlrParser;

/** ANTLR's recovery, with messages of our own. */
final class ErrorStrategy extends DefaultErrorStrategy {

  private final SyntaxErrors errors;

  ErrorStrategy(SyntaxErrors errors) {
    this.errors = errors;
  }

  @Override
  protected void reportNoViableAlternative(Parser parser, NoViableAltException e) {
    errors.unexpected(parser, e.getOffendingToken(), expected(parser));
  }

  @Override
  protected void reportInputMismatch(Parser parser, InputMismatchException e) {
    errors.unexpected(parser, e.getOffendingToken(), e.getExpectedTokens());
  }

  @Override
  protected void reportUnwantedToken(Parser parser) {
    if (!inErrorRecoveryMode(parser)) {
      beginErrorCondition(parser);
      errors.unexpected(parser, parser.getCurrentToken(), expected(parser));
    }
  }

  @Override
  protected void reportMissingToken(Parser parser) {
    if (!inErrorRecoveryMode(parser)) {
      beginErrorCondition(parser);
      errors.unexpected(parser, parser.getCurrentToken(), expected(parser));
    }
  }

  /** Deleting a token that opens a clause would lose the clause. */
  @Override
  protected Token singleTokenDeletion(Parser parser) {
    int type = parser.getInputStream().LA(1);
    boolean structural =
        Words.opensClause(type)
            || Words.opensDeclaration(type)
            || type == BlrLexer.LEFT_BRACE
            || type == BlrLexer.RIGHT_BRACE;
    return structural ? null : super.singleTokenDeletion(parser);
  }

  private static IntervalSet expected(Parser parser) {
    return ((BlrParser) parser).getExpectedTokens();
  }
}
