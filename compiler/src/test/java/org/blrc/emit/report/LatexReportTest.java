package org.blrc.emit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.blrc.symbolic.Letters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class LatexReportTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("org.blrc.emit.report.Derivations#names")
  void isWellFormed(String name) {
    String latex = new LatexReport().write(Derivations.of(name));
    assertTrue(latex.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f)));
    Deque<String> open = new ArrayDeque<>();
    Matcher tokens = Pattern.compile("\\\\(begin|end)\\{(\\w+)}|\\\\.|[{}]").matcher(latex);
    while (tokens.find()) {
      switch (tokens.group().charAt(0)) {
        case '{' -> open.push("{");
        case '}' -> assertEquals("{", open.pop());
        default -> {
          if (tokens.group(1) != null && tokens.group(1).equals("begin")) {
            open.push(tokens.group(2));
          } else if (tokens.group(1) != null) {
            assertEquals(open.pop(), tokens.group(2));
          }
        }
      }
    }
    assertTrue(open.isEmpty(), open::toString);
    String end = "\\bottomrule\n\\end{tabular}\n\\end{center}\n\n\\end{document}\n";
    assertTrue(latex.endsWith(end), latex);
  }

  /** Skipped where there is no pdflatex. */
  @ParameterizedTest
  @MethodSource("org.blrc.emit.report.Derivations#names")
  void compiles(String name) throws IOException, InterruptedException {
    assumeTrue(isOnPath("pdflatex"), "no pdflatex on the PATH");
    Files.writeString(folder.resolve("it.tex"), new LatexReport().write(Derivations.of(name)));
    Process process =
        new ProcessBuilder("pdflatex", "-interaction=batchmode", "-halt-on-error", "it.tex")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    int code = process.waitFor();
    String log = Files.readString(folder.resolve("it.log"), StandardCharsets.ISO_8859_1);
    assertEquals(0, code, log);
    assertFalse(log.contains("Overfull \\hbox"), log);
    assertTrue(Files.size(folder.resolve("it.pdf")) > 0);
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(
            System.getenv("PATH").split(Pattern.quote(System.getProperty("path.separator"))))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  @ParameterizedTest
  @CsvSource({
    "a, a",
    "_, '\\_'",
    "θ, '{\\theta}'",
    "Σ, '{\\Sigma}'",
    "ε, '{\\varepsilon}'",
    "é, '\\acute{e}'",
    "Ü, '\\ddot{U}'",
    "ß, '\\text{\\ss}'",
    "Ж, '\\mathrm{Zhe}'",
    "ж, '\\mathrm{zhe}'",
    "漢, '\\mathrm{u6f22}'",
  })
  void lettersAreSpelledInAscii(String letter, String latex) {
    assertEquals(latex, Letters.latex(letter.codePointAt(0)));
  }

  @Test
  void signsAreEscaped() {
    assertEquals(
        "a\\_b \\& \\{c\\} \\textbackslash{} 5\\% \\textless{}x\\textgreater{} \\texttt{d\\_e}",
        LatexText.prose("a_b & {c} \\ 5% <x> `d_e`"));
    assertEquals("f'{}' -{}- it's ``so''", LatexText.prose("f'' -- it's \u201cso\u201d"));
  }
}
