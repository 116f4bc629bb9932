package org.blrc.cli;

import org.blrc.emit.java.CompiledProgram;
import org.blrc.program.Program;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.SpecException;

/** Update programs as loaded Java classes, with failures as diagnostics. */
final class Executable {

  private Executable() {}

  static CompiledProgram of(Optimizer optimizer, Program program) throws SpecException {
    try {
      return CompiledProgram.of(program);
    } catch (UnsupportedOperationException e) {
      throw new SpecException(
          Diagnostic.at(optimizer.name().span(), Code.UNSUPPORTED, e.getMessage()));
    }
  }
}
