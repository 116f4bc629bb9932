package org.blrc.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

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
    write(Map.of(file, content));
  }

  /** Writes several files: all are written aside before the first is moved into place. */
  public static void write(Map<Path, byte[]> files) throws IOException {
    try (Drafts drafts = new Drafts()) {
      for (Map.Entry<Path, byte[]> entry : files.entrySet()) {
        Path file = entry.getKey();
        if (Files.isDirectory(file)) {
          throw new IOException("`%s` is a directory".formatted(file));
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
          write(file, file, entry.getValue(), StandardOpenOption.WRITE);
          continue;
        }
        Path target = target(file).toAbsolutePath();
        Files.createDirectories(target.getParent());
        drafts.add(target, entry.getValue());
      }
      drafts.publish();
    }
  }

  /**
   * Writes the content of a file to some place.
   *
   * @throws IOException that names the file, which those of a full disk do not by themselves
   */
  static void write(Path file, Path place, byte[] content, OpenOption... options)
      throws IOException {
    try {
      Files.write(place, content, options);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("`%s` cannot be written: %s".formatted(file, e.getMessage()), e);
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
