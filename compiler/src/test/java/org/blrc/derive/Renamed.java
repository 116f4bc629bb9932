package org.blrc.derive;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.blrc.grammar.BlrLexer;
import org.blrc.symbolic.Function;

/**
 * A spec with another name for everything that has one.
 *
 * @param names the new names by the old ones
 */
public record Renamed(String text, Map<String, String> names) {

  /** Words whose meaning is the language's. */
  private static final Set<String> FIXED =
      Set.of(
          ("E mean sum sample rate pi infinity t grad hess new norm size batch sqrt connection real"
                  + " positive negative nonnegative nonpositive unit StandardNormal Uniform exact"
                  + " unbiased biased direction step update joint blockwise nonnegative_integer circle simplex"
                  + " differences pathwise score log_responsibility average")
              .split(" "));

  /** Renames a text that declares everything that it uses. */
  public static Renamed of(String text) {
    Map<String, String> names = new LinkedHashMap<>();
    BlrLexer lexer = new BlrLexer(CharStreams.fromString(text));
    StringBuilder result = new StringBuilder();
    int end = 0;
    for (Token token : lexer.getAllTokens()) {
      result.append(text, end, token.getStartIndex());
      String word = token.getText();
      if (token.getType() == BlrLexer.ID && !isFixed(word)) {
        // Reversing the alphabet would show any order that depends on spelling.
        word = names.computeIfAbsent(word, _ -> "z" + (900 - names.size()) + "q");
      }
      result.append(word);
      end = token.getStopIndex() + 1;
    }
    return new Renamed(result.append(text.substring(end)).toString(), Map.copyOf(names));
  }

  private static boolean isFixed(String word) {
    return FIXED.contains(word)
        || Stream.of(Function.values()).anyMatch(function -> function.label().equals(word));
  }
}
