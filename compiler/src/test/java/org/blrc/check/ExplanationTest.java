package org.blrc.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.blrc.check.Documents.Block;
import org.blrc.syntax.Code;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.DiagnosticText;
import org.blrc.syntax.Explanation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every kind of diagnostic is explained, with an example that triggers it and one that does not.
 */
class ExplanationTest {

  /** What no spec alone can trigger, or none that is short. */
  private static final Set<Code> WITHOUT_EXAMPLE =
      EnumSet.of(Code.NO_OPTIMIZER, Code.BUDGET, Code.UNSUPPORTED, Code.FILE, Code.TRACE);

  @ParameterizedTest
  @EnumSource
  void theExamplesDoAsTheTextSays(Code code) throws IOException {
    String text = Explanation.of(code);
    assertTrue(text.startsWith("# %s: %s\n\n".formatted(code.id(), code.title())), text);
    List<Block> blocks = Documents.blocks(code.id(), text);
    assertEquals(WITHOUT_EXAMPLE.contains(code), blocks.isEmpty());
    for (Block block : blocks) {
      List<Diagnostic> diagnostics = block.diagnostics();
      String bad =
          switch (code.severity()) {
            case ERROR -> "blr rejected";
            case WARNING -> "blr warned";
          };
      assertEquals(
          block.kind().equals(bad) ? List.of(code) : List.of(),
          diagnostics.stream().map(Diagnostic::code).distinct().toList(),
          () -> new DiagnosticText(false).print(diagnostics));
    }
  }
}
