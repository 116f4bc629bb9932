package org.blrc.runtime.cuda;

import java.lang.reflect.Array;
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
      case FLOAT, BF16 -> new float[count];
      case DOUBLE -> new double[count];
    };
  }

  static List<Object> read(DeviceArray array) {
    List<Object> parts = like(array);
    forParts(
        array,
        parts,
        (address, values) ->
            HostMemory.read(
                array.device(), array.real(), address, values, 0, Array.getLength(values)));
    return parts;
  }

  static void write(DeviceArray array, List<?> parts) {
    forParts(
        array,
        parts,
        (address, values) ->
            HostMemory.write(
                array.device(), array.real(), address, values, 0, Array.getLength(values)));
  }

  private interface Transfer {
    void run(long address, Object values);
  }

  private static void forParts(DeviceArray array, List<?> parts, Transfer transfer) {
    int part = 0;
    for (int tensor = 0; tensor < array.tensors(); tensor++) {
      for (long done = 0; done < array.length(tensor); done += LARGEST) {
        transfer.run(array.address(tensor) + done * array.real().bytes(), parts.get(part++));
      }
    }
  }
}
