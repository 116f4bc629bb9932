package org.blrc.syntax;

/**
 * A line of source made fit for a terminal: tabs expanded, control characters replaced, long lines
 * cut around the part of interest.
 *
 * @param text what to print
 * @param from the column at which the marked part starts, from 0
 * @param width the number of columns of the marked part, at least 1
 */
record DisplayLine(String text, int from, int width) {

  private static final int TAB = 4;
  private static final int MAX_COLUMNS = 160;
  private static final int CONTEXT = 60;
  private static final String GAP = "...";

  /** Marks the characters {@code start} to {@code end} of a line. */
  static DisplayLine of(String line, int start, int end) {
    int first = line.length() <= MAX_COLUMNS ? 0 : Math.max(0, start - CONTEXT);
    int markEnd = Math.min(end, first + MAX_COLUMNS);
    int last =
        line.length() <= MAX_COLUMNS ? line.length() : Math.min(line.length(), markEnd + CONTEXT);
    StringBuilder text = new StringBuilder(first > 0 ? GAP : "");
    int column = text.length();
    int from = -1;
    int to = -1;
    for (int i = first; i < last; ) {
      if (i >= start && from < 0) {
        from = column;
      }
      if (i >= markEnd && to < 0) {
        to = column;
      }
      int c = line.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\t') {
        int spaces = TAB - column % TAB;
        text.repeat(' ', spaces);
        column += spaces;
      } else {
        int shown = Character.isISOControl(c) ? 0xfffd : c;
        text.appendCodePoint(shown);
        column += columns(shown);
      }
    }
    from = from < 0 ? column : from;
    to = to < 0 ? column : to;
    text.append(last < line.length() ? GAP : "");
    return new DisplayLine(text.toString().stripTrailing(), from, Math.max(1, to - from));
  }

  /** How many columns of a terminal a character takes. */
  private static int columns(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(c) ? 2 : 1;
    };
  }

  private static boolean isWide(int c) {
    if (c < 0x1100) {
      return false;
    }
    return switch (Character.UnicodeScript.of(c)) {
      case HANGUL, HAN, HIRAGANA, KATAKANA -> c < 0xff61 || c > 0xffdc;
      default ->
          Character.isEmojiPresentation(c)
              || (c >= 0x3000 && c <= 0x303e)
              || (c >= 0xff01 && c <= 0xff60);
    };
  }
}
