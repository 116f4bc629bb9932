package org.blrc.tests.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Map;
import org.blrc.emit.cuda.CudaProgram;
import org.blrc.tests.gpu.GpuChecks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What has to be true on every GPU, on one that is this machine's processor. */
final class ProcessorGpuTest extends GpuChecks {

  private static FakeDriver driver;

  @BeforeAll
  static void load() throws IOException {
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
    return Map.of(".sm_90.cubin", FakeDriver.cubin(program));
  }
}
