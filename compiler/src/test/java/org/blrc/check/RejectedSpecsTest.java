package org.blrc.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.blrc.syntax.Code;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Loader;
import org.blrc.syntax.ReviewedMessages;
import org.blrc.syntax.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Specs that must not pass, each with the complete messages that its author has to read. {@code
 * -Dgolden.update=true} rewrites the messages, for review.
 */
class RejectedSpecsTest {

  private static final Path FOLDER = Path.of("src/test/resources/rejected");

  /** What is found before anything is derived. */
  private static final Set<Code> CODES =
      EnumSet.of(
          Code.SYNTAX,
          Code.BAD_NUMBER,
          Code.UNKNOWN_NAME,
          Code.DUPLICATE_NAME,
          Code.RESERVED_NAME,
          Code.UNKNOWN_FAMILY,
          Code.UNKNOWN_RULE,
          Code.UNKNOWN_FUNCTION,
          Code.NOT_HERE,
          Code.ARGUMENTS,
          Code.MISSING_CLAUSE,
          Code.REPEATED_CLAUSE,
          Code.DOMAIN,
          Code.SHAPE,
          Code.NOT_A_STATE,
          Code.NOT_A_FUNCTION,
          Code.PATTERN,
          Code.FAMILY,
          Code.LOSS,
          Code.IMPORT);

  static Stream<Path> specs() throws IOException {
    return ReviewedMessages.specs(FOLDER);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void everyMessageIsAsReviewed(Path spec) throws IOException {
    List<Diagnostic> diagnostics = diagnostics(spec);
    assertTrue(diagnostics.stream().anyMatch(Diagnostic::isError));
    ReviewedMessages.assertAsReviewed(spec, diagnostics);
  }

  @Test
  void everyKindOfErrorHasAnExample() throws IOException {
    Set<Code> missing = EnumSet.copyOf(CODES);
    for (Path spec : specs().toList()) {
      diagnostics(spec).forEach(diagnostic -> missing.remove(diagnostic.code()));
    }
    assertEquals(Set.of(), missing);
  }

  private static List<Diagnostic> diagnostics(Path spec) throws IOException {
    String name = spec.getFileName().toString();
    return Checker.diagnostics(
        Loader.load(new SourceFile(name, Files.readString(spec)), spec.getParent()));
  }
}
