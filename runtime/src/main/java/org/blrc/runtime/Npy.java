package org.blrc.runtime;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One-dimensional arrays in NumPy's format, version 1.0, little endian: {@code float[]} as {@code
 * <f4}, {@code double[]} as {@code <f8}, {@code long[]} as {@code <i8} and {@code String[]} as
 * {@code <U} with the length of the longest.
 */
final class Npy {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;
  private static final int CHUNK = 1 << 16;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '(<[fiU]\\d+)', 'fortran_order': False, 'shape': \\((\\d+),\\), \\} *\\n");

  private Npy() {}

  /** Writes parts of one array, one after the other. */
  static void write(OutputStream out, List<?> parts) throws IOException {
    long length = parts.stream().mapToLong(Npy::length).sum();
    int width = 0;
    for (Object part : parts) {
      if (part instanceof String[] texts) {
        for (String text : texts) {
          width = Math.max(width, text.codePointCount(0, text.length()));
        }
      }
    }
    writeHeader(out, type(parts.getFirst(), Math.max(width, 1)), length);
    for (Object part : parts) {
      writeValues(out, part, Math.max(width, 1));
    }
  }

  private static void writeHeader(OutputStream out, String type, long length) throws IOException {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%d,), }".formatted(type, length);
    int used = MAGIC.length + Short.BYTES + header.length() + 1;
    String padded = header + " ".repeat(-used & (ALIGNMENT - 1)) + "\n";
    out.write(MAGIC);
    out.write(padded.length() & 0xFF);
    out.write(padded.length() >>> Byte.SIZE);
    out.write(padded.getBytes(StandardCharsets.US_ASCII));
  }

  private static void writeValues(OutputStream out, Object values, int width) throws IOException {
    int length = (int) length(values);
    int step = values instanceof String[] ? 1 : CHUNK;
    byte[] bytes = new byte[step * bytes(values, width)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < length; from += step) {
      int count = Math.min(step, length - from);
      buffer.clear();
      switch (values) {
        case float[] floats -> buffer.asFloatBuffer().put(floats, from, count);
        case double[] doubles -> buffer.asDoubleBuffer().put(doubles, from, count);
        case long[] longs -> buffer.asLongBuffer().put(longs, from, count);
        case String[] texts -> {
          Arrays.fill(bytes, (byte) 0);
          buffer.asIntBuffer().put(texts[from].codePoints().toArray());
        }
        default -> throw unknown(values);
      }
      out.write(bytes, 0, count * bytes(values, width));
    }
  }

  /** What the head of an array says. */
  record Header(String type, long length) {}

  /**
   * Reads the head of an array.
   *
   * @throws IOException if there is none that this class writes
   */
  static Header readHeader(InputStream in) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + Short.BYTES);
    if (start.length < MAGIC.length + Short.BYTES
        || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IOException("is no array in NumPy's format 1.0");
    }
    int size =
        Short.toUnsignedInt(ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getShort(8));
    String header = new String(in.readNBytes(size), StandardCharsets.US_ASCII);
    Matcher matcher = HEADER.matcher(header);
    if (!matcher.matches()) {
      throw new IOException("is no little-endian array of one dimension: " + header.strip());
    }
    return new Header(matcher.group(1), Long.parseLong(matcher.group(2)));
  }

  /** Reads values until the array is full. */
  static void readValues(InputStream in, Object values) throws IOException {
    int length = (int) length(values);
    int width = bytes(values, 0);
    byte[] bytes = new byte[CHUNK * width];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < length; from += CHUNK) {
      int count = Math.min(CHUNK, length - from);
      if (in.readNBytes(bytes, 0, count * width) < count * width) {
        throw new EOFException("ends early");
      }
      switch (values) {
        case float[] floats -> buffer.asFloatBuffer().get(floats, from, count);
        case double[] doubles -> buffer.asDoubleBuffer().get(doubles, from, count);
        case long[] longs -> buffer.asLongBuffer().get(longs, from, count);
        default -> throw unknown(values);
      }
    }
  }

  /** Reads the texts of an array whose head was read. */
  static String[] readTexts(InputStream in, Header header) throws IOException {
    int width = Integer.parseInt(header.type().substring(2));
    String[] texts = new String[Math.toIntExact(header.length())];
    for (int i = 0; i < texts.length; i++) {
      byte[] bytes = in.readNBytes(width * Integer.BYTES);
      if (bytes.length < width * Integer.BYTES) {
        throw new EOFException("ends early");
      }
      int[] codePoints = new int[width];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(codePoints);
      texts[i] =
          Arrays.stream(codePoints)
              .filter(codePoint -> codePoint != 0)
              .mapToObj(Character::toString)
              .collect(Collectors.joining());
    }
    return texts;
  }

  static long length(Object values) {
    return Array.getLength(values);
  }

  /** NumPy's name of the type of an array's elements. */
  static String type(Object values, int width) {
    return switch (values) {
      case float[] _ -> "<f4";
      case double[] _ -> "<f8";
      case long[] _ -> "<i8";
      case String[] _ -> "<U" + width;
      default -> throw unknown(values);
    };
  }

  private static int bytes(Object values, int width) {
    return switch (values) {
      case float[] _ -> Float.BYTES;
      case double[] _, long[] _ -> Double.BYTES;
      case String[] _ -> width * Integer.BYTES;
      default -> throw unknown(values);
    };
  }

  private static IllegalArgumentException unknown(Object values) {
    return new IllegalArgumentException("no array type of a file: " + values.getClass());
  }
}
