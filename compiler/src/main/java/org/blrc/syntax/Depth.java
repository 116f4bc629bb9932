package org.blrc.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.blrc.grammar.BlrLexer;
import org.blrc.grammar.BlrParser;

/**
 * Bounds how deep expressions nest, before anything recursive sees them.
 *
 * <p>Each open bracket has a level, with an upper bound of the depth of the tree that was read on
 * it so far. A chain of operators, as in {@code a + b + c}, hardly nests, however long: {@link
 * Chain} balances it.
 */
final class Depth {

  static final int LIMIT = 500;

  /** An open bracket, power or sum takes more of the stack than a sign does. */
  static final int BRACKET = 3;

  /** What was read since the last open bracket. */
  private static final class Level {
    /** The number of operators that stand between two operands. */
    private int operators;

    /** Open signs, powers, sums and means, and what brackets held, of the operand being read. */
    private int nested;

    /** Of these, the sums and means, whose bodies end at the next {@code +} or {@code -}. */
    private int sums;

    /** The depth of the deepest operand. */
    private int deepest;

    void operator(boolean endsSums) {
      operators++;
      sums = endsSums ? 0 : sums;
      nested = sums;
    }

    void nest(int more) {
      nested += more;
      deepest = Math.max(deepest, nested);
    }

    /** Two chains, of a sum and of a product in it, each balanced where they are long. */
    int depth() {
      int bits = Integer.SIZE - Integer.numberOfLeadingZeros(operators);
      return deepest + Math.min(operators, 2 * (Chain.LONG + bits));
    }
  }

  private final Deque<Level> outer = new ArrayDeque<>();
  private int outerSum;
  private Level level = new Level();
  private int before = Token.EOF;

  private Depth() {}

  /** The index of the first token beyond the limit, else the number of tokens. */
  static int firstTooDeep(List<? extends Token> tokens) {
    Depth depth = new Depth();
    for (int i = 0; i < tokens.size(); i++) {
      depth.read(tokens.get(i).getType());
      depth.before = tokens.get(i).getType();
      if (depth.outerSum + depth.level.depth() > LIMIT) {
        return i;
      }
    }
    return tokens.size();
  }

  private void read(int type) {
    switch (type) {
      case BlrLexer.LEFT_PAREN, BlrLexer.LEFT_BRACKET -> {
        if (before == BlrLexer.RIGHT_PAREN) {
          // A call of a call nests to the left.
          level.nest(1 + level.deepest - level.nested);
        }
        outer.push(level);
        outerSum += level.depth() + BRACKET;
        level = new Level();
      }
      case BlrLexer.RIGHT_PAREN, BlrLexer.RIGHT_BRACKET -> {
        if (!outer.isEmpty()) {
          int inside = level.depth() + 1;
          level = outer.pop();
          outerSum -= level.depth() + BRACKET;
          level.deepest = Math.max(level.deepest, level.nested + inside);
        }
      }
      case BlrLexer.PLUS -> level.operator(true);
      case BlrLexer.MINUS -> {
        if (isComplete(before)) {
          level.operator(true);
        } else {
          level.nest(1);
        }
      }
      case BlrLexer.TIMES, BlrLexer.OVER -> level.operator(false);
      case BlrLexer.POWER -> level.nest(BRACKET);
      case BlrLexer.SUM, BlrLexer.MEAN -> {
        level.nest(BRACKET);
        level.sums += BRACKET;
      }
      case BlrLexer.LEFT_BRACE, BlrLexer.RIGHT_BRACE -> {
        outer.clear();
        outerSum = 0;
        level = new Level();
      }
      default -> {
        boolean separates = type == BlrLexer.COMMA || type == BlrParser.SEPARATOR;
        if (Words.opensClause(type) || (separates && outer.isEmpty())) {
          level = new Level();
        }
      }
    }
  }

  private static boolean isComplete(int type) {
    return type == BlrLexer.ID
        || type == BlrLexer.NUMBER
        || type == BlrLexer.RIGHT_PAREN
        || type == BlrLexer.RIGHT_BRACKET;
  }
}
