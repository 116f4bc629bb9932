package org.blrc.tests.gpu;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import org.blrc.emit.cuda.CudaProgram;
import org.blrc.runtime.cuda.CudaDevice;
import org.blrc.runtime.cuda.DeviceException;
import org.blrc.runtime.cuda.DriverStub;
import org.junit.jupiter.api.BeforeAll;

/** On a GPU, where there is one. */
final class GpuTest extends GpuChecks {

  @BeforeAll
  static void needsGpu() {
    assumeTrue(DriverStub.isDriverThere(), "there is no NVIDIA driver");
    try {
      assumeTrue(!CudaDevice.list().isEmpty(), "the driver knows no GPU");
    } catch (DeviceException e) {
      assumeTrue(false, e.getMessage());
    }
  }

  @Override
  protected Map<String, byte[]> code(CudaProgram program) {
    return GpuKernels.code(program);
  }
}
