package org.blrc.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands on a spec in a folder of its own. */
abstract class CommandLineFixture {

  static final String SPEC =
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
  static final String TRACE =
      """
      {"dimension": 1, "initial_state": {"m": 1},
       "steps": [{"oracle": [{"gradient": [2]}], "state_after": {"m": [%s]}}]}
      """;

  record Outcome(int code, String out, String err) {}

  @TempDir Path folder;
  String spec;

  @BeforeEach
  void write() throws IOException {
    spec = file("gd.blr", SPEC);
  }

  String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  static Outcome run(String... args) {
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
