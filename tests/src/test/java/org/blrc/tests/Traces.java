package org.blrc.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
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

/** The recorded trajectories, each of a spec of the zoo. */
public final class Traces {

  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/conformance");

  private static final String EXTENSION = ".json";

  private Traces() {}

  /** The names of all recordings, without an extension. */
  public static Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(EXTENSION))
          .map(name -> name.substring(0, name.length() - EXTENSION.length()))
          .sorted()
          .toList()
          .stream();
    }
  }

  /** The name of the spec that a recording belongs to, as it says itself. */
  public static String spec(String trace) throws IOException {
    return new ObjectMapper().readTree(file(trace).toFile()).required("spec").asText();
  }

  private static Path file(String trace) {
    return FOLDER.resolve(trace + EXTENSION);
  }

  public static Replay replay(String trace, Program program) throws SpecException {
    return Replay.of(Trace.read(file(trace)), program);
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
