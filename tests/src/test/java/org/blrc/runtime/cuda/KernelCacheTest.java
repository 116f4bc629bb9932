package org.blrc.runtime.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Here, where there is an NVRTC. */
final class KernelCacheTest {

  private static final String SOURCE =
      "extern \"C\" __global__ void twice(float *x) { *x *= 2.0f; }";

  @TempDir private Path folder;

  @BeforeAll
  static void needsCompiler() {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "the tests bring NVRTC for Linux on x86-64");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void whatIsCompiledIsKept() throws IOException, NoSuchAlgorithmException {
    KernelCache cache = new KernelCache(folder);
    byte[] first = cache.cubin(SOURCE, "sm_80");
    assertArrayEquals(new byte[] {0x7f, 'E', 'L', 'F'}, Arrays.copyOf(first, 4));
    Path file = files().getFirst();
    assertEquals(1, files().size());
    byte[] kept = Files.readAllBytes(file);
    assertArrayEquals(first, Arrays.copyOfRange(kept, 32, kept.length));
    assertArrayEquals(first, cache.cubin(SOURCE, "sm_80"));
    // Another content with its digest is what is used then: nothing is compiled again.
    byte[] other = {1, 2, 3};
    ByteArrayOutputStream planted = new ByteArrayOutputStream();
    planted.writeBytes(MessageDigest.getInstance("SHA-256").digest(other));
    planted.writeBytes(other);
    Files.write(file, planted.toByteArray());
    assertArrayEquals(other, cache.cubin(SOURCE, "sm_80"));
  }

  @Test
  void whatWasDamagedIsMadeAnew() throws IOException {
    KernelCache cache = new KernelCache(folder);
    byte[] first = cache.cubin(SOURCE, "sm_80");
    Path file = files().getFirst();
    byte[] whole = Files.readAllBytes(file);
    for (byte[] damaged :
        List.of(new byte[0], Arrays.copyOf(whole, whole.length / 2), flipped(whole))) {
      Files.write(file, damaged);
      assertArrayEquals(first, cache.cubin(SOURCE, "sm_80"));
      assertArrayEquals(whole, Files.readAllBytes(file));
    }
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] other = bytes.clone();
    other[other.length - 1] ^= 1;
    return other;
  }

  @Test
  void sourcesAndArchitecturesAreKeptApart() throws IOException {
    KernelCache cache = new KernelCache(folder);
    byte[] first = cache.cubin(SOURCE, "sm_80");
    byte[] second = cache.cubin(SOURCE, "sm_90");
    byte[] third = cache.cubin(SOURCE.replace("2.0f", "3.0f"), "sm_80");
    Set<String> distinct = new HashSet<>();
    for (byte[] code : List.of(first, second, third)) {
      distinct.add(Arrays.toString(code));
    }
    assertEquals(3, distinct.size());
    assertEquals(3, files().size());
    assertNotEquals(files().get(0), files().get(1));
  }

  @Test
  void whatIsRejectedComesWithTheLogAndIsNotKept() throws IOException {
    KernelCache cache = new KernelCache(folder);
    DeviceException rejected =
        assertThrows(DeviceException.class, () -> cache.cubin("what is this", "sm_80"));
    assertTrue(rejected.getMessage().contains("what"), rejected.getMessage());
    assertEquals(List.of(), files());
  }

  /** A file where the folder would be: then nothing is kept, and the code is there all the same. */
  @Test
  void whereNothingCanBeKeptCodeIsMadeAllTheSame() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    byte[] code = new KernelCache(file).cubin(SOURCE, "sm_80");
    assertArrayEquals(new byte[] {0x7f, 'E', 'L', 'F'}, Arrays.copyOf(code, 4));
  }

  /** In this process at most a stand-in for the driver is loaded. */
  @Test
  void withoutADriverThereIsNoDevice() {
    assumeTrue(!DriverStub.isDriverThere(), "there is a driver");
    DeviceException none = assertThrows(DeviceException.class, () -> CudaDevice.open(0));
    assertTrue(none.getMessage().contains("no NVIDIA driver"), none.getMessage());
    assertThrows(DeviceException.class, CudaDevice::list);
  }
}
