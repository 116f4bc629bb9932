package org.blrc.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.blrc.program.Program;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.program.ZooPrograms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference evaluator against trajectories of published implementations. */
final class RecordedReplayTest {

  static Stream<Arguments> recorded() {
    return Stream.of(
        Arguments.of("torch_rmsprop_default_quadratic.json", ZooPrograms.rmsprop()),
        Arguments.of("vogn_default_quadratic.json", ZooPrograms.vogn()),
        Arguments.of("ivon_price_quadratic.json", ZooPrograms.ivon()),
        Arguments.of("bayesiansam_bsam_m1_quadratic.json", ZooPrograms.bsam()));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void reachesWhatWasRecorded(String file, Program program) throws Exception {
    ReplayResult result = replay(file, program);
    assertTrue(result.agrees(), ReplayReport.text(result));
    List<String> compared = result.comparisons().stream().map(Comparison::name).toList();
    assertEquals("asked_at", compared.getFirst());
    assertEquals(
        program.states().stream().map(Program.State::name).toList(),
        compared.subList(1, compared.size()));
    assertTrue(result.comparisons().stream().allMatch(c -> c.error() < 1e-13));
  }

  @Test
  void aWrongUpdateDoesNotAgree() throws Exception {
    ReplayResult result = replay("ivon_gradsq_quadratic.json", ZooPrograms.ivon());
    assertFalse(result.agrees());
    Comparison h =
        result.comparisons().stream().filter(c -> c.name().equals("h")).findFirst().orElseThrow();
    assertEquals(1, h.firstExcess().orElseThrow());
  }

  private static ReplayResult replay(String file, Program program) throws Exception {
    Replay replay = Replay.of(Trace.read(Traces.file(file)), program);
    return replay.run(
        new ReferenceOptimizer(program, replay.dimension(), replay.hyperParameters()),
        OptionalDouble.empty());
  }
}
