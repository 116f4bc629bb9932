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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.blrc.syntax.Code;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  private static final String SPEC =
      """
      optimizer GradientDescent {
        hyper      rho: positive = 0.1
        state      m: real
        posterior  each theta ~ Normal(mean = m, precision = 1)
        loss       ell(theta)
        rate       rho
        approximate delta_method
      }
      """;

  /** One step of m - 0.1 g from m = 1 with g = 2. */
  private static final String TRACE =
      """
      {"dimension": 1, "initial_state": {"m": 1},
       "steps": [{"oracle": [{"gradient": [2]}], "state_after": {"m": [%s]}}]}
      """;

  private record Outcome(int code, String out, String err) {}

  @TempDir private Path folder;
  private String spec;

  @BeforeEach
  void write() throws IOException {
    spec = file("gd.blr", SPEC);
  }

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
    assertEquals(1, outcome.code);
    assertEquals("", outcome.out);
    assertTrue(outcome.err.startsWith("error[BLR0201]: `roh` is not declared\n"), outcome.err);
    assertTrue(outcome.err.endsWith("\n\n1 error\n"), outcome.err);
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
    assertEquals(0, outcome.code, outcome.err);
    assertFalse(outcome.out.isEmpty());
    assertTrue(
        outcome.err.startsWith("warning[BLR0207]: the hyper-parameter `beta` is never used\n"),
        outcome.err);
    assertEquals(1, outcome.err.split("BLR0207", -1).length - 1, outcome.err);
    assertTrue(outcome.err.endsWith("\n\n1 warning\n"), outcome.err);
  }

  @Test
  void errorsAndWarningsAreCounted() throws IOException {
    String both =
        file(
            "both.blr",
            SPEC.replace("= 0.1", "= 0.1, beta: unit = 0.9").replace("delta_method", "stochastic"));
    Outcome outcome = run("check", both);
    assertEquals(1, outcome.code);
    assertTrue(outcome.err.endsWith("\n\n1 error, 1 warning\n"), outcome.err);
  }

  @Test
  void aWarningHasItsOwnSeverityInJson() throws IOException {
    String warned = file("warned.blr", SPEC.replace("= 0.1", "= 0.1, beta: unit = 0.9"));
    Outcome outcome = run("check", "--diagnostics", "json", warned);
    assertEquals(0, outcome.code);
    assertEquals(2, new ObjectMapper().readTree(outcome.err).get("severity").asInt());
  }

  @Test
  void errorsOfTheDerivationAreTheSpecsToo() throws IOException {
    String bad = file("bad.blr", SPEC.replace("delta_method", "stochastic"));
    Outcome outcome = run("check", bad);
    assertEquals(1, outcome.code);
    assertTrue(outcome.err.contains(Code.NO_MATCH.id()), outcome.err);
  }

  @Test
  void diagnosticsCanBeJson() throws IOException {
    String bad = file("bad.blr", SPEC.replace("rho\n", "roh\n").replace("real", "rael"));
    Outcome outcome = run("check", "--diagnostics", "json", bad);
    assertEquals(1, outcome.code);
    List<String> lines = outcome.err.lines().toList();
    assertEquals(2, lines.size());
    JsonNode first = new ObjectMapper().readTree(lines.getFirst());
    assertEquals(2, first.at("/range/start/line").asInt());
    assertEquals(bad, first.get("file").asText());
  }

  @Test
  void colourIsAddedOnRequest() throws IOException {
    String bad = file("bad.blr", "rule");
    assertTrue(run("check", "--color=always", bad).err.contains("\u001b["));
    assertFalse(run("check", "--color=never", bad).err.contains("\u001b["));
  }

  @Test
  void aSpecCanComeFromStandardInput() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(SPEC.getBytes(StandardCharsets.UTF_8)));
    try {
      assertEquals("<stdin>: ok (GradientDescent)\n", run("check", "-").out);
    } finally {
      System.setIn(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "derive", "compile", "replay --trace x"})
  void aMissingFileIsAnInputError(String command) {
    Outcome outcome = run((command + " " + folder.resolve("nowhere.blr")).split(" "));
    assertEquals(4, outcome.code);
    assertTrue(outcome.err.contains("there is no such file"), outcome.err);
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
    assertEquals(2, outcome.code, outcome.err);
    assertEquals("", outcome.out);
    assertTrue(outcome.err.startsWith("blrc: "), outcome.err);
    assertFalse(outcome.err.contains("Exception"), outcome.err);
  }

  @Test
  void theDerivationGoesToStandardOutputOrAFile() throws IOException {
    Outcome outcome = run("derive", spec);
    assertEquals(0, outcome.code);
    assertTrue(outcome.out.startsWith("Derivation of GradientDescent\n"), outcome.out);
    Path file = folder.resolve("new/derivation.md");
    Outcome markdown = run("derive", spec, "--format", "markdown", "-o", file.toString());
    assertEquals(new Outcome(0, "", ""), markdown);
    assertTrue(Files.readString(file).startsWith("# Derivation of GradientDescent\n"));
    assertEquals(List.of("derivation.md"), files(file.getParent()));
  }

  @ParameterizedTest
  @CsvSource({
    "text, Derivation of ",
    "markdown, # Derivation of ",
    "latex, \\documentclass",
    "html, <!DOCTYPE html>",
    "json, {",
  })
  void aDerivationHasSeveralFormats(String format, String start) throws IOException {
    Outcome outcome = run("derive", spec, "--format", format);
    assertEquals(0, outcome.code, outcome.err);
    assertTrue(outcome.out.startsWith(start), outcome.out);
    Path file = folder.resolve("derivation");
    assertEquals(0, run("derive", spec, "--format", format, "-o", file.toString()).code);
    assertEquals(outcome.out, Files.readString(file));
  }

  @Test
  void anOptimizerIsChosenByName() throws IOException {
    String two = file("two.blr", SPEC + SPEC.replace("GradientDescent", "Other"));
    assertTrue(run("derive", two).out.contains("Derivation of Other"));
    String one = run("derive", two, "--optimizer", "Other").out;
    assertFalse(one.contains("GradientDescent"));
    Outcome missing = run("derive", two, "--optimizer", "Third");
    assertEquals(1, missing.code);
    assertTrue(missing.err.contains("`GradientDescent` and `Other`"), missing.err);
    String trace = file("trace.json", TRACE.formatted("0.8"));
    assertEquals(1, run("replay", two, "--trace", trace).code);
    assertEquals(0, run("replay", two, "--trace", trace, "--optimizer", "Other").code);
  }

  @Test
  void aFileWithoutOptimizerCannotBeDerived() throws IOException {
    Outcome outcome = run("derive", file("rules.blr", "rule flat { hess(f) ~> 0 }\n"));
    assertEquals(1, outcome.code);
    assertTrue(outcome.err.contains(Code.NO_OPTIMIZER.id()), outcome.err);
  }

  @Test
  void compiledSourcesLieInTheFolderOfTheirPackage() throws IOException {
    Path target = folder.resolve("sources");
    Outcome outcome = run("compile", spec, "-o", target.toString(), "--package", "a.b");
    assertEquals(0, outcome.code, outcome.err);
    assertEquals(
        List.of("GradientDescentDouble.java", "GradientDescentFloat.java"),
        files(target.resolve("a/b")));
    assertEquals(2, outcome.out.lines().count());
  }

  @Test
  void optimizersWhoseClassesWouldCollideAreRefused() throws IOException {
    String two = file("two.blr", SPEC + SPEC.replace("GradientDescent", "gradientDescent"));
    Path target = folder.resolve("sources");
    Outcome outcome = run("compile", two, "-o", target.toString());
    assertEquals(1, outcome.code);
    assertTrue(outcome.err.contains("`GradientDescent` and `gradientDescent`"), outcome.err);
    assertFalse(Files.exists(target));
  }

  /** Words of Java, C and CUDA, and names that the emitted code uses itself. */
  @Test
  void namesMayBeWordsOfOtherLanguages() throws IOException {
    String spec =
        file(
            "names.blr",
            """
            optimizer class {
              hyper      float: positive, __global__: unit, \u03b8\u2081: unit, gradient: real
              state      double: real, this: nonnegative = 0
              posterior  each int ~ Normal(mean = double, precision = this)
              loss       void(int) + gradient * int^2 + \u03b8\u2081 * int
              rate       double = float, this = __global__
              approximate
                delta_method
                squared_gradient
            }
            """);
    Path target = folder.resolve("sources");
    Outcome outcome = run("compile", spec, "-o", target.toString());
    assertEquals(0, outcome.code, outcome.err);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> line = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    files(target).forEach(file -> line.add(target.resolve(file).toString()));
    assertEquals(0, compiler.run(null, null, null, line.toArray(String[]::new)));
  }

  @Test
  void aTargetThatIsNoFolderIsAnOutputError() throws IOException {
    String occupied = file("occupied", "");
    assertEquals(4, run("compile", spec, "-o", occupied).code);
    assertEquals(4, run("derive", spec, "-o", folder.toString()).code);
  }

  @ParameterizedTest
  @CsvSource({"reference, f64", "java, f64", "java, f32"})
  void aReplayAgreesOrNot(String backEnd, String type) throws IOException {
    String[] options = {"--backend", backEnd, "--dtype", type};
    String good = file("good.json", TRACE.formatted("0.8"));
    assertEquals(0, run(replay(good, options)).code);
    String wrong = file("wrong.json", TRACE.formatted("0.81"));
    Outcome outcome = run(replay(wrong, options));
    assertEquals(3, outcome.code);
    assertTrue(outcome.out.contains("does not agree"), outcome.out);
    String[] tolerant = {"--backend", backEnd, "--dtype", type, "--tolerance", "0.1"};
    assertEquals(0, run(replay(wrong, tolerant)).code);
  }

  @Test
  void aTraceThatDoesNotFitIsAUsageError() throws IOException {
    String other = file("other.json", TRACE.formatted("0.8").replace("\"m\"", "\"w\""));
    Outcome outcome = run("replay", spec, "--trace", other);
    assertEquals(2, outcome.code);
    assertTrue(outcome.err.contains(Code.TRACE.id()), outcome.err);
    assertEquals(4, run("replay", spec, "--trace", folder.resolve("none").toString()).code);
  }

  @Test
  void aReplayCanBeWrittenDown() throws IOException {
    Path output = folder.resolve("computed.json");
    run("replay", spec, "--trace", file("t.json", TRACE.formatted("0.8")), "-o", output.toString());
    JsonNode json = new ObjectMapper().readTree(output.toFile());
    assertEquals(0.8, json.at("/steps/0/state_after/m/0").asDouble(), 1e-15);
  }

  @Test
  void optimizersCanBeTried() {
    Path plot = folder.resolve("curves.svg");
    Outcome outcome =
        run("try", spec, "--set", "rho=0.01", "--against", spec, "--plot", plot.toString());
    assertEquals(0, outcome.code, outcome.err);
    assertTrue(outcome.out.contains("GradientDescent (2)"), outcome.out);
    assertTrue(Files.exists(plot));
    assertEquals(2, run("try", spec, "--problem", "nothing").code);
    assertEquals(2, run("try", spec, "--plot", folder.resolve("curves.pdf").toString()).code);
    assertEquals(2, run("try", spec, "--set", "nothing=1").code);
  }

  @Test
  void everyCodeIsExplained() {
    Outcome list = run("explain");
    assertEquals(Code.values().length, list.out.lines().count());
    Outcome outcome = run("explain", "blr0201");
    assertEquals(0, outcome.code);
    assertTrue(outcome.out.startsWith("# BLR0201: a name is not declared\n"), outcome.out);
  }

  @ParameterizedTest
  @CsvSource({
    "derive a --format xml, '`text` or `markdown` or `latex` or `html` or `json`, not `xml`'",
    "list colours, '`families` or `rules`, not `colours`'",
    "check a --color red, '`auto` or `always` or `never`, not `red`'",
  })
  void choicesAreNamedAsTheyAreTyped(String line, String message) {
    Outcome outcome = run(line.split(" "));
    assertEquals(2, outcome.code);
    assertTrue(outcome.err.contains(message), outcome.err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"derive", "check", "--help"})
  void aFullStandardOutputIsAnOutputError(String command) {
    Outcome outcome = runWithoutOutput(command, "No space left on device");
    assertEquals(4, outcome.code);
    assertTrue(
        outcome.err.contains("standard output cannot be written: No space left"), outcome.err);
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
    assertTrue(run("list", "families").out.contains("Normal(mean: real, precision: positive)\n"));
    assertTrue(run("list", "rules").out.contains("monte_carlo(samples = 1)"));
  }

  @Test
  void helpAndVersionAreProducts() {
    assertTrue(run("--help").out.startsWith("Usage: blrc "));
    assertTrue(run("replay", "--help").out.contains("--trace"));
    assertTrue(run("--version").out.startsWith("blrc "));
  }

  private String[] replay(String trace, String... options) {
    return Stream.concat(Stream.of("replay", spec, "--trace", trace), Stream.of(options))
        .toArray(String[]::new);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Outcome run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Blrc.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            args);
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
