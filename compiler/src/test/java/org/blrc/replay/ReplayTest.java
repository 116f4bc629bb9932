package org.blrc.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.blrc.derive.Specs;
import org.blrc.program.Program;
import org.blrc.program.ProgramSignature;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.program.ZooPrograms;
import org.blrc.runtime.AbstractOptimizer;
import org.blrc.syntax.Code;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.SpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Traces that fit a program, and such that do not. */
final class ReplayTest {

  /** Two steps of RMSprop, computed by hand: s is 4 then 3, m falls by alpha g / sqrt(s). */
  private static final String RMSPROP =
      """
      {
        "dimension": 1,
        "hyperparameters": {"alpha": 1, "rho": 1, "delta": 1e-300},
        "initial_state": {"m": 5, "s": 7},
        "steps": [
          {
            "asked_at": [[5]],
            "oracle": [{"gradient": [2]}],
            "state_after": {"m": [4], "s": [4]}
          },
          {
            "hyperparameters": {"alpha": 3, "rho": 0.5},
            "asked_at": [[4]],
            "oracle": [{"gradient": [2]}],
            "state_after": {"m": [1], "s": [4]}
          },
          {
            "oracle": [{"per_example_gradients": [[1], [3], [8]]}],
            "state_after": {"s": [10]}
          }
        ]
      }
      """;

  /** One step of VOGN from m = 0 with precision 4, averaged over two draws. */
  private static final String VOGN =
      """
      {
        "dimension": 1,
        "samples": 2,
        "hyperparameters": {"alpha": 1, "rho": 1, "gamma": 4, "N": 10},
        "initial_state": {"m": 0, "s": 0},
        "steps": [
          {
            "noise": {"eps": [[1], [-2]]},
            "asked_at": [[0.5], [-1]],
            "oracle": [
              {"per_example_gradients": [[1], [3]]},
              {"per_example_gradients": [[-2]]}
            ],
            "state_after": {"m": [0], "s": [45]}
          }
        ]
      }
      """;

  @TempDir Path folder;

  @Test
  void hyperParametersChangeFromAStepOn() throws Exception {
    ReplayResult result = replay(RMSPROP, ZooPrograms.rmsprop());
    assertTrue(result.agrees(), ReplayReport.text(result));
    assertEquals(3, result.steps().size());
    assertEquals(1e-9, result.tolerance());
  }

  @Test
  void samplesOfTheTraceCount() throws Exception {
    ReplayResult result = replay(VOGN, ZooPrograms.vogn());
    assertTrue(result.agrees(), ReplayReport.text(result));
    assertEquals(2, result.steps().getFirst().askedAt().size());
  }

  /** By hand: s = 0.5 * 2 + 0.5 * mean(3, 5), and m falls by 0.5 g / s. */
  @Test
  void aSharedStateHasOneValue() throws Exception {
    String trace =
        """
        {
          "dimension": 2,
          "initial_state": {"m": [1, 3], "s": 2},
          "steps": [
            {
              "asked_at": [[1, 3]],
              "oracle": [{"gradient": [6, 12], "hessian_diagonal": [3, 5]}],
              "state_after": {"m": [0, 1], "s": [3, 3]}
            }
          ]
        }
        """;
    Program program =
        Specs.derive(
                """
                optimizer Ball {
                  hyper      rho: unit = 0.5
                  state      m: real, shared s: positive
                  posterior  each theta ~ Normal(mean = m, precision = s)
                  loss       ell(theta)
                  rate       rho
                  approximate
                    delta_method
                }
                """)
            .program();
    ReplayResult result = replay(trace, program);
    assertTrue(result.agrees(), ReplayReport.text(result));
    String two = trace.replace("\"s\": 2", "\"s\": [2, 4]");
    SpecException refused = assertThrows(SpecException.class, () -> replay(two, program));
    assertTrue(refused.getMessage().contains("all coordinates share one"), refused.getMessage());
  }

  @Test
  void disagreementIsLocated() throws Exception {
    String changed = RMSPROP.replace("\"m\": [1]", "\"m\": [1.25]");
    ReplayResult result = replay(changed, ZooPrograms.rmsprop());
    assertFalse(result.agrees());
    Comparison m = result.comparisons().get(1);
    assertEquals("m", m.name());
    assertEquals(0.2, m.error(), 1e-12);
    assertEquals(2, m.step());
    assertTrue(result.comparisons().get(0).agrees());
    assertTrue(result.comparisons().get(2).agrees());
    String text = ReplayReport.text(result);
    assertTrue(text.contains("exceeds the tolerance, first at step 2"), text);
    assertTrue(text.contains("does not agree"), text);
  }

  @Test
  void pointsAreCompared() throws Exception {
    String changed = RMSPROP.replace("\"asked_at\": [[4]]", "\"asked_at\": [[4.5]]");
    ReplayResult result = replay(changed, ZooPrograms.rmsprop());
    assertFalse(result.comparisons().getFirst().agrees());
    assertEquals("asked_at", result.comparisons().getFirst().name());
  }

  @Test
  void notANumberNeverAgrees() throws Exception {
    String changed = RMSPROP.replace("\"gradient\": [2]", "\"gradient\": [\"NaN\"]");
    assertFalse(replay(changed, ZooPrograms.rmsprop()).agrees());
  }

  @Test
  void toleranceIsThatOfTheTraceUnlessGiven() throws Exception {
    String loose = RMSPROP.replace("\"dimension\"", "\"tolerance\": 0.3, \"dimension\"");
    String wrong = loose.replace("\"m\": [1]", "\"m\": [1.25]");
    assertTrue(replay(wrong, ZooPrograms.rmsprop()).agrees());
    assertFalse(replay(wrong, ZooPrograms.rmsprop(), OptionalDouble.of(0.1)).agrees());
  }

  @Test
  void whatWasComputedCanBeWritten() throws Exception {
    JsonNode root = new JsonMapper().readTree(ReplayReport.json(replay(VOGN, ZooPrograms.vogn())));
    assertEquals(1, root.path("dimension").intValue());
    JsonNode step = root.path("steps").path(0);
    assertEquals(0.5, step.path("asked_at").path(0).path(0).doubleValue());
    assertEquals(45, step.path("state_after").path("s").path(0).doubleValue());
  }

  @Test
  void singlePrecision() throws Exception {
    String program = RMSPROP.replace("\"s\": [10]", "\"s\": [10.0001]");
    Replay replay = Replay.of(Trace.read(write(program)), ZooPrograms.rmsprop());
    ReplayResult result = replay.run(new SingleRmsprop(), OptionalDouble.empty());
    assertEquals(2e-5, result.tolerance());
    assertTrue(result.agrees(), ReplayReport.text(result));
    assertFalse(replay.run(new SingleRmsprop(), OptionalDouble.of(1e-9)).agrees());
    assertArrayEquals(new double[] {10}, result.steps().getLast().stateAfter().get("s"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"alpha\": 1,       | \"alfa\": 1,            | hyperparameters: `RMSprop` has no"
            + " hyper-parameter `alfa`",
        "\"alpha\": 1,       | \"alpha\": -1,          | hyperparameters: `alpha` = -1.0 lies"
            + " outside its domain",
        "\"alpha\": 3        | \"beta\": 3             | step 2, hyperparameters: `RMSprop` has no"
            + " hyper-parameter `beta`",
        "\"rho\": 0.5        | \"rho\": 2              | step 2, hyperparameters: `rho` = 2.0 lies"
            + " outside",
        "\"m\": 5,           | ''                      | initial_state: no value for `m`",
        "\"m\": 5            | \"m\": 5, \"q\": 1      | initial_state: `RMSprop` has no state `q`",
        "\"m\": [1]          | \"n\": [1]              | step 2, state_after: `RMSprop` has no"
            + " state `n`",
        "\"asked_at\": [[4]] | \"noise\": {\"eps\": [[1]]} | step 2, noise: `RMSprop` has no noise"
            + " `eps`",
        "[[4]]               | [[4], [4]]              | step 2, asked_at: expected 1",
        "\"gradient\"        | \"grad\"                | step 1, answer 1: gradient of `ell` is"
            + " missing",
        "\"oracle\"          | \"oracles\"             | step 1, oracle: expected 1",
        "[{\"per_example_gradients\": [[1], [3], [8]]}] | [] | step 3, oracle: expected 1",
        "\"dimension\": 1    | \"dimension\": 1, \"samples\": 2 | samples: expected 1",
      })
  void namesWhatDoesNotFit(String from, String to, String message) throws Exception {
    assertTrue(RMSPROP.contains(from), from);
    assertUnfit(message, RMSPROP.replace(from, to), ZooPrograms.rmsprop());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ", \"N\": 10 | '' | hyperparameters: no value for `N`",
        "\"samples\": 2         | \"samples\": 3         | step 1, noise eps: expected 3",
        "\"samples\": 2,        | ''                     | step 1, noise eps: expected 1",
        "\"eps\"                | \"z\"                  | step 1, noise: `VOGN` has no noise `z`",
        "\"noise\": {\"eps\": [[1], [-2]]}, | ''         | step 1, noise eps: expected 2",
        "{\"per_example_gradients\": [[-2]]} | {\"gradient\": [-2]} | step 1, answer 2:"
            + " per_example_gradients of `ell` is missing",
      })
  void namesWhatDoesNotFitDraws(String from, String to, String message) throws Exception {
    assertTrue(VOGN.contains(from), from);
    assertUnfit(message, VOGN.replace(from, to), ZooPrograms.vogn());
  }

  @Test
  void somethingHasToBeCompared() throws Exception {
    String blind =
        RMSPROP
            .replaceAll("\"asked_at\"", "\"points\"")
            .replaceAll("\"state_after\"", "\"states\"");
    assertUnfit("nothing can be compared", blind, ZooPrograms.rmsprop());
  }

  @Test
  void hintsSayWhatThereIs() throws Exception {
    List<Diagnostic> problems =
        unfit(RMSPROP.replace("\"alpha\": 1,", "\"alfa\": 1,"), ZooPrograms.rmsprop());
    assertTrue(problems.getFirst().hint().orElseThrow().contains("alpha"));
    problems =
        unfit(
            VOGN.replace("per_example_gradients", "gradient")
                .replace("[[1], [3]]", "[1]")
                .replace("[[-2]]", "[-2]"),
            ZooPrograms.vogn());
    assertEquals("it gives `gradient`", problems.getFirst().hint().orElseThrow());
  }

  private ReplayResult replay(String text, Program program) throws Exception {
    return replay(text, program, OptionalDouble.empty());
  }

  private ReplayResult replay(String text, Program program, OptionalDouble tolerance)
      throws Exception {
    Replay replay = Replay.of(Trace.read(write(text)), program);
    return replay.run(
        new ReferenceOptimizer(program, replay.dimension(), replay.hyperParameters()), tolerance);
  }

  private void assertUnfit(String message, String text, Program program) throws Exception {
    List<Diagnostic> problems = unfit(text, program);
    assertTrue(
        problems.stream().anyMatch(problem -> problem.message().contains(message)),
        problems.toString());
    assertTrue(problems.stream().allMatch(problem -> problem.code() == Code.TRACE));
  }

  private List<Diagnostic> unfit(String text, Program program) throws Exception {
    Trace trace = Trace.read(write(text));
    return assertThrows(SpecException.class, () -> Replay.of(trace, program)).diagnostics();
  }

  private Path write(String text) throws Exception {
    return Files.writeString(folder.resolve("trace.json"), text);
  }

  /** RMSprop in one dimension with alpha, rho and delta, in single precision. */
  private static final class SingleRmsprop extends AbstractOptimizer<float[]> {

    private final float[] m = new float[1];
    private final float[] s = new float[1];

    SingleRmsprop() {
      super(ProgramSignature.of(ZooPrograms.rmsprop()), 1, 1, 1, 1e-300);
    }

    @Override
    public int samples() {
      return 1;
    }

    @Override
    public float[] parameters() {
      return m;
    }

    @Override
    protected float[] state(int index) {
      return index == 0 ? m : s;
    }

    @Override
    protected void point(int phase, int draw, int from, int to, double[] values) {}

    @Override
    protected void restore(int from, int to, double[] values) {}

    @Override
    protected void accumulate(int draw, int from, int to, double[] values) {
      throw new AssertionError("there is one evaluation");
    }

    @Override
    protected void update(int draws, int from, int to, double[] values) {
      throw new AssertionError("there is one evaluation");
    }

    @Override
    protected void updateFromOne(int from, int to, double[] values) {
      float g = answer(0)[0];
      float rho = (float) values[1];
      s[0] = (1 - rho) * s[0] + rho * g * g;
      m[0] -= (float) values[0] * g / ((float) Math.sqrt(s[0]) + (float) values[2]);
    }
  }
}
