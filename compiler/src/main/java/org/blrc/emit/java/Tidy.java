package org.blrc.emit.java;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Closes up what JavaPoet lays out more loosely than people do. */
final class Tidy {

  private static final int WIDTH = 100;

  private static final Pattern ONE_LINE_COMMENT =
      Pattern.compile("(?m)^( *)/\\*\\*\\n *\\* (.*)\\n *\\*/$");
  private static final Pattern TRAILING_SPACES = Pattern.compile("(?m) +$");
  private static final Pattern BETWEEN_FIELDS =
      Pattern.compile("(?m)^( +private final [^;(]*;)\\n\\n(?= +private final [^;(]*;$)");

  private Tidy() {}

  static String tidy(String text) {
    String result = TRAILING_SPACES.matcher(text).replaceAll("");
    result =
        ONE_LINE_COMMENT
            .matcher(result)
            .replaceAll(
                match -> {
                  String line = match.group(1) + "/** " + match.group(2) + " */";
                  return Matcher.quoteReplacement(line.length() <= WIDTH ? line : match.group());
                });
    return BETWEEN_FIELDS.matcher(result).replaceAll("$1\n");
  }
}
