package org.blrc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.blrc.syntax.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands say, where they say it, and their exit codes. */
final class CommandLineTest extends CommandLineFixture {

  @Test
  void aGoodSpecPasses() {
    assertEquals(new Outcome(0, spec + ": ok (GradientDescent)\n", ""), run("check", spec));
  }

  @Test
  void aFileOfRulesPasses() throws IOException {
    String rules = file("rules.blr", "rule flat { hess(f) ~> 0 }\n");
    assertEquals(new Outcome(0, rules + ": ok\n", ""), run("check", rules));
  }

  @Test
  void errorsGoToStandardError() throws IOException {
    String bad = file("bad.blr", SPEC.replace("rate       rho", "rate       roh"));
    Outcome outcome = run("check", bad);
    assertEquals(1, outcome.code());
    assertEquals("", outcome.out());
    assertTrue(outcome.err().startsWith("error[BLR0201]: `roh` is not declared\n"), outcome.err());
    assertTrue(outcome.err().endsWith("\n\n1 error\n"), outcome.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "derive", "compile", "verify", "try", "replay"})
  void aWarningIsShownOnceAndTheWorkGoesOn(String command) throws IOException {
    String warned = file("warned.blr", SPEC.replace("= 0.1", "= 0.01, beta: unit = 0.9"));
    List<String> line = new ArrayList<>(List.of(command, warned));
    switch (command) {
      case "compile" -> line.addAll(List.of("-o", folder.toString()));
      case "try" ->
          line.addAll(List.of("--against", warned, "--plot", folder.resolve("p.svg").toString()));
      case "replay" -> line.addAll(List.of("--trace", file("trace.json", TRACE.formatted("0.98"))));
      default -> {}
    }
    Outcome outcome = run(line.toArray(String[]::new));
    assertEquals(0, outcome.code(), outcome.err());
    assertFalse(outcome.out().isEmpty());
    assertTrue(
        outcome.err().startsWith("warning[BLR0207]: the hyper-parameter `beta` is never used\n"),
        outcome.err());
    assertEquals(1, outcome.err().split("BLR0207", -1).length - 1, outcome.err());
    assertTrue(outcome.err().endsWith("\n\n1 warning\n"), outcome.err());
  }

  @Test
  void errorsAndWarningsAreCounted() throws IOException {
    String both =
        file(
            "both.blr",
            SPEC.replace("= 0.1", "= 0.1, beta: unit = 0.9").replace("delta_method", "stochastic"));
    Outcome outcome = run("check", both);
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().endsWith("\n\n1 error, 1 warning\n"), outcome.err());
  }

  @Test
  void aWarningHasItsOwnSeverityInJson() throws IOException {
    String warned = file("warned.blr", SPEC.replace("= 0.1", "= 0.1, beta: unit = 0.9"));
    Outcome outcome = run("check", "--diagnostics", "json", warned);
    assertEquals(0, outcome.code());
    assertEquals(2, new ObjectMapper().readTree(outcome.err()).get("severity").asInt());
  }

  @Test
  void errorsOfTheDerivationAreTheSpecsToo() throws IOException {
    String bad = file("bad.blr", SPEC.replace("delta_method", "stochastic"));
    Outcome outcome = run("check", bad);
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains(Code.NO_MATCH.id()), outcome.err());
  }

  @Test
  void diagnosticsCanBeJson() throws IOException {
    String bad = file("bad.blr", SPEC.replace("rho\n", "roh\n").replace("real", "rael"));
    Outcome outcome = run("check", "--diagnostics", "json", bad);
    assertEquals(1, outcome.code());
    List<String> lines = outcome.err().lines().toList();
    assertEquals(2, lines.size());
    JsonNode first = new ObjectMapper().readTree(lines.getFirst());
    assertEquals(2, first.at("/range/start/line").asInt());
    assertEquals(bad, first.get("file").asText());
  }

  @Test
  void colourIsAddedOnRequest() throws IOException {
    String bad = file("bad.blr", "rule");
    assertTrue(run("check", "--color=always", bad).err().contains("\u001b["));
    assertFalse(run("check", "--color=never", bad).err().contains("\u001b["));
  }

  @Test
  void aSpecCanComeFromStandardInput() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(SPEC.getBytes(StandardCharsets.UTF_8)));
    try {
      assertEquals("<stdin>: ok (GradientDescent)\n", run("check", "-").out());
    } finally {
      System.setIn(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "derive", "compile", "replay --trace x"})
  void aMissingFileIsAnInputError(String command) {
    Outcome outcome = run((command + " " + folder.resolve("nowhere.blr")).split(" "));
    assertEquals(4, outcome.code());
    assertTrue(outcome.err().contains("there is no such file"), outcome.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "chek x",
        "check",
        "check a b",
        "check --colour=never a",
        "check --diagnostics=xml a",
        "list colours",
        "explain BLR9999",
        "replay a",
        "replay a --trace b --dtype f32",
        "replay a --trace b --tolerance -1",
        "compile a --package 1.2",
        "compile a --target cobol",
        "try",
        "try a --set rho",
      })
  void aCommandLineThatMakesNoSenseIsAUsageError(String line) {
    Outcome outcome = run(line.isEmpty() ? new String[0] : line.split(" "));
    assertEquals(2, outcome.code(), outcome.err());
    assertEquals("", outcome.out());
    assertTrue(outcome.err().startsWith("blrc: "), outcome.err());
    assertFalse(outcome.err().contains("Exception"), outcome.err());
  }

  @Test
  void everyCodeIsExplained() {
    Outcome list = run("explain");
    assertEquals(Code.values().length, list.out().lines().count());
    Outcome outcome = run("explain", "blr0201");
    assertEquals(0, outcome.code());
    assertTrue(outcome.out().startsWith("# BLR0201: a name is not declared\n"), outcome.out());
  }

  @ParameterizedTest
  @CsvSource({
    "derive a --format xml, '`text` or `markdown` or `latex` or `html` or `json`, not `xml`'",
    "list colours, '`families` or `rules`, not `colours`'",
    "check a --color red, '`auto` or `always` or `never`, not `red`'",
  })
  void choicesAreNamedAsTheyAreTyped(String line, String message) {
    Outcome outcome = run(line.split(" "));
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains(message), outcome.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"derive", "check", "--help"})
  void aFullStandardOutputIsAnOutputError(String command) {
    Outcome outcome = runWithoutOutput(command, "No space left on device");
    assertEquals(4, outcome.code());
    assertTrue(
        outcome.err().contains("standard output cannot be written: No space left"), outcome.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"derive", "check", "--help"})
  void aReaderThatHasSeenEnoughIsNoError(String command) {
    assertEquals(new Outcome(141, "", ""), runWithoutOutput(command, "Broken pipe"));
  }

  private Outcome runWithoutOutput(String command, String reason) {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(reason);
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] line = command.startsWith("-") ? new String[] {command} : new String[] {command, spec};
    int code = Blrc.run(broken, new PrintStream(err, true, StandardCharsets.UTF_8), line);
    return new Outcome(code, "", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void theLibraryIsListed() {
    assertTrue(run("list", "families").out().contains("Normal(mean: real, precision: positive)\n"));
    assertTrue(run("list", "rules").out().contains("monte_carlo(samples = 1)"));
  }

  @Test
  void helpAndVersionAreProducts() {
    assertTrue(run("--help").out().startsWith("Usage: blrc "));
    assertTrue(run("replay", "--help").out().contains("--trace"));
    assertTrue(run("--version").out().startsWith("blrc "));
  }
}
