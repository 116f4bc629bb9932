package org.blrc.emit.arith;

import java.util.ArrayList;
import java.util.List;

/** Where a long expression may be broken. */
public final class LineBreaks {

  /** A space between terms or arguments, where the line may be broken instead. */
  public static final char BREAK = '\n';

  /** A space between factors, where the line is broken only if it has to be. */
  public static final char LATE_BREAK = '\r';

  private static final int WIDTH = 80;
  private static final int LAST_RANK = 6;

  private LineBreaks() {}

  /**
   * The pieces between which an expression may be broken: as far outside of parentheses as makes
   * them short enough.
   */
  public static List<String> pieces(String text) {
    int rank = 0;
    while (rank < LAST_RANK && longestPiece(text, rank) > WIDTH) {
      rank++;
    }
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += step(c);
      if (c != BREAK && c != LATE_BREAK) {
        piece.append(c);
      } else if (rank(c, depth) <= rank) {
        pieces.add(piece.toString());
        piece.setLength(0);
      } else {
        piece.append(' ');
      }
    }
    pieces.add(piece.toString());
    return pieces;
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
