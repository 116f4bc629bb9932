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
 * <p>Each open bracket has a level, and each level an upper bound of the depth of the tree that was
 * read on it so far: a chain of operators, as in {@code a + b + c}, nests as well.
 */
final class Depth {

  static final int LIMIT = 500;

  /** An open bracket or sum costs those who come after more than an operator does. */
  private static final int BRACKET = 3;

  private final Deque<Integer> outer = new ArrayDeque<>();
  private int outerSum;
  private int depth;
  private int before;

  private Depth() {}

  /** The index of the first token beyond the limit, else the number of tokens. */
  static int firstTooDeep(List<? extends Token> tokens) {
    Depth depth = new Depth();
    for (int i = 0; i < tokens.size(); i++) {
      depth.read(tokens.get(i).getType());
      depth.before = tokens.get(i).getType();
      if (depth.outerSum + depth.depth + BRACKET * depth.outer.size() > LIMIT) {
        return i;
      }
    }
    return tokens.size();
  }

  private void read(int type) {
    switch (type) {
      case BlrLexer.LEFT_PAREN, BlrLexer.LEFT_BRACKET -> {
        // A call of a call nests to the left.
        depth += before == BlrLexer.RIGHT_PAREN ? 1 : 0;
        outer.push(depth);
        outerSum += depth;
        depth = 0;
      }
      case BlrLexer.RIGHT_PAREN, BlrLexer.RIGHT_BRACKET -> {
        if (!outer.isEmpty()) {
          int before = outer.pop();
          outerSum -= before;
          depth = Math.max(before, depth + 1);
        }
      }
      case BlrLexer.PLUS, BlrLexer.MINUS, BlrLexer.TIMES, BlrLexer.OVER, BlrLexer.POWER -> depth++;
      case BlrLexer.SUM, BlrLexer.MEAN -> depth += BRACKET;
      case BlrLexer.LEFT_BRACE, BlrLexer.RIGHT_BRACE -> {
        outer.clear();
        outerSum = 0;
        depth = 0;
      }
      default -> {
        boolean separates = type == BlrLexer.COMMA || type == BlrParser.SEPARATOR;
        if (Words.opensClause(type) || (separates && outer.isEmpty())) {
          depth = 0;
        }
      }
    }
  }
}
