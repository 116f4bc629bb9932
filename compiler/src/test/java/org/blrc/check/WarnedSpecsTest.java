package org.blrc.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.blrc.derive.Deriver;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Loaded;
import org.blrc.syntax.Loader;
import org.blrc.syntax.ReviewedMessages;
import org.blrc.syntax.Severity;
import org.blrc.syntax.SourceFile;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Specs that compile and are probably not meant as written, each with the complete warnings. {@code
 * -Dgolden.update=true} rewrites the messages, for review.
 */
class WarnedSpecsTest {

  private static final Path FOLDER = Path.of("src/test/resources/warned");

  static Stream<Path> specs() throws IOException {
    return ReviewedMessages.specs(FOLDER);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void everyWarningIsAsReviewed(Path spec) throws IOException {
    ReviewedMessages.assertAsReviewed(spec, Checker.diagnostics(load(spec)));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void theSpecIsDerivedAllTheSame(Path spec) throws IOException, SpecException {
    Unit unit = Checker.check(load(spec));
    for (Optimizer optimizer : unit.optimizers()) {
      Deriver.derive(unit, optimizer);
    }
  }

  @Test
  void everyKindOfWarningHasAnExample() throws IOException {
    Set<Code> found = new HashSet<>();
    for (Path spec : specs().toList()) {
      Checker.diagnostics(load(spec)).stream().map(Diagnostic::code).forEach(found::add);
    }
    List<Code> warnings =
        Arrays.stream(Code.values()).filter(code -> code.severity() == Severity.WARNING).toList();
    assertEquals(Set.copyOf(warnings), found);
  }

  private static Loaded load(Path spec) throws IOException {
    String name = spec.getFileName().toString();
    return Loader.load(new SourceFile(name, Files.readString(spec)), spec.getParent());
  }
}
