package org.blrc.check;

import java.nio.file.Path;
import java.util.List;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Loaded;
import org.blrc.syntax.Loader;
import org.blrc.syntax.SourceFile;

/** Specs from memory. */
final class Texts {

  private Texts() {}

  static Loaded load(String text) {
    return Loader.load(new SourceFile("test.blr", text), Path.of("src/test/resources"));
  }

  static List<Diagnostic> diagnostics(String text) {
    return Checker.diagnostics(load(text));
  }

  static List<String> messages(String text) {
    return diagnostics(text).stream().map(Diagnostic::message).toList();
  }
}
