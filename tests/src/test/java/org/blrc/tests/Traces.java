package org.blrc.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.blrc.program.Program;
import org.blrc.replay.Replay;
import org.blrc.replay.ReplayReport;
import org.blrc.replay.ReplayResult;
import org.blrc.replay.Trace;
import org.blrc.syntax.SpecException;

/** The recorded trajectories of some of the zoo's specs. */
public final class Traces {

  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/conformance");

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("gd", "gd"),
          Map.entry("sgd", "torch_sgd_plain_quadratic"),
          Map.entry("newton-diagonal", "newton-diagonal"),
          Map.entry("rmsprop", "torch_rmsprop_default_quadratic"),
          Map.entry("adam", "torch_adam_default_quadratic"),
          Map.entry("ogn", "ogn"),
          Map.entry("vogn", "vogn_default_quadratic"),
          Map.entry("vprop", "vprop_default_quadratic"),
          Map.entry("vadam", "vadam_default_quadratic"),
          Map.entry("ivon", "ivon_price_quadratic"),
          Map.entry("ivon-squared", "ivon_gradsq_quadratic"));

  private Traces() {}

  /** The names of the specs, without an extension. */
  public static Stream<String> specs() {
    return NAMES.keySet().stream().sorted();
  }

  public static Replay replay(String spec, Program program) throws SpecException {
    return Replay.of(Trace.read(FOLDER.resolve(NAMES.get(spec) + ".json")), program);
  }

  /** A replay sets the states itself; what has no initial value only has to be there. */
  public static Map<String, double[]> zeros(Program program, int dimension) {
    return program.states().stream()
        .filter(state -> state.initial().isEmpty())
        .collect(Collectors.toMap(Program.State::name, _ -> new double[dimension]));
  }

  public static void requireAgreement(ReplayResult result) {
    assertTrue(result.agrees(), ReplayReport.text(result));
  }
}
