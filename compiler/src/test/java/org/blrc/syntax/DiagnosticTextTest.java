package org.blrc.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticTextTest {

  @Test
  void aDiagnosticShowsItsLine() {
    assertEquals(
        """
        error[BLR0201]: `y` is not declared
         --> test.blr:2:5
          |
        2 | x + y
          |     ^
          = note: one
                  two
          = hint: did you mean `x`?
        """,
        print(
            Diagnostic.at(span("first\nx + y\nlast", "y"), Code.UNKNOWN_NAME, "`y` is not declared")
                .withNote("one\ntwo")
                .withHint("did you mean `x`?")));
  }

  @Test
  void tabsAndWideCharactersDoNotShiftTheMark() {
    assertEquals(
        """
        error[BLR0101]: bad
         --> test.blr:1:7
          |
        1 |     \u6f22\u5b57 +  y
          |             ^
        """,
        print(Diagnostic.at(span("\t\u6f22\u5b57 +\ty", "y"), Code.SYNTAX, "bad")));
  }

  @Test
  void combiningMarksTakeNoColumn() {
    String shown = print(Diagnostic.at(span("e\u0301 + y", "y"), Code.SYNTAX, "bad"));
    assertTrue(shown.contains("  |     ^\n"), shown);
  }

  @Test
  void severalLinesAreMarked() {
    assertEquals(
        """
        error[BLR0101]: bad
          --> test.blr:8:3
           |
         8 | a (b
           |   ^^
         9 |   c
           |   ^
        ...
        11 |   e) f
           |   ^^
        """,
        print(
            Diagnostic.at(
                span("\n".repeat(7) + "a (b\n  c\n  d\n  e) f", "(b\n  c\n  d\n  e)"),
                Code.SYNTAX,
                "bad")));
  }

  @Test
  void theEndOfTheTextCanBeMarked() {
    SourceFile source = new SourceFile("test.blr", "abc");
    assertEquals(
        """
        error[BLR0101]: bad
         --> test.blr:1:4
          |
        1 | abc
          |    ^
        """,
        print(Diagnostic.at(new Span(source, 3, 3), Code.SYNTAX, "bad")));
  }

  @Test
  void longLinesAreCut() {
    String line = "a + ".repeat(10_000) + "y" + " + b".repeat(10_000);
    String shown = print(Diagnostic.at(span(line, "y"), Code.SYNTAX, "bad"));
    assertTrue(shown.lines().allMatch(text -> text.length() < 250), shown);
    List<String> lines = shown.lines().toList();
    assertEquals('y', lines.get(3).charAt(lines.get(4).indexOf('^')));
  }

  @Test
  void controlCharactersAreNotSentToTheTerminal() {
    String shown = print(Diagnostic.at(span("\u001b[31m y\0", "y"), Code.SYNTAX, "bad"));
    assertFalse(shown.contains("\u001b") || shown.contains("\0"));
  }

  @Test
  void onlyColourIsAddedOnRequest() {
    Diagnostic diagnostic =
        Diagnostic.at(span("x + y", "y"), Code.SYNTAX, "bad").withNote("n").withHint("h");
    String coloured = new DiagnosticText(true).print(diagnostic);
    assertTrue(coloured.contains("\u001b["));
    assertEquals(print(diagnostic), coloured.replaceAll("\u001b\\[[0-9;]*m", ""));
  }

  @Test
  void aDiagnosticMayHaveNoPlace() {
    assertEquals(
        "error[BLR0601]: no\n = hint: h\n",
        print(
            new Diagnostic(
                Code.FILE,
                "no",
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.of("h"))));
  }

  private static Span span(String text, String marked) {
    int start = text.indexOf(marked);
    return new Span(new SourceFile("test.blr", text), start, start + marked.length());
  }

  private static String print(Diagnostic diagnostic) {
    return new DiagnosticText(false).print(diagnostic);
  }
}
