package org.blrc.emit.cuda;

import java.util.List;
import org.blrc.emit.arith.Precision;
import org.blrc.program.Program;
import org.blrc.runtime.cuda.Purpose;

/**
 * An update program as CUDA C++.
 *
 * @param source a translation unit without includes
 * @param columns in the order of their places
 */
public record CudaProgram(
    Program program,
    Numbers numbers,
    String source,
    List<EmittedKernel> kernels,
    List<Column> columns) {

  public CudaProgram {
    kernels = List.copyOf(kernels);
    columns = List.copyOf(columns);
  }

  /** What is computed in. */
  public Precision precision() {
    return numbers.precision();
  }

  /** The kernel for a purpose. */
  public EmittedKernel kernel(Purpose purpose) {
    return kernels.stream()
        .filter(each -> each.purpose().equals(purpose))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no kernel for " + purpose));
  }
}
