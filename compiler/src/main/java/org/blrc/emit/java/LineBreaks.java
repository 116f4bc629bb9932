package org.blrc.emit.java;

import com.squareup.javapoet.CodeBlock;
import org.blrc.runtime.Functions;

/** Turns an expression with marks into code. */
final class LineBreaks {

  /** A space, where the line may be broken instead. */
  static final char BREAK = '\n';

  /** The runtime's class of functions, which has to be imported. */
  static final char RUNTIME = '\f';

  private static final int WIDTH = 80;
  private static final int DEEPEST = 3;

  private LineBreaks() {}

  /** Breaks outside of all parentheses only, if the pieces are short enough then. */
  static CodeBlock code(String text) {
    int depth = 0;
    while (depth < DEEPEST && longestPiece(text, depth) > WIDTH) {
      depth++;
    }
    CodeBlock.Builder code = CodeBlock.builder();
    int level = 0;
    for (char c : text.toCharArray()) {
      level += step(c);
      switch (c) {
        case BREAK -> code.add(level <= depth ? "$W" : " ");
        case RUNTIME -> code.add("$T", Functions.class);
        case '$' -> code.add("$$");
        default -> code.add(String.valueOf(c));
      }
    }
    return code.build();
  }

  private static int longestPiece(String text, int depth) {
    int level = 0;
    int length = 0;
    int longest = 0;
    for (char c : text.toCharArray()) {
      level += step(c);
      length = c == BREAK && level <= depth ? 0 : length + 1;
      longest = Math.max(longest, length);
    }
    return longest;
  }

  private static int step(char c) {
    return c == '(' ? 1 : c == ')' ? -1 : 0;
  }
}
