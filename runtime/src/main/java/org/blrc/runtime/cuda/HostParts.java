package org.blrc.runtime.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.blrc.runtime.cuda.KernelSet.Real;

/** The values of a device's array as parts of an array in this machine's memory. */
final class HostParts {

  /** How many numbers a part has at most. */
  private static final int LARGEST = 1 << 26;

  private HostParts() {}

  /** Arrays that the values fit into. */
  static List<Object> like(DeviceArray array) {
    List<Object> parts = new ArrayList<>();
    for (int tensor = 0; tensor < array.tensors(); tensor++) {
      for (long done = 0; done < array.length(tensor); done += LARGEST) {
        int count = (int) Math.min(LARGEST, array.length(tensor) - done);
        parts.add(allocate(array.real(), count));
      }
    }
    // A file says by its parts what its numbers are, also where there are none.
    if (parts.isEmpty()) {
      parts.add(allocate(array.real(), 0));
    }
    return parts;
  }

  private static Object allocate(Real real, int count) {
    return switch (real) {
      case FLOAT -> new float[count];
      case DOUBLE -> new double[count];
    };
  }

  static List<Object> read(DeviceArray array) {
    List<Object> parts = like(array);
    forParts(array, parts, (address, segment) -> array.device().read(address, segment), true);
    return parts;
  }

  static void write(DeviceArray array, List<?> parts) {
    forParts(array, parts, (address, segment) -> array.device().write(address, segment), false);
  }

  private interface Transfer {
    void run(long address, MemorySegment segment);
  }

  private static void forParts(DeviceArray array, List<?> parts, Transfer transfer, boolean reads) {
    int part = 0;
    for (int tensor = 0; tensor < array.tensors(); tensor++) {
      for (long done = 0; done < array.length(tensor); done += LARGEST) {
        Object values = parts.get(part++);
        long address = array.address(tensor) + done * array.real().bytes();
        // Through memory outside of the heap, which the device can reach.
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment heap = segment(values);
          MemorySegment passing = arena.allocate(heap.byteSize(), Long.BYTES);
          if (reads) {
            transfer.run(address, passing);
            heap.copyFrom(passing);
          } else {
            passing.copyFrom(heap);
            transfer.run(address, passing);
          }
        }
      }
    }
  }

  private static MemorySegment segment(Object values) {
    return switch (values) {
      case float[] floats -> MemorySegment.ofArray(floats);
      case double[] doubles -> MemorySegment.ofArray(doubles);
      default -> throw new IllegalArgumentException("no part of a state: " + values.getClass());
    };
  }
}
