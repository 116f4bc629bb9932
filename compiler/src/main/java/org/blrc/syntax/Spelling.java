package org.blrc.syntax;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
public final class Spelling {

  private Spelling() {}

  /** The nearest of the candidates, as a hint, where one is near enough. */
  public static Optional<String> hint(String word, Collection<String> candidates) {
    return nearest(word, candidates).map(near -> "did you mean `" + near + "`?");
  }

  /** The nearest of the candidates, where one is near enough: about one slip in three letters. */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    int limit = Math.min(3, (word.length() + 1) / 3);
    record Near(String candidate, int distance) {}
    return candidates.stream()
        .filter(candidate -> !candidate.equals(word))
        .map(candidate -> new Near(candidate, distance(word, candidate)))
        .filter(near -> near.distance <= limit)
        .min(Comparator.comparingInt(Near::distance).thenComparing(Near::candidate))
        .map(Near::candidate);
  }

  /** Candidates as an enumeration: {@code `a`, `b` and `c`}. */
  public static String list(Collection<String> words, String conjunction) {
    List<String> quoted = words.stream().map(word -> "`" + word + "`").toList();
    return enumerate(quoted, conjunction);
  }

  static String enumerate(List<String> items, String conjunction) {
    return items.size() < 2
        ? String.join("", items)
        : String.join(", ", items.subList(0, items.size() - 1))
            + " "
            + conjunction
            + " "
            + items.getLast();
  }

  /** Insertions, deletions, replacements and swaps of neighbours, whatever the case. */
  private static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 3) {
      return Integer.MAX_VALUE;
    }
    if (a.equalsIgnoreCase(b)) {
      return 0;
    }
    String x = a.toLowerCase(Locale.ROOT);
    String y = b.toLowerCase(Locale.ROOT);
    int[][] d = new int[x.length() + 1][y.length() + 1];
    for (int i = 0; i <= x.length(); i++) {
      for (int j = 0; j <= y.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replaced = d[i - 1][j - 1] + (x.charAt(i - 1) == y.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && x.charAt(i - 1) == y.charAt(j - 2)
                && x.charAt(i - 2) == y.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], 1 + d[i - 2][j - 2]);
        }
      }
    }
    return d[x.length()][y.length()];
  }
}
