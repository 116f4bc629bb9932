package org.blrc.tests.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Map;
import org.blrc.emit.cuda.CudaProgram;
import org.blrc.emit.cuda.HostKernels;
import org.blrc.emit.cuda.KernelSets;
import org.blrc.tests.gpu.GpuChecks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What has to be true on every GPU, on one that is this machine's processor. */
final class ProcessorGpuTest extends GpuChecks {

  private static FakeDriver driver;

  @BeforeAll
  static void load() throws IOException {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "the driver of the tests is for Linux on x86-64");
    assumeTrue(HostKernels.isAvailable(), "there is no g++ to compile kernels for this processor");
    driver = FakeDriver.load();
  }

  @AfterAll
  static void nothingIsLeft() {
    if (driver != null) {
      assertEquals(0, driver.inUse());
    }
  }

  @Override
  protected Map<String, byte[]> code(CudaProgram program) {
    return Map.of(
        ".sm_90.cubin", HostKernels.library(KernelSets.of(program, "kernels"), program.source()));
  }
}
