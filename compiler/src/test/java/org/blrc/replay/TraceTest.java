package org.blrc.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.blrc.syntax.Code;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.SpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading traces, good and bad. */
final class TraceTest {

  private static final String GOOD =
      """
      {
        "about": "made up",
        "dimension": 2,
        "samples": 3,
        "hyperparameters": {"alpha": 0.5, "clip": "Infinity"},
        "initial_state": {"m": [1, 2], "s": 0.25},
        "tolerance": 1e-6,
        "steps": [
          {
            "hyperparameters": {"alpha": 0.25},
            "noise": {"eps": [[3, 4], [5, 6]]},
            "asked_at": [[7, 8]],
            "oracle": [
              {"gradient": [9, "NaN"], "value": 3},
              {"per_example_gradients": [[1, 2], [3, 4], [5, 6]]}
            ],
            "state_after": {"m": ["-Infinity", 11]}
          },
          {}
        ]
      }
      """;

  @TempDir Path folder;

  @Test
  void readsEverything() throws Exception {
    Trace trace = read(GOOD);
    assertEquals(2, trace.dimension());
    assertEquals(3, trace.samples().orElseThrow());
    assertEquals(1e-6, trace.tolerance().orElseThrow());
    assertEquals(Double.POSITIVE_INFINITY, trace.hyperParameters().get("clip"));
    assertArrayEquals(new double[] {1, 2}, trace.initialState().get("m"));
    assertArrayEquals(new double[] {0.25, 0.25}, trace.initialState().get("s"));
    assertEquals(2, trace.steps().size());
    Trace.Step step = trace.steps().getFirst();
    assertEquals(0.25, step.hyperParameters().get("alpha"));
    assertArrayEquals(new double[] {5, 6}, step.noise().get("eps").get(1));
    assertArrayEquals(new double[] {7, 8}, step.askedAt().orElseThrow().getFirst());
    Trace.Answer first = step.oracle().getFirst();
    assertArrayEquals(new double[] {9, Double.NaN}, first.values().get("gradient"));
    assertArrayEquals(
        new double[] {1, 2, 3, 4, 5, 6},
        step.oracle().get(1).values().get("per_example_gradients"));
    assertArrayEquals(new double[] {Double.NEGATIVE_INFINITY, 11}, step.stateAfter().get("m"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"dimension\": 2      | \"dimension\": 0     | dimension: expected a positive integer",
        "\"dimension\": 2      | \"dimension\": 2.5   | dimension: expected a positive integer",
        "\"dimension\": 2      | \"dimension\": 2000000000 | dimension: the file is too short",
        "\"dimension\": 2,     | ''                   | dimension: expected a positive integer",
        "\"samples\": 3        | \"samples\": \"3\"   | samples: expected a positive integer",
        "\"alpha\": 0.5        | \"alpha\": \"half\"  | hyperparameters alpha: expected a number",
        "\"alpha\": 0.5        | \"alpha\": null      | hyperparameters alpha: expected a number",
        "\"m\": [1, 2]         | \"m\": [1, 2, 3]     | initial_state m: expected 2 numbers, found"
            + " 3",
        "\"m\": [1, 2]         | \"m\": [1, [2]]      | initial_state m: expected a number",
        "\"m\": [1, 2]         | \"m\": \"zero\"      | initial_state m: expected a number",
        "{\"eps\": [[3, 4], [5, 6]]} | [[3, 4]]       | step 1, noise: expected an object",
        "[[3, 4], [5, 6]]      | [3, 4]               | step 1, noise eps[0]: expected 2 numbers",
        "[[3, 4], [5, 6]]      | [[3, 4], [5]]        | step 1, noise eps[1]: expected 2 numbers,"
            + " found 1",
        "[[7, 8]]              | true                 | step 1, asked_at: expected a list of"
            + " arrays",
        "[9, \"NaN\"]          | [9]                  | step 1, answer 1, gradient: expected 2"
            + " numbers",
        "[9, \"NaN\"]          | [9, \"nan\"]         | step 1, answer 1, gradient: expected a"
            + " number",
        "[[1, 2], [3, 4], [5, 6]] | []                | step 1, answer 2, per_example_gradients:"
            + " there is no row",
        "[[1, 2], [3, 4], [5, 6]] | [[1, 2], [3]]     | per_example_gradients[1]: expected 2"
            + " numbers",
        "[\"-Infinity\", 11]   | {}                   | step 1, state_after m: expected a number",
        "1e-6                  | 0                    | tolerance: expected a positive number",
        "1e-6                  | \"small\"            | tolerance: expected a number",
        "{}                    | 7                    | step 2: expected an object",
        "\"about\": \"made up\" | \"about\": made | not JSON",
        "\"samples\": 3        | \"dimension\": 3     | not JSON",
        "\"samples\": 3,       | \"samples\": 3       | not JSON",
      })
  void namesWhatIsWrong(String from, String to, String message) throws Exception {
    assertTrue(GOOD.contains(from), from);
    List<Diagnostic> problems = problems(GOOD.replace(from, to));
    assertTrue(
        problems.stream().anyMatch(problem -> problem.message().contains(message)),
        problems.toString());
    assertTrue(problems.stream().allMatch(problem -> problem.code() == Code.TRACE));
  }

  @Test
  void everyTruncationIsReported() throws Exception {
    String text = GOOD.strip();
    for (int length = 0; length < text.length(); length += 7) {
      Diagnostic problem = problems(text.substring(0, length)).getFirst();
      assertEquals(Code.TRACE, problem.code());
    }
  }

  @Test
  void placesOfSyntaxErrorsAreKnown() throws Exception {
    Diagnostic problem = problems("{\n  \"dimension\": 2,\n  oops\n}").getFirst();
    assertEquals(
        3, problem.span().orElseThrow().source().position(problem.span().get().start()).line());
  }

  @Test
  void stepsAreNeeded() throws Exception {
    assertTrue(problems("{\"dimension\": 2, \"steps\": []}").toString().contains("no step"));
    assertTrue(problems("{\"dimension\": 2}").toString().contains("expected an array of steps"));
    assertTrue(problems("[]").toString().contains("a trace is a JSON object"));
  }

  @Test
  void problemsAreCollectedAndToldOnce() throws Exception {
    String bad = "{\"noise\": {\"eps\": [[1]]}}";
    List<Diagnostic> problems =
        problems(
            "{\"dimension\": 2, \"samples\": -1, \"steps\": [%s, %s, %s]}"
                .formatted(bad, bad, bad));
    assertEquals(2, problems.size());
    assertTrue(problems.get(1).message().startsWith("step 1, noise eps[0]"));
    assertEquals("the same in 2 more places", problems.get(1).note().orElseThrow());
  }

  @Test
  void unreadableFilesAreReported() throws Exception {
    Path binary = folder.resolve("binary.json");
    Files.write(binary, new byte[] {'{', (byte) 0xff, (byte) 0xfe});
    for (Path file : List.of(folder.resolve("absent.json"), folder, binary)) {
      SpecException thrown = assertThrows(SpecException.class, () -> Trace.read(file));
      Diagnostic problem = thrown.diagnostics().getFirst();
      assertEquals(Code.FILE, problem.code());
      assertTrue(problem.message().contains(file.toString()));
    }
  }

  private List<Diagnostic> problems(String text) throws IOException {
    Path file = write(text);
    return assertThrows(SpecException.class, () -> Trace.read(file)).diagnostics();
  }

  private Trace read(String text) throws IOException, SpecException {
    return Trace.read(write(text));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("trace.json"), text, StandardCharsets.UTF_8);
  }
}
