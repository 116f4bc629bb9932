package org.blrc.runtime.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.blrc.runtime.cuda.KernelSet.Real;

/** Copies between arrays of this machine and memory of a device, whatever numbers both hold. */
final class HostMemory {

  /** How many numbers pass through at a time. */
  private static final int PASSING = 1 << 22;

  private HostMemory() {}

  /**
   * Copies values to the device; waits until they were taken.
   *
   * @param values {@code double[]} or {@code float[]}
   */
  static void write(Device device, Real real, long address, Object values, int from, int count) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment passing = passing(arena, real, count);
      for (long done = 0; done < count; done += PASSING) {
        int now = (int) Math.min(PASSING, count - done);
        for (int i = 0; i < now; i++) {
          put(passing, real, i, value(values, (int) (from + done) + i));
        }
        device.write(address + done * real.bytes(), passing.asSlice(0, (long) now * real.bytes()));
      }
    }
  }

  /** Copies values from the device, once all work in its queue is done. */
  static void read(Device device, Real real, long address, Object values, int from, int count) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment passing = passing(arena, real, count);
      for (long done = 0; done < count; done += PASSING) {
        int now = (int) Math.min(PASSING, count - done);
        device.read(address + done * real.bytes(), passing.asSlice(0, (long) now * real.bytes()));
        for (int i = 0; i < now; i++) {
          double value = get(passing, real, i);
          switch (values) {
            case double[] doubles -> doubles[(int) (from + done) + i] = value;
            case float[] floats -> floats[(int) (from + done) + i] = (float) value;
            default -> throw noNumbers(values);
          }
        }
      }
    }
  }

  /** Writes the same value everywhere in a range of memory. */
  static void fill(Device device, Real real, long address, long count, double value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment passing = passing(arena, real, count);
      int width = (int) Math.min(PASSING, count);
      for (int i = 0; i < width; i++) {
        put(passing, real, i, value);
      }
      for (long done = 0; done < count; done += width) {
        long now = Math.min(width, count - done);
        device.write(address + done * real.bytes(), passing.asSlice(0, now * real.bytes()));
      }
    }
  }

  private static MemorySegment passing(Arena arena, Real real, long count) {
    return arena.allocate(Math.clamp(count, 1, PASSING) * (long) real.bytes(), Long.BYTES);
  }

  private static double value(Object values, int index) {
    return switch (values) {
      case double[] doubles -> doubles[index];
      case float[] floats -> floats[index];
      default -> throw noNumbers(values);
    };
  }

  private static IllegalArgumentException noNumbers(Object values) {
    return new IllegalArgumentException("no array of numbers: " + values.getClass());
  }

  private static void put(MemorySegment to, Real real, int index, double value) {
    switch (real) {
      case FLOAT -> to.setAtIndex(ValueLayout.JAVA_FLOAT, index, (float) value);
      case DOUBLE -> to.setAtIndex(ValueLayout.JAVA_DOUBLE, index, value);
      case BF16 -> to.setAtIndex(ValueLayout.JAVA_SHORT, index, Bfloat16.of((float) value));
    }
  }

  private static double get(MemorySegment from, Real real, int index) {
    return switch (real) {
      case FLOAT -> from.getAtIndex(ValueLayout.JAVA_FLOAT, index);
      case DOUBLE -> from.getAtIndex(ValueLayout.JAVA_DOUBLE, index);
      case BF16 -> Bfloat16.toFloat(from.getAtIndex(ValueLayout.JAVA_SHORT, index));
    };
  }
}
