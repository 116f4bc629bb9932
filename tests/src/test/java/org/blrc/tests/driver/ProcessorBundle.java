package org.blrc.tests.driver;

import java.io.IOException;
import java.nio.file.Path;
import org.blrc.emit.cuda.CudaProgram;
import org.blrc.syntax.SpecException;
import org.blrc.tests.gpu.GpuKernels;

/**
 * Gives a bundle for GPUs, as {@code tools/gpu/bundle} makes it, a driver whose GPUs are this
 * machine's processor, and kernels for that, so that everything in it can be tried without a GPU.
 */
public final class ProcessorBundle {

  private ProcessorBundle() {}

  /**
   * Changes an unpacked bundle.
   *
   * @param arguments its folder
   */
  public static void main(String[] arguments) throws SpecException, IOException {
    Path bundle = Path.of(arguments[0]);
    FakeDriver.compile(bundle.resolve("native"));
    for (CudaProgram program : GpuKernels.zoo()) {
      GpuKernels.write(
          bundle.resolve("kernels"), program, ".sm_90.cubin", FakeDriver.cubin(program));
    }
  }
}
