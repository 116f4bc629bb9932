package org.blrc.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files whole or not at all. */
public final class OutputFile {

  /** What the system, too, takes for a cycle of symbolic links. */
  private static final int MOST_LINKS = 40;

  private OutputFile() {}

  /** Writes text in UTF-8; see {@link #write(Path, byte[])}. */
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes aside, then moves into place; makes the folders that are missing. Symbolic links are
   * followed and stay. What exists and is no regular file, such as a pipe, is written to as it is.
   */
  public static void write(Path file, byte[] content) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("`%s` is a directory".formatted(file));
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      Files.write(file, content, StandardOpenOption.WRITE);
      return;
    }
    Path target = target(file);
    Path folder = target.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    // Not Files.createTempFile, whose files only their owner may read.
    Path draft = folder.resolve(".blrc-" + UUID.randomUUID() + ".part");
    try {
      Files.write(draft, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static Path target(Path file) throws IOException {
    if (Files.exists(file)) {
      return file.toRealPath();
    }
    Path target = file;
    for (int i = 0; Files.isSymbolicLink(target); i++) {
      if (i == MOST_LINKS) {
        throw new IOException("the symbolic link `%s` leads nowhere".formatted(file));
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }
}
