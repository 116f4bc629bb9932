package org.blrc.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.blrc.syntax.Code;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.ReviewedMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Specs that pass their check and have no derivation, each with the complete messages that its
 * author has to read. {@code -Dgolden.update=true} rewrites the messages, for review.
 */
final class UnderivableSpecsTest {

  private static final Path FOLDER = Path.of("src/test/resources/underivable");

  private static final Set<Code> CODES =
      EnumSet.of(
          Code.NO_SAMPLER,
          Code.NO_MEAN,
          Code.NO_MATCH,
          Code.AMBIGUOUS,
          Code.NOT_SOLVABLE,
          Code.STATES,
          Code.WRONG_FAMILY,
          Code.EXPECTATION_LEFT,
          Code.SUM_LEFT,
          Code.LOSS,
          Code.CYCLE,
          Code.CONTENTION);

  static Stream<Path> specs() throws IOException {
    return ReviewedMessages.specs(FOLDER);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void everyMessageIsAsReviewed(Path spec) throws IOException {
    ReviewedMessages.assertAsReviewed(spec, problems(spec));
  }

  @Test
  void everyKindOfErrorHasAnExample() throws IOException {
    Set<Code> missing = EnumSet.copyOf(CODES);
    for (Path spec : specs().toList()) {
      problems(spec).forEach(diagnostic -> missing.remove(diagnostic.code()));
    }
    assertEquals(Set.of(), missing);
  }

  private static List<Diagnostic> problems(Path spec) {
    return Specs.problems(Specs.read(spec));
  }
}
