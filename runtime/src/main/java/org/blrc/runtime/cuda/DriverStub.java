package org.blrc.runtime.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What stands in for the driver's library where there is no driver. JavaCPP's presets for NVRTC are
 * linked with it, though none of its functions is called; without a library of that name they
 * cannot be loaded.
 */
public final class DriverStub {

  private static final String NAME = "libcuda.so.1";

  private static final int HEADER = 64;
  private static final int SEGMENT = 56;
  private static final int ENTRY = 16;
  private static final int SYMBOL = 24;

  private static final int LOADED = 1;
  private static final int DYNAMIC = 2;
  private static final int STACK = 0x6474e551;
  private static final int READ_WRITE = 6;

  private DriverStub() {}

  /** Loads the stub unless there is a driver, or the system is none on which this is needed. */
  public static void loadWhereThereIsNoDriver() {
    boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux");
    if (linux && !isDriverThere()) {
      load();
    }
  }

  /** Whether the driver's library can be found. */
  @SuppressWarnings("restricted") // The driver's library is loaded for nothing but this.
  public static boolean isDriverThere() {
    try (Arena arena = Arena.ofConfined()) {
      return SymbolLookup.libraryLookup(NAME, arena).find("cuInit").isPresent();
    } catch (IllegalArgumentException notFound) {
      return false;
    }
  }

  @SuppressWarnings("restricted") // The library holds no code.
  private static void load() {
    try {
      Path folder = Files.createTempDirectory("blrc-driver");
      Path file = folder.resolve(NAME);
      try {
        Files.write(file, library());
        System.load(file.toString());
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An ELF file for a shared library that has a name and no symbols. */
  private static byte[] library() {
    byte[] names = ("\0" + NAME + "\0").getBytes(StandardCharsets.US_ASCII);
    int segments = 3;
    int entries = 7;
    int dynamic = HEADER + segments * SEGMENT;
    int symbols = dynamic + entries * ENTRY;
    int hash = symbols + SYMBOL;
    int strings = hash + 4 * Integer.BYTES;
    int size = strings + names.length;
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
    file.putShort((short) 3).putShort((short) (arm ? 183 : 62)).putInt(1);
    file.putLong(0).putLong(HEADER).putLong(0).putInt(0);
    file.putShort((short) HEADER).putShort((short) SEGMENT).putShort((short) segments);
    file.putShort((short) 64).putShort((short) 0).putShort((short) 0);
    segment(file, LOADED, 0, size, 0x10000);
    segment(file, DYNAMIC, dynamic, symbols - dynamic, 8);
    segment(file, STACK, 0, 0, 16);
    // Name, strings, symbols, size of the strings, size of a symbol, hash table, end.
    entry(file, 14, 1);
    entry(file, 5, strings);
    entry(file, 6, symbols);
    entry(file, 10, names.length);
    entry(file, 11, SYMBOL);
    entry(file, 4, hash);
    entry(file, 0, 0);
    file.put(new byte[SYMBOL]);
    // One bucket and one symbol, which is none.
    file.putInt(1).putInt(1).putInt(0).putInt(0);
    file.put(names);
    return file.array();
  }

  private static void segment(ByteBuffer file, int type, long at, long size, long alignment) {
    file.putInt(type).putInt(READ_WRITE).putLong(at).putLong(at).putLong(at);
    file.putLong(size).putLong(size).putLong(alignment);
  }

  private static void entry(ByteBuffer file, long tag, long value) {
    file.putLong(tag).putLong(value);
  }
}
