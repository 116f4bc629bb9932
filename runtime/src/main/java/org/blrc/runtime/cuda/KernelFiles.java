package org.blrc.runtime.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The files with the code of kernels: resources that lie beside a class. */
public final class KernelFiles {

  private final Class<?> beside;
  private final String name;

  /**
   * @param name of the files, before what follows the first dot
   */
  KernelFiles(Class<?> beside, String name) {
    this.beside = beside;
    this.name = name;
  }

  /** For messages: how the files are called. */
  String name() {
    return name;
  }

  /** Machine code for an architecture, as in sm_90. */
  Optional<byte[]> cubin(String architecture) {
    return read("." + architecture + ".cubin");
  }

  /** Code from which the driver makes machine code. */
  Optional<byte[]> ptx() {
    return read(".ptx");
  }

  /**
   * The source.
   *
   * @throws DeviceException if it is not there
   */
  public String source() {
    return read(".cu")
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .orElseThrow(
            () ->
                new DeviceException(
                    "there is no %s.cu beside the class %s: both belong into one folder of the class path"
                        .formatted(name, beside.getName())));
  }

  private Optional<byte[]> read(String end) {
    try (InputStream in = beside.getResourceAsStream(name + end)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
