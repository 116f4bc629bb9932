package org.blrc.syntax;

import java.util.Set;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATNConfig;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.blrc.grammar.BlrLexer;
import org.blrc.grammar.BlrParser;

/** ANTLR's recovery, with messages of our own. */
final class ErrorStrategy extends DefaultErrorStrategy {

  private static final Set<Integer> OPERANDS =
      Set.of(
          BlrLexer.ID,
          BlrParser.FOLD,
          BlrLexer.NUMBER,
          BlrLexer.E,
          BlrLexer.SUM,
          BlrLexer.MEAN,
          BlrLexer.IN,
          BlrLexer.MINUS,
          BlrLexer.LEFT_PAREN,
          BlrLexer.LEFT_BRACKET);

  private final SyntaxErrors errors;

  ErrorStrategy(SyntaxErrors errors) {
    this.errors = errors;
  }

  @Override
  protected void reportNoViableAlternative(Parser parser, NoViableAltException e) {
    errors.unexpected(parser, e.getOffendingToken(), expectedThere(parser, e));
  }

  /** What could have come where the last of several readings died. */
  private static IntervalSet expectedThere(Parser parser, NoViableAltException e) {
    IntervalSet expected = new IntervalSet();
    if (e.getDeadEndConfigs() != null) {
      for (ATNConfig config : e.getDeadEndConfigs()) {
        expected.addAll(parser.getATN().nextTokens(config.state));
      }
      expected.remove(Token.EPSILON);
    }
    return expected.isNil() ? expected(parser) : expected;
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

  /** A bad token among the clauses costs that clause, not the whole declaration. */
  @Override
  public void sync(Parser parser) {
    ATNState state = parser.getATN().states.get(parser.getState());
    boolean first = state.getStateType() == ATNState.STAR_LOOP_ENTRY && isBody(parser.getContext());
    IntervalSet next = parser.getATN().nextTokens(state);
    boolean fits = next.contains(Token.EPSILON) || next.contains(parser.getInputStream().LA(1));
    if (!first || fits || inErrorRecoveryMode(parser)) {
      super.sync(parser);
      return;
    }
    reportUnwantedToken(parser);
    consumeUntil(parser, expected(parser).or(getErrorRecoverySet(parser)));
  }

  /**
   * A bad end of an entry costs that entry, not those after it. Elsewhere as inherited, but for the
   * expected tokens, which ANTLR takes from an earlier place.
   */
  @Override
  public Token recoverInline(Parser parser) {
    InputMismatchException mismatch = new InputMismatchException(parser);
    if (!isEntry(parser.getContext())) {
      Token matched = singleTokenDeletion(parser);
      if (matched != null) {
        parser.consume();
        return matched;
      }
      if (singleTokenInsertion(parser)) {
        return getMissingSymbol(parser);
      }
      throw mismatch;
    }
    reportError(parser, mismatch);
    consumeUntil(parser, getErrorRecoverySet(parser).or(IntervalSet.of(BlrParser.SEPARATOR)));
    Token separator = parser.getCurrentToken();
    if (separator.getType() != BlrParser.SEPARATOR) {
      throw mismatch;
    }
    parser.consume();
    return separator;
  }

  /** Where entries are marked, the next one starts at a mark, not at any operand. */
  @Override
  protected IntervalSet getErrorRecoverySet(Parser parser) {
    IntervalSet set = new IntervalSet(super.getErrorRecoverySet(parser));
    RuleContext at = parser.getContext();
    while (at != null) {
      if (isEntry(at)) {
        OPERANDS.forEach(set::remove);
        set.add(BlrParser.SEPARATOR);
      }
      at = at.parent;
    }
    return set;
  }

  static boolean isEntry(RuleContext context) {
    return context.getRuleIndex() == BlrParser.RULE_ruleEntry
        || context.getRuleIndex() == BlrParser.RULE_approximationEntry;
  }

  private static boolean isBody(ParserRuleContext context) {
    return switch (context.getRuleIndex()) {
      case BlrParser.RULE_file,
          BlrParser.RULE_familyDecl,
          BlrParser.RULE_ruleDecl,
          BlrParser.RULE_optimizerDecl ->
          true;
      default -> false;
    };
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
