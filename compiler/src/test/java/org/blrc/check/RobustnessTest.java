package org.blrc.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.blrc.syntax.Code;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.DiagnosticJson;
import org.blrc.syntax.DiagnosticText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the input, there are diagnostics and no exception. */
class RobustnessTest {

  private static final int LARGE = 100_000;

  private static final String HEAD =
      "optimizer A { state m: real posterior each x ~ Normal(mean = m, precision = 1) rate 1 loss ";

  private static final List<String> FRAGMENTS =
      List.of(
          "(",
          ")",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "=",
          "~>",
          "<-",
          "~",
          "+",
          "-",
          "*",
          "/",
          "^",
          "..",
          "sum",
          "mean",
          "E",
          "in",
          "of",
          "for",
          "rate",
          "state",
          "loss",
          "each",
          "rule",
          "family",
          "optimizer",
          "import",
          "\"",
          "/*",
          "*/",
          "//",
          "\n",
          "1",
          "x",
          "1e9999",
          "\0",
          "\ud800",
          "\ud835\udf03",
          "\u00e9",
          "t",
          "with");

  static Stream<String> deep() {
    return Stream.of("(", "-", "E[", "f(", "x^", "sum(i in d) ", "mean(i in sum(j in ", "-(")
        .map(piece -> HEAD + piece.repeat(LARGE));
  }

  static Stream<String> garbage() {
    return Stream.of(
        "",
        "\0".repeat(LARGE),
        "{".repeat(LARGE),
        "}".repeat(LARGE),
        "\"".repeat(LARGE),
        "/*".repeat(LARGE),
        "a".repeat(LARGE),
        "family ".repeat(LARGE / 10),
        "\ud83d\ude00".repeat(LARGE),
        "\ud800".repeat(LARGE),
        HEAD + "1".repeat(LARGE) + "}",
        HEAD + "ell" + "(x)".repeat(LARGE) + "}",
        HEAD + "ell(x) approximate " + "f".repeat(LARGE) + "(x)".repeat(100) + "}",
        HEAD + "ell(x) approximate " + "delta_method\n".repeat(2000) + "}",
        "import \"\0\"",
        "import \"",
        "\ufeff");
  }

  @ParameterizedTest
  @MethodSource("deep")
  void deepNestingIsReported(String text) {
    List<Diagnostic> diagnostics =
        assertTimeout(Duration.ofSeconds(30), () -> Texts.diagnostics(text));
    assertEquals(List.of(Code.SYNTAX), diagnostics.stream().map(Diagnostic::code).toList());
    assertTrue(diagnostics.getFirst().message().contains("nests too deeply"));
  }

  @Test
  void reasonableNestingPasses() {
    String brackets = HEAD + "(".repeat(120) + "ell(x)" + ")".repeat(120) + "}";
    String signs = HEAD + "ell(x) + " + "-".repeat(400) + "x}";
    String powers = HEAD + "ell(x) + " + "x^".repeat(120) + "2}";
    for (String spec : List.of(brackets, signs, powers)) {
      assertEquals(List.of(), Texts.messages(spec));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" + x^2", "\n - x/2", " * 2", " / 3", " + (x - 1)^2 * -x"})
  void aLongChainIsNoNesting(String piece) {
    assertEquals(List.of(), Texts.messages(HEAD + "ell(x)" + piece.repeat(10_000) + "}"));
  }

  @ParameterizedTest
  @MethodSource("garbage")
  void garbageDoesNoHarm(String text) {
    assertTimeout(Duration.ofSeconds(30), () -> print(Texts.diagnostics(text)));
  }

  @Test
  void mutilatedSpecsDoNoHarm() throws IOException {
    List<String> seeds = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("../specs"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".blr")).sorted().toList()) {
        seeds.add(Files.readString(file));
      }
    }
    assertFalse(seeds.isEmpty());
    Random random = new Random(20230617);
    for (int run = 0; run < 600; run++) {
      String text = seeds.get(random.nextInt(seeds.size()));
      for (int cut = random.nextInt(4); cut >= 0; cut--) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(8));
        String fragment = FRAGMENTS.get(random.nextInt(FRAGMENTS.size()));
        text = text.substring(0, from) + (cut % 2 == 0 ? fragment : "") + text.substring(to);
      }
      print(Texts.diagnostics(text));
    }
  }

  private static void print(List<Diagnostic> diagnostics) {
    assertFalse(new DiagnosticText(true).print(diagnostics).length() > 10_000_000);
    assertEquals(diagnostics.size(), DiagnosticJson.print(diagnostics).lines().count());
  }
}
