package org.blrc.syntax;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads texts. */
final class Sources {

  private static final int MAX_BYTES = 16 << 20;

  private Sources() {}

  static SourceFile file(Path path, String name) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException("it is a directory");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return stream(in, name);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new IOException("access is denied", e);
    }
  }

  /** Bytes that are no UTF-8 become U+FFFD, at which the parser complains. */
  static SourceFile stream(InputStream in, String name) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new IOException("it is larger than 16 MiB");
    }
    return new SourceFile(name, new String(bytes, StandardCharsets.UTF_8));
  }
}
