package org.blrc.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.blrc.check.Checker;
import org.blrc.derive.Deriver;
import org.blrc.program.Program;
import org.blrc.program.ProgramVerifier;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.replay.Replay;
import org.blrc.replay.ReplayReport;
import org.blrc.replay.ReplayResult;
import org.blrc.replay.Trace;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is derived from the zoo's specs against recorded trajectories. */
final class ConformanceTest {

  private static final Path BASE = Path.of(System.getProperty("basedir", "."));

  @ParameterizedTest
  @CsvSource({
    "gd, gd",
    "sgd, torch_sgd_plain_quadratic",
    "newton-diagonal, newton-diagonal",
    "rmsprop, torch_rmsprop_default_quadratic",
    "adam, torch_adam_default_quadratic",
    "ogn, ogn",
    "vogn, vogn_default_quadratic",
    "vprop, vprop_default_quadratic",
    "vadam, vadam_default_quadratic",
    "ivon, ivon_price_quadratic",
    "ivon-squared, ivon_gradsq_quadratic",
  })
  void reachesWhatWasRecorded(String spec, String trace) throws SpecException {
    Program program = derive(spec);
    assertEquals(List.of(), ProgramVerifier.problems(program));
    Path file = BASE.resolve("src/test/resources/conformance").resolve(trace + ".json");
    Replay replay = Replay.of(Trace.read(file), program);
    ReplayResult result =
        replay.run(
            new ReferenceOptimizer(program, replay.dimension(), replay.hyperParameters()),
            OptionalDouble.empty());
    assertTrue(result.agrees(), ReplayReport.text(result));
  }

  private static Program derive(String spec) throws SpecException {
    Path file = BASE.resolve("../specs/zoo").resolve(spec + ".blr");
    Unit unit = Checker.read(file.toString());
    return Deriver.derive(unit, unit.optimizers().getFirst()).program();
  }
}
