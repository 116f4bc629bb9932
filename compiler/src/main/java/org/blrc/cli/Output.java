package org.blrc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files whole or not at all. */
final class Output {

  private Output() {}

  /** Writes aside, then moves into place; makes the folders that are missing. */
  static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path draft = Files.createTempFile(folder, "." + file.getFileName(), ".part");
    try {
      Files.writeString(draft, text);
      if (Files.isDirectory(file)) {
        throw new IOException("`%s` is a directory".formatted(file));
      }
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
