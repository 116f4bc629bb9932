package org.blrc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.blrc.syntax.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command that compares two derivations. */
final class DiffTest extends CommandLineFixture {

  private static final String OTHER =
      SPEC.replace("delta_method", "delta_method clip(1) of m").replace("Gradient", "Clipped");

  @Test
  void theSameUpdateIsASuccess() throws IOException {
    Outcome outcome = run("diff", spec, file("renamed.blr", SPEC.replace("rho", "alpha")));
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("The same update, by the same derivation."), outcome.out());
    assertTrue(outcome.out().contains("   rho         alpha\n"), outcome.out());
    assertEquals("", outcome.err());
  }

  @Test
  void updatesThatDifferAreADisagreement() throws IOException {
    Outcome outcome = run("diff", spec, file("clipped.blr", OTHER));
    assertEquals(3, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("The updates differ."), outcome.out());
    assertEquals("", outcome.err());
  }

  @Test
  void optimizersOfOneFileAreComparedByTheirNames() throws IOException {
    String two = file("two.blr", SPEC + OTHER);
    Outcome outcome = run("diff", two + ":GradientDescent", two + ":ClippedDescent");
    assertEquals(3, outcome.code(), outcome.err());
    assertTrue(outcome.out().startsWith("GradientDescent ("), outcome.out());
    assertEquals(0, run("diff", spec, two + ":GradientDescent").code());
    Outcome open = run("diff", spec, two);
    assertEquals(1, open.code());
    assertTrue(open.err().contains("choose one as in `" + two + ":GradientDescent`"), open.err());
    Outcome missing = run("diff", two + ":Third", spec);
    assertEquals(1, missing.code());
    assertTrue(missing.err().contains("declares no optimizer `Third`"), missing.err());
    assertTrue(missing.err().contains("`GradientDescent` and `ClippedDescent`"), missing.err());
  }

  @Test
  void aFileMayHaveAColonInItsName() throws IOException {
    assertEquals(0, run("diff", file("a:b.blr", SPEC), spec).code());
  }

  @Test
  void whatIsWrongWithBothIsSaidAtOnce() throws IOException {
    String first = file("first.blr", SPEC.replace("rate       rho", "rate       roh"));
    String second = file("second.blr", SPEC.replace("delta_method", "stochastic"));
    Outcome outcome = run("diff", first, second);
    assertEquals(1, outcome.code());
    assertEquals("", outcome.out());
    assertTrue(outcome.err().contains("`roh` is not declared"), outcome.err());
    assertTrue(outcome.err().contains(Code.NO_MATCH.id()), outcome.err());
  }

  @Test
  void missingFilesAreInputErrors() {
    String nowhere = folder.resolve("nowhere.blr").toString();
    for (Outcome outcome :
        List.of(
            run("diff", spec, nowhere),
            run("diff", nowhere + ":GradientDescent", spec),
            run("diff", nowhere, nowhere))) {
      assertEquals(4, outcome.code());
      assertEquals("", outcome.out());
      assertTrue(outcome.err().contains("there is no such file"), outcome.err());
      assertTrue(outcome.err().endsWith("\n1 error\n"), outcome.err());
    }
  }

  @Test
  void rulesWithoutAnOptimizerCannotBeCompared() throws IOException {
    Outcome outcome = run("diff", file("rules.blr", "rule flat { hess(f) ~> 0 }\n"), spec);
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains("declares no optimizer"), outcome.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"diff", "diff a", "diff a b c", "diff - -", "diff a b --format html"})
  void aCommandLineThatMakesNoSenseIsAUsageError(String line) {
    Outcome outcome = run(line.split(" "));
    assertEquals(2, outcome.code(), outcome.err());
    assertEquals("", outcome.out());
    assertTrue(outcome.err().startsWith("blrc: "), outcome.err());
  }

  @Test
  void oneCanComeFromStandardInput() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(SPEC.getBytes(StandardCharsets.UTF_8)));
    try {
      assertEquals(0, run("diff", "-", spec).code());
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void theComparisonGoesToAFileToo() throws IOException {
    Path file = folder.resolve("new/diff.json");
    Outcome outcome = run("diff", spec, spec, "--format", "json", "-o", file.toString());
    assertEquals(new Outcome(0, "", ""), outcome);
    JsonNode json = new JsonMapper().readTree(Files.readString(file));
    assertEquals("same", json.get("verdict").textValue());
    assertTrue(json.get("same_derivation").booleanValue());
    assertFalse(json.has("parting"));
  }

  @Test
  void warningsAreShownOnce() throws IOException {
    String warned = file("warned.blr", SPEC.replace("= 0.1", "= 0.1, beta: unit = 0.9"));
    Outcome outcome = run("diff", warned, warned);
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(1, outcome.err().split("BLR0207", -1).length - 1, outcome.err());
  }
}
