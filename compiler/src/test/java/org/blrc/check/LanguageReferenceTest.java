package org.blrc.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.blrc.check.Documents.Block;
import org.blrc.family.Domains;
import org.blrc.syntax.DiagnosticText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The language reference says what the compiler does. */
class LanguageReferenceTest {

  private static final Path REFERENCE = Path.of("../docs/language.md");

  static Stream<Block> examples() throws IOException {
    return Documents.blocks(REFERENCE).stream().filter(block -> block.kind().equals("blr"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyCompleteExampleCompiles(Block example) {
    assertEquals("", new DiagnosticText(false).print(example.diagnostics()));
  }

  @Test
  void everyExampleIsMarked() throws IOException {
    Set<String> kinds = Set.of("blr", "blr-fragment");
    for (Block block : Documents.blocks(REFERENCE)) {
      assertTrue(kinds.contains(block.kind()), block.source().name());
    }
  }

  @Test
  void everyWordIsMentioned() throws IOException {
    String text = Files.readString(REFERENCE);
    List<String> words = new ArrayList<>(Vocabulary.RESERVED);
    words.addAll(Vocabulary.UPDATE_FUNCTIONS);
    words.addAll(Vocabulary.GRADES);
    words.addAll(Domains.names());
    words.removeIf(word -> text.contains("`" + word + "`"));
    assertEquals(List.of(), words);
  }
}
