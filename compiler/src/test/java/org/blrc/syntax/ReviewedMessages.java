package org.blrc.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Specs that must not pass, each beside the complete messages that its author has to read. {@code
 * -Dgolden.update=true} rewrites the messages, for review.
 */
public final class ReviewedMessages {

  private ReviewedMessages() {}

  public static Stream<Path> specs(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".blr")).sorted().toList().stream();
    }
  }

  public static void assertAsReviewed(Path spec, List<Diagnostic> diagnostics) throws IOException {
    String messages = new DiagnosticText(false).print(diagnostics);
    Path expected = Path.of(spec.toString().replace(".blr", ".txt"));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, messages);
    }
    assertTrue(!messages.isEmpty(), "the spec passes");
    assertEquals(Files.readString(expected), messages);
  }
}
