package org.blrc.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.blrc.emit.report.TextReport;
import org.blrc.grammar.BlrLexer;
import org.blrc.symbolic.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Renaming every identifier of a spec and of the library changes nothing but names. */
final class RenamingTest {

  /** Words whose meaning is the language's. */
  private static final Set<String> FIXED =
      Set.of(
          ("E mean sum sample rate pi infinity t grad hess new norm size batch sqrt connection real"
                  + " positive negative nonnegative nonpositive unit StandardNormal Uniform exact"
                  + " unbiased biased direction step update joint blockwise nonnegative_integer"
                  + " differences pathwise score")
              .split(" "));

  static Stream<String> zoo() {
    return Specs.zoo().stream();
  }

  @ParameterizedTest
  @MethodSource("zoo")
  void changesNothingButNames(String name) {
    String text = Specs.library() + Specs.text(name);
    Map<String, String> names = new LinkedHashMap<>();
    String renamed = renamed(text, names);
    assertNotEquals(text, renamed);

    String expected = new TextReport().write(Specs.derive(text));
    String actual = new TextReport().write(Specs.derive(renamed));
    assertEquals(tokens(expected), tokens(back(actual, names)));
  }

  private static String renamed(String text, Map<String, String> names) {
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
    return result.append(text.substring(end)).toString();
  }

  private static boolean isFixed(String word) {
    return FIXED.contains(word)
        || Stream.of(Function.values()).anyMatch(function -> function.label().equals(word));
  }

  private static String back(String text, Map<String, String> names) {
    Map<String, String> inverse = new LinkedHashMap<>();
    names.forEach((from, to) -> inverse.put(to, from));
    Matcher matcher = Pattern.compile("z\\d+q").matcher(text);
    return matcher.replaceAll(found -> Matcher.quoteReplacement(inverse.get(found.group())));
  }

  /** Without spaces, which follow the lengths of names. */
  private static List<String> tokens(String text) {
    return List.of(text.split("\\s+"));
  }
}
