package org.blrc.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LibraryTest {

  private static final Path FILES = Path.of("..", "specs", "std");

  /** What is read piece by piece, places included, is what the files hold as a whole. */
  @Test
  void holdsAllDeclarationsOfItsFiles() throws IOException {
    List<Declaration> whole = new ArrayList<>();
    SourceFile main = Sources.file(FILES.resolve("std.blr"), "std/std.blr");
    List<ImportDecl> imports = Parser.parse(main).imports();
    for (ImportDecl file : imports) {
      Path path = FILES.resolve(file.path());
      Parsed parsed = Parser.parse(Sources.file(path, "std/" + file.path()));
      assertEquals(List.of(), parsed.diagnostics());
      whole.addAll(parsed.declarations());
    }
    try (var files = Files.list(FILES)) {
      assertEquals(imports.size() + 1, files.count());
    }
    whole.sort(Comparator.comparing(each -> each.name().text()));
    assertEquals(whole, Library.get().declarations());
  }

  @Test
  void tellsFamiliesFromRules() {
    assertTrue(Library.get().families().contains("Normal"));
    assertFalse(Library.get().rules().contains("Normal"));
    assertTrue(Library.get().rules().contains("monte_carlo"));
    assertEquals(List.of(), Library.get().declarations("Nothing"));
  }
}
