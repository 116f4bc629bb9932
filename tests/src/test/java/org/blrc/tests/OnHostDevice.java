package org.blrc.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.blrc.emit.cuda.HostDevice;
import org.blrc.emit.cuda.HostKernels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Tests with a device that is this machine's processor, of whose memory nothing is left in use. */
abstract class OnHostDevice {

  final HostDevice device = new HostDevice();

  @BeforeAll
  static void needsCompiler() {
    assumeTrue(HostKernels.isAvailable(), "there is no g++ to compile kernels for this processor");
  }

  @AfterEach
  void nothingIsLeft() {
    assertEquals(0, device.allocations());
    device.close();
  }
}
