package org.blrc.runtime;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Named arrays in a zip file, as {@code numpy.savez} writes them. */
final class NpzFile implements AutoCloseable {

  private static final String EXTENSION = ".npy";
  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final ZipFile zip;
  private final Set<String> names = new HashSet<>();

  private NpzFile(Path path, ZipFile zip) {
    this.path = path;
    this.zip = zip;
    zip.stream()
        .map(ZipEntry::getName)
        .filter(name -> name.endsWith(EXTENSION))
        .forEach(name -> names.add(name.substring(0, name.length() - EXTENSION.length())));
  }

  /**
   * Writes a file, whole or not at all: it is written beside its place, then moved there.
   *
   * @param arrays by name, each as the list of its parts
   */
  static void write(Path path, Map<String, List<?>> arrays) throws IOException {
    // Through links, and with the permissions that the user's files have.
    Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    Path aside = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      try (OutputStream file =
              new BufferedOutputStream(
                  Files.newOutputStream(
                      aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                  BUFFER);
          ZipOutputStream out = new ZipOutputStream(file)) {
        out.setLevel(Deflater.NO_COMPRESSION);
        for (Map.Entry<String, List<?>> array : arrays.entrySet()) {
          ZipEntry entry = new ZipEntry(array.getKey() + EXTENSION);
          // So that the same state is the same file.
          entry.setLastModifiedTime(FileTime.fromMillis(0));
          out.putNextEntry(entry);
          Npy.write(out, array.getValue());
          out.closeEntry();
        }
      }
      try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      move(aside, target);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      // Those of a full disk do not name the file by themselves.
      throw new IOException("%s cannot be written: %s".formatted(path, e.getMessage()), e);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private static void move(Path aside, Path target) throws IOException {
    try {
      Files.move(
          aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Opens a file.
   *
   * @throws StateFileException if it is damaged or no such file
   */
  static NpzFile open(Path path) throws IOException {
    try {
      return new NpzFile(path, new ZipFile(path.toFile()));
    } catch (NoSuchFileException e) {
      throw e;
    } catch (ZipException e) {
      throw new StateFileException(
          "%s is truncated or no saved state: %s".formatted(path, e.getMessage()), e);
    }
  }

  Set<String> names() {
    return names;
  }

  /** The texts of an array. */
  String[] texts(String name) throws IOException {
    return read(name, "<U", (in, header) -> Npy.readTexts(in, header));
  }

  /** The numbers of an array. */
  long[] longs(String name) throws IOException {
    return read(
        name,
        "<i8",
        (in, header) -> {
          long[] values = new long[Math.toIntExact(header.length())];
          Npy.readValues(in, values);
          return values;
        });
  }

  /** As above, of floating point. */
  double[] doubles(String name) throws IOException {
    return read(
        name,
        "<f8",
        (in, header) -> {
          double[] values = new double[Math.toIntExact(header.length())];
          Npy.readValues(in, values);
          return values;
        });
  }

  /** Reads an array into parts that together have its length. */
  void readInto(String name, List<?> parts) throws IOException {
    long expected = parts.stream().mapToLong(Npy::length).sum();
    read(
        name,
        Npy.type(parts.getFirst(), 0),
        (in, header) -> {
          if (header.length() != expected) {
            throw new IOException(
                "has %d coordinates, the optimizer %d".formatted(header.length(), expected));
          }
          for (Object part : parts) {
            Npy.readValues(in, part);
          }
          return null;
        });
  }

  private interface Reading<T> {
    T read(InputStream in, Npy.Header header) throws IOException;
  }

  private <T> T read(String name, String type, Reading<T> reading) throws IOException {
    ZipEntry entry = zip.getEntry(name + EXTENSION);
    if (entry == null) {
      throw new StateFileException("%s has no array %s".formatted(path, name));
    }
    try {
      requireUndamaged(entry);
      try (InputStream in = new BufferedInputStream(zip.getInputStream(entry), BUFFER)) {
        Npy.Header header = Npy.readHeader(in);
        if (!header.type().startsWith(type)) {
          throw new IOException("holds %s, where %s is needed".formatted(header.type(), type));
        }
        T result = reading.read(in, header);
        if (in.read() >= 0) {
          throw new IOException("is longer than its head says");
        }
        return result;
      }
    } catch (IOException | ArithmeticException | IllegalArgumentException e) {
      throw new StateFileException("%s: %s %s".formatted(path, name, e.getMessage()), e);
    }
  }

  /** Reads an array for the first time, so that what is read later can be trusted. */
  private void requireUndamaged(ZipEntry entry) throws IOException {
    try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
      in.transferTo(OutputStream.nullOutputStream());
      if (in.getChecksum().getValue() != entry.getCrc()) {
        throw new IOException("was damaged: its checksum is wrong");
      }
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
