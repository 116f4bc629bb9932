package org.blrc.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.cuda.CudaBackEnd;
import org.blrc.emit.cuda.CudaProgram;
import org.blrc.emit.cuda.EmittedKernel;
import org.blrc.emit.cuda.Resources;
import org.blrc.runtime.cuda.Nvrtc;
import org.blrc.syntax.SpecException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NVIDIA's run-time compiler, for real, whether or not there is a GPU or a driver. */
final class NvrtcTest {

  private static final List<String> ARCHITECTURES = List.of("sm_80", "sm_90");

  private static Nvrtc nvrtc;

  @BeforeAll
  static void load() throws Nvrtc.Unavailable {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "the tests bring NVRTC for Linux on x86-64");
    nvrtc = Nvrtc.load();
  }

  @Test
  void knowsVersionAndArchitectures() {
    assertTrue(nvrtc.version().startsWith("12."), nvrtc.version());
    assertTrue(nvrtc.architectures().containsAll(ARCHITECTURES));
  }

  /**
   * With noise and several draws, with noise of two kinds, with two phases and a norm, with shared
   * states, with functions.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ivon.blr",
        "inverse-gaussian-vi.blr",
        "sam.blr",
        "mixture-learned.blr",
        "gamma-vi.blr"
      })
  void makesCodeForGpus(String spec) throws SpecException {
    for (Precision precision : Precision.values()) {
      CudaProgram program = CudaBackEnd.emit(Zoo.program(spec), precision, List.of(spec));
      List<String> names = program.kernels().stream().map(EmittedKernel::name).sorted().toList();
      String ptx = new String(nvrtc.ptx(program.source(), "sm_80").code(), StandardCharsets.UTF_8);
      assertTrue(ptx.contains(".target sm_80"), ptx);
      names.forEach(name -> assertTrue(ptx.contains(".entry " + name + "("), name));
      for (String architecture : ARCHITECTURES) {
        Nvrtc.Compiled cubin = nvrtc.cubin(program.source(), architecture);
        assertArrayEquals(
            new byte[] {0x7f, 'E', 'L', 'F'}, Arrays.copyOf(cubin.code(), 4), architecture);
        List<Resources> resources = Resources.of(cubin.log());
        assertTrue(
            resources.stream()
                .map(Resources::kernel)
                .collect(Collectors.toSet())
                .containsAll(names),
            cubin.log());
        for (Resources each : resources) {
          assertTrue(each.registers() > 0 && each.registers() <= 255, each.toString());
        }
        program
            .kernels()
            .forEach(
                kernel ->
                    assertEquals(
                        0,
                        resources.stream()
                            .filter(each -> each.kernel().equals(kernel.name()))
                            .findFirst()
                            .orElseThrow()
                            .spilled(),
                        kernel.name()));
      }
    }
  }

  @Test
  void whatItRejectsComesWithItsLog() throws SpecException {
    String source =
        CudaBackEnd.emit(Zoo.program("gd.blr"), Precision.FLOAT, List.of("gd")).source();
    String wrong = source + "\nwhat is this\n";
    Nvrtc.Rejected rejected = assertThrows(Nvrtc.Rejected.class, () -> nvrtc.cubin(wrong, "sm_80"));
    assertTrue(rejected.getMessage().contains("what"), rejected.getMessage());
    assertThrows(Nvrtc.Rejected.class, () -> nvrtc.cubin(source, "sm_1"));
  }
}
