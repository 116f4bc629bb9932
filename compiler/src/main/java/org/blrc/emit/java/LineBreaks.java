package org.blrc.emit.java;

import com.squareup.javapoet.CodeBlock;
import org.blrc.runtime.Functions;

/** Turns an expression with marks into code. */
final class LineBreaks {

  /** A space between terms or arguments, where the line may be broken instead. */
  static final char BREAK = '\n';

  /** A space between factors, where the line is broken only if it has to be. */
  static final char LATE_BREAK = '\r';

  /** The runtime's class of functions, which has to be imported. */
  static final char RUNTIME = '\f';

  private static final int WIDTH = 80;
  private static final int LAST_RANK = 6;

  private LineBreaks() {}

  /** Breaks as far outside of parentheses as makes the pieces short enough. */
  static CodeBlock code(String text) {
    int rank = 0;
    while (rank < LAST_RANK && longestPiece(text, rank) > WIDTH) {
      rank++;
    }
    CodeBlock.Builder code = CodeBlock.builder();
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += step(c);
      switch (c) {
        case BREAK, LATE_BREAK -> code.add(rank(c, depth) <= rank ? "$W" : " ");
        case RUNTIME -> code.add("$T", Functions.class);
        case '$' -> code.add("$$");
        default -> code.add(String.valueOf(c));
      }
    }
    return code.build();
  }

  private static int longestPiece(String text, int rank) {
    int depth = 0;
    int length = 0;
    int longest = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += step(c);
      boolean breaks = (c == BREAK || c == LATE_BREAK) && rank(c, depth) <= rank;
      length = breaks ? 0 : length + 1;
      longest = Math.max(longest, length);
    }
    return longest;
  }

  private static int rank(char mark, int depth) {
    return 2 * depth + (mark == LATE_BREAK ? 1 : 0);
  }

  private static int step(char c) {
    return c == '(' ? 1 : c == ')' ? -1 : 0;
  }
}
