package org.blrc.emit.cuda;

import java.util.List;
import org.blrc.emit.arith.Precision;
import org.blrc.program.Program;

/**
 * An update program as CUDA C++.
 *
 * @param source a translation unit without includes
 * @param columns in the order of their places
 */
public record CudaProgram(
    Program program,
    Precision precision,
    String source,
    List<Kernel> kernels,
    List<Column> columns) {

  /** How many coordinates make a chunk; the same number stands in the source. */
  public static final int CHUNK = 8192;

  /** How many threads make a block. */
  public static final int BLOCK = 256;

  public CudaProgram {
    kernels = List.copyOf(kernels);
    columns = List.copyOf(columns);
  }

  /** Whether some kernels leave parts, which others put together. */
  public boolean joinsParts() {
    return kernels.stream().anyMatch(each -> each.arguments().contains(Kernel.Argument.PARTS));
  }

  /** The kernel for a purpose. */
  public Kernel kernel(Kernel.Purpose purpose) {
    return kernels.stream()
        .filter(each -> each.purpose().equals(purpose))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no kernel for " + purpose));
  }
}
