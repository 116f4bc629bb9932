package org.blrc.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.blrc.emit.report.TextReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Renaming every identifier of a spec and of the library changes nothing but names. */
final class RenamingTest {

  static Stream<String> zoo() {
    return Specs.zoo().stream();
  }

  @ParameterizedTest
  @MethodSource("zoo")
  void changesNothingButNames(String name) {
    String text = Specs.library() + Specs.text(name);
    Renamed renamed = Renamed.of(text);
    assertNotEquals(text, renamed.text());

    String expected = new TextReport().write(Specs.derive(text));
    String actual = new TextReport().write(Specs.derive(renamed.text()));
    assertEquals(tokens(expected), tokens(back(actual, renamed.names())));
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
