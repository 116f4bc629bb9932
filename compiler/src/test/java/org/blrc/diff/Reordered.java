package org.blrc.diff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A spec whose hyper-parameters and states are declared from the last to the first. */
final class Reordered {

  private static final Pattern CLAUSE =
      Pattern.compile("(?ms)^( *(?:hyper|state) +)(.*?)(?=\n *(?:hyper|state|data|posterior) )");

  private Reordered() {}

  static String of(String spec) {
    return CLAUSE
        .matcher(spec)
        .replaceAll(
            clause ->
                Matcher.quoteReplacement(
                    clause.group(1) + String.join(", ", backwards(clause.group(2)))));
  }

  /** The entries of a list; commas in brackets separate nothing. */
  private static List<String> backwards(String list) {
    List<String> entries = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      if (c == '[' || c == '(') {
        depth++;
      } else if (c == ']' || c == ')') {
        depth--;
      } else if (c == ',' && depth == 0) {
        entries.add(list.substring(start, i).strip());
        start = i + 1;
      }
    }
    entries.add(list.substring(start).strip());
    Collections.reverse(entries);
    return entries;
  }
}
