package org.blrc.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderTest {

  private static final String RULE = "rule %s { hess(f) ~> 0 }\n";

  @TempDir private Path folder;

  @Test
  void importsAreRelativeToTheFileThatImports() throws Exception {
    write("main.blr", "import \"lib/one.blr\"\n");
    write("lib/one.blr", "import \"two.blr\"\n" + RULE.formatted("one"));
    write("lib/two.blr", RULE.formatted("two"));
    Loaded loaded = load("main.blr");
    assertEquals(List.of(), loaded.diagnostics());
    assertEquals(Set.of("one", "two"), names(loaded));
  }

  @Test
  void circlesAndRepeatsAreReadOnce() throws Exception {
    write(
        "a.blr", "import \"b.blr\"\nimport \"./b.blr\"\nimport \"a.blr\"\n" + RULE.formatted("a"));
    write("b.blr", "import \"a.blr\"\n" + RULE.formatted("b"));
    Loaded loaded = load("a.blr");
    assertEquals(List.of(), loaded.diagnostics());
    assertEquals(2, loaded.own().size());
  }

  @Test
  void errorsInImportsNameTheImportedFile() throws Exception {
    write("main.blr", "import \"lib/bad.blr\"\n");
    write("lib/bad.blr", "rule {\n");
    Diagnostic diagnostic = load("main.blr").diagnostics().getFirst();
    assertEquals(
        folder.resolve("lib/bad.blr").toString(), diagnostic.span().orElseThrow().source().name());
  }

  @Test
  void aMissingImportIsReportedWhereItStands() throws Exception {
    write("main.blr", "import \"momentun.blr\"\n");
    write("momentum.blr", "");
    Diagnostic diagnostic = load("main.blr").diagnostics().getFirst();
    assertEquals(Code.IMPORT, diagnostic.code());
    assertEquals("\"momentun.blr\"", diagnostic.span().orElseThrow().text());
    assertEquals("did you mean `momentum.blr`?", diagnostic.hint().orElseThrow());
  }

  @Test
  void anUnreadableSpecIsAnError() {
    for (String name : List.of("nowhere.blr", "", "nul\0")) {
      SpecException e =
          assertThrows(SpecException.class, () -> Loader.load(folder.resolve("x") + name));
      assertEquals(Code.FILE, e.diagnostics().getFirst().code());
    }
    assertThrows(SpecException.class, () -> Loader.load(folder.toString()));
  }

  @Test
  void bytesThatAreNoTextAreReported() throws Exception {
    Files.write(folder.resolve("main.blr"), new byte[] {(byte) 0xff, (byte) 0xfe, 'x', 0});
    assertEquals(Code.SYNTAX, load("main.blr").diagnostics().getFirst().code());
  }

  @Test
  void familiesAreFoundByTheirParameters() throws Exception {
    write("main.blr", "");
    Unit unit = load("main.blr").unit();
    assertTrue(unit.families("Normal").size() > 1);
    assertTrue(unit.family("Normal", List.of("precision", "mean")).isPresent());
    assertTrue(unit.family("Normal", List.of("mean")).isEmpty());
  }

  @Test
  void theLibraryHoldsEveryFileOfItsFolder() throws IOException {
    Set<String> read =
        Library.get().declarations().stream()
            .map(declaration -> declaration.span().source().name())
            .collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(Path.of("../specs/std"))) {
      assertEquals(
          files
              .map(file -> "std/" + file.getFileName())
              .filter(name -> !name.equals("std/std.blr"))
              .collect(Collectors.toSet()),
          read);
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Loaded load(String name) throws SpecException {
    return Loader.load(folder.resolve(name).toString());
  }

  private static Set<String> names(Loaded loaded) {
    return loaded.own().stream().map(d -> d.name().text()).collect(Collectors.toSet());
  }
}
