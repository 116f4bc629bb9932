package org.blrc.cli;

import java.util.List;
import org.blrc.emit.cuda.CudaBackEnd;
import org.blrc.emit.cuda.CudaProgram;
import org.blrc.emit.cuda.Numbers;
import org.blrc.emit.java.CompiledLauncher;
import org.blrc.emit.java.CompiledProgram;
import org.blrc.program.Program;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.SpecException;

/** Update programs as loaded code, with failures as diagnostics. */
final class Executable {

  private Executable() {}

  /** What launches the kernels of a program. */
  static CompiledLauncher launcher(Optimizer optimizer, Program program, Numbers numbers)
      throws SpecException {
    return CompiledLauncher.of(kernels(optimizer, program, numbers, List.of(program.name())));
  }

  /**
   * The kernels of a program.
   *
   * @param comment what their source begins with, line by line
   */
  static CudaProgram kernels(
      Optimizer optimizer, Program program, Numbers numbers, List<String> comment)
      throws SpecException {
    try {
      return CudaBackEnd.emit(program, numbers, comment);
    } catch (UnsupportedOperationException e) {
      throw new SpecException(
          Diagnostic.at(
              optimizer.name().span(),
              Code.UNSUPPORTED,
              "CUDA code is not available for " + e.getMessage()));
    }
  }

  static CompiledProgram of(Optimizer optimizer, Program program) throws SpecException {
    try {
      return CompiledProgram.of(program);
    } catch (UnsupportedOperationException e) {
      throw new SpecException(
          Diagnostic.at(optimizer.name().span(), Code.UNSUPPORTED, e.getMessage()));
    }
  }
}
