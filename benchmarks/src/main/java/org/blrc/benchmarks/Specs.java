package org.blrc.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.blrc.check.Checker;
import org.blrc.derive.Deriver;
import org.blrc.emit.java.CompiledProgram;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;

/** Specifications of this source tree, compiled. */
final class Specs {

  private Specs() {}

  /**
   * @param path of a specification, from the root of the source tree, which is the working folder
   *     or one that encloses it
   */
  static CompiledProgram compile(String path) {
    try {
      Unit unit = Checker.read(find(path).toString());
      return CompiledProgram.of(Deriver.derive(unit, unit.optimizers().getFirst()).program());
    } catch (SpecException e) {
      throw new IllegalStateException(
          e.diagnostics().stream().map(Object::toString).collect(Collectors.joining("\n")), e);
    }
  }

  private static Path find(String path) {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(path))) {
        return folder.resolve(path);
      }
    }
    throw new IllegalStateException("no " + path + " here: run from the source tree");
  }
}
