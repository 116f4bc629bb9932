package org.blrc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.blrc.syntax.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands make of a spec. */
final class ProductsTest extends CommandLineFixture {

  @Test
  void theDerivationGoesToStandardOutputOrAFile() throws IOException {
    Outcome outcome = run("derive", spec);
    assertEquals(0, outcome.code());
    assertTrue(outcome.out().startsWith("Derivation of GradientDescent\n"), outcome.out());
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
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().startsWith(start), outcome.out());
    Path file = folder.resolve("derivation");
    assertEquals(0, run("derive", spec, "--format", format, "-o", file.toString()).code());
    assertEquals(outcome.out(), Files.readString(file));
  }

  @Test
  void anOptimizerIsChosenByName() throws IOException {
    String two = file("two.blr", SPEC + SPEC.replace("GradientDescent", "Other"));
    assertTrue(run("derive", two).out().contains("Derivation of Other"));
    String one = run("derive", two, "--optimizer", "Other").out();
    assertFalse(one.contains("GradientDescent"));
    Outcome missing = run("derive", two, "--optimizer", "Third");
    assertEquals(1, missing.code());
    assertTrue(missing.err().contains("`GradientDescent` and `Other`"), missing.err());
    String trace = file("trace.json", TRACE.formatted("0.8"));
    assertEquals(1, run("replay", two, "--trace", trace).code());
    assertEquals(0, run("replay", two, "--trace", trace, "--optimizer", "Other").code());
  }

  /** With curvature -2, the precision 1 becomes 1/2 - 1. */
  @ParameterizedTest
  @ValueSource(strings = {"reference", "java"})
  void aReplayThatLeavesADomainSaysWhere(String backEnd) throws IOException {
    String concave =
        file(
            "concave.blr",
            """
            optimizer Tracker {
              hyper      eta: unit = 0.5
              state      centre: real, sharp: positive = 1
              posterior  each w ~ Normal(mean = centre, precision = sharp)
              loss       cost(w)
              rate       eta
              approximate delta_method
            }
            """);
    String trace =
        file(
            "trace.json",
            """
            {"dimension": 2, "initial_state": {"centre": [0, 0], "sharp": [1, 1]},
             "steps": [{"oracle": [{"gradient": [2, 2], "hessian_diagonal": [1, -2]}],
                        "state_after": {"sharp": [1, 1]}}]}
            """);
    Outcome outcome = run("replay", concave, "--trace", trace, "--backend", backEnd);
    assertEquals(2, outcome.code());
    assertEquals("", outcome.out());
    assertEquals(
        """
        error[BLR0603]: with the answers of the trace, sharp would be -0.5 at coordinate 1 in step 1, outside of (0.0, Infinity)
         = hint: declare `sharp` with a domain that it stays in

        1 error
        """,
        outcome.err());
  }

  @Test
  void aFileWithoutOptimizerCannotBeDerived() throws IOException {
    Outcome outcome = run("derive", file("rules.blr", "rule flat { hess(f) ~> 0 }\n"));
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains(Code.NO_OPTIMIZER.id()), outcome.err());
  }

  @Test
  void compiledSourcesLieInTheFolderOfTheirPackage() throws IOException {
    Path target = folder.resolve("sources");
    Outcome outcome = run("compile", spec, "-o", target.toString(), "--package", "a.b");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(
        List.of("GradientDescentDouble.java", "GradientDescentFloat.java"),
        files(target.resolve("a/b")));
    assertEquals(2, outcome.out().lines().count());
  }

  @Test
  void optimizersWhoseClassesWouldCollideAreRefused() throws IOException {
    String two = file("two.blr", SPEC + SPEC.replace("GradientDescent", "gradientDescent"));
    Path target = folder.resolve("sources");
    Outcome outcome = run("compile", two, "-o", target.toString());
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains("`GradientDescent` and `gradientDescent`"), outcome.err());
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
    assertEquals(0, outcome.code(), outcome.err());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> line = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    files(target).forEach(file -> line.add(target.resolve(file).toString()));
    assertEquals(0, compiler.run(null, null, null, line.toArray(String[]::new)));
  }

  /** In the folder of the package, where the classes find them as resources. */
  @Test
  void kernelsAreWrittenWithTheClassesThatLaunchThem() {
    Path target = folder.resolve("src");
    Outcome outcome =
        run("compile", spec, "--target", "cuda", "-o", target.toString(), "--package", "my.own");
    assertEquals(0, outcome.code(), outcome.err());
    List<String> line = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    for (String name : List.of("Double", "Float", "Bf16")) {
      Path source = target.resolve("my/own/GradientDescent" + name + ".cu");
      assertTrue(outcome.out().contains(source + "\n"), outcome.out());
      assertTrue(Files.isRegularFile(source));
      line.add(target.resolve("my/own/GradientDescent" + name + "Cuda.java").toString());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertEquals(0, compiler.run(null, null, null, line.toArray(String[]::new)));
  }

  @Test
  void architecturesAreKnownAndForKernels() {
    Outcome unknown = run("compile", spec, "--target", "cuda", "--arch", "sm_1");
    assertEquals(2, unknown.code());
    assertTrue(unknown.err().contains("NVRTC"), unknown.err());
    Outcome other = run("compile", spec, "--arch", "sm_90");
    assertEquals(2, other.code());
    assertTrue(other.err().contains("--target cuda"), other.err());
    assertEquals(2, run("compile", spec, "--target", "fortran").code());
  }

  @Test
  void theDoctorLooksAtEverything() {
    Outcome outcome = run("doctor");
    assertEquals(0, outcome.code());
    for (String what : List.of("driver", "GPU", "NVRTC", "nvcc", "g++")) {
      assertTrue(outcome.out().contains(what), outcome.out());
    }
  }

  @Test
  void aTargetThatIsNoFolderIsAnOutputError() throws IOException {
    String occupied = file("occupied", "");
    assertEquals(4, run("compile", spec, "-o", occupied).code());
    assertEquals(4, run("derive", spec, "-o", folder.toString()).code());
  }

  @ParameterizedTest
  @CsvSource({"reference, f64", "java, f64", "java, f32", "cuda-host, f64", "cuda-host, f32"})
  void aReplayAgreesOrNot(String backEnd, String type) throws IOException {
    String[] options = {"--backend", backEnd, "--dtype", type};
    String good = file("good.json", TRACE.formatted("0.8"));
    assertEquals(0, run(replay(good, options)).code());
    String wrong = file("wrong.json", TRACE.formatted("0.81"));
    Outcome outcome = run(replay(wrong, options));
    assertEquals(3, outcome.code());
    assertTrue(outcome.out().contains("does not agree"), outcome.out());
    String[] tolerant = {"--backend", backEnd, "--dtype", type, "--tolerance", "0.1"};
    assertEquals(0, run(replay(wrong, tolerant)).code());
  }

  @Test
  void aTraceThatDoesNotFitIsAUsageError() throws IOException {
    String other = file("other.json", TRACE.formatted("0.8").replace("\"m\"", "\"w\""));
    Outcome outcome = run("replay", spec, "--trace", other);
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains(Code.TRACE.id()), outcome.err());
    assertEquals(4, run("replay", spec, "--trace", folder.resolve("none").toString()).code());
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
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("GradientDescent (2)"), outcome.out());
    assertTrue(Files.exists(plot));
    assertEquals(2, run("try", spec, "--problem", "nothing").code());
    assertEquals(2, run("try", spec, "--plot", folder.resolve("curves.pdf").toString()).code());
    assertEquals(2, run("try", spec, "--set", "nothing=1").code());
  }

  @Test
  void aPlotThatCannotBeWrittenCostsNothingElse() {
    // No file system takes so long a name, and only writing tells.
    Path plot = folder.resolve("c".repeat(300) + ".svg");
    Outcome outcome = run("try", spec, "--set", "rho=0.01", "--plot", plot.toString());
    assertEquals(4, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("\nGradientDescent: rho = 0.01 given\n"), outcome.out());
    assertFalse(outcome.out().contains("curves: "), outcome.out());
    assertTrue(outcome.err().startsWith("error[BLR0601]: "), outcome.err());
    assertTrue(outcome.err().contains(plot.toString()), outcome.err());
  }

  private String[] replay(String trace, String... options) {
    return Stream.concat(Stream.of("replay", spec, "--trace", trace), Stream.of(options))
        .toArray(String[]::new);
  }
}
