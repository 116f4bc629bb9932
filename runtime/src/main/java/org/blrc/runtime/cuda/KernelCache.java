package org.blrc.runtime.cuda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * Machine code that was made on this machine from sources, kept on disk. A file is named by
 * everything that the code depends on: the source, the architecture, and the compiler's version. It
 * begins with the digest of what follows, so that a damaged one is made anew.
 */
final class KernelCache {

  private static final int DIGEST = 32;

  private final Path folder;

  KernelCache(Path folder) {
    this.folder = folder;
  }

  /**
   * That of the user: in {@code $XDG_CACHE_HOME/blrc/kernels}, or {@code ~/.cache/blrc/kernels}.
   */
  static KernelCache ofUser() {
    String caches = System.getenv("XDG_CACHE_HOME");
    Path base =
        caches == null || caches.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(caches);
    return new KernelCache(base.resolve("blrc").resolve("kernels"));
  }

  /**
   * Machine code for an architecture.
   *
   * @throws DeviceException if there is no compiler, or if it rejects the source, with its log
   */
  byte[] cubin(String source, String architecture) {
    try {
      Nvrtc nvrtc = Nvrtc.load();
      String key =
          HexFormat.of()
              .formatHex(
                  digest(
                      String.join(
                              "\n",
                              nvrtc.version(),
                              String.join(" ", Nvrtc.OPTIONS),
                              architecture,
                              source)
                          .getBytes(StandardCharsets.UTF_8)));
      Path file = folder.resolve(key + ".cubin");
      Optional<byte[]> kept = read(file);
      if (kept.isPresent()) {
        return kept.get();
      }
      byte[] code = nvrtc.cubin(source, architecture).code();
      keep(file, code);
      return code;
    } catch (Nvrtc.Unavailable e) {
      throw new DeviceException(
          "there is neither machine code for %s nor PTX, and no NVRTC to make some: %s"
              .formatted(architecture, e.getMessage()),
          e);
    } catch (Nvrtc.Rejected e) {
      throw new DeviceException(
          "NVRTC does not compile the kernels for %s:%n%s".formatted(architecture, e.getMessage()),
          e);
    }
  }

  private static Optional<byte[]> read(Path file) {
    try {
      byte[] all = Files.readAllBytes(file);
      if (all.length <= DIGEST) {
        return Optional.empty();
      }
      byte[] code = Arrays.copyOfRange(all, DIGEST, all.length);
      return Arrays.equals(digest(code), Arrays.copyOf(all, DIGEST))
          ? Optional.of(code)
          : Optional.empty();
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }

  /** Where nothing can be kept, code is made each time. */
  private void keep(Path file, byte[] code) {
    try {
      Files.createDirectories(folder);
      Path aside = folder.resolve(UUID.randomUUID() + ".part");
      try {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(digest(code));
        all.writeBytes(code);
        Files.write(aside, all.toByteArray());
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(aside);
      }
    } catch (IOException e) {
      System.getLogger(KernelCache.class.getName())
          .log(System.Logger.Level.DEBUG, "kernels cannot be kept in " + folder, e);
    }
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
