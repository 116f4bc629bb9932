package org.blrc.runtime.cuda;

import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_OUT_OF_MEMORY;
import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR;
import static org.bytedeco.cuda.global.cudart.cuDeviceGetAttribute;
import static org.bytedeco.cuda.global.cudart.cuDeviceGetCount;
import static org.bytedeco.cuda.global.cudart.cuDeviceGetName;
import static org.bytedeco.cuda.global.cudart.cuGetErrorName;
import static org.bytedeco.cuda.global.cudart.cuGetErrorString;
import static org.bytedeco.cuda.global.cudart.cuInit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** The driver's library: whether it is there, and what it says. */
final class Driver {

  private static final int LONGEST_NAME = 256;

  private Driver() {}

  /** An address as JavaCPP takes it. */
  static final class Address extends Pointer {
    Address(long address) {
      super((Pointer) null);
      this.address = address;
    }
  }

  /**
   * Loads and starts the driver.
   *
   * @throws DeviceException if there is none, or if it does not start
   */
  static void start() {
    if (!DriverStub.isDriverThere()) {
      throw new DeviceException(
          "there is no NVIDIA driver on this machine: its library, libcuda.so.1, is not found");
    }
    try {
      check(cuInit(0), "start the driver");
    } catch (LinkageError e) {
      throw new DeviceException(
          "JavaCPP cannot load its part for CUDA, which needs libcudart.so.12: install CUDA 12's"
              + " runtime, or put org.bytedeco:cuda-redist on the class path ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  static int count() {
    int[] count = new int[1];
    check(cuDeviceGetCount(count), "count the devices");
    return count[0];
  }

  static String name(int ordinal) {
    byte[] name = new byte[LONGEST_NAME];
    check(cuDeviceGetName(name, name.length, ordinal), "name device " + ordinal);
    int end = 0;
    while (end < name.length && name[end] != 0) {
      end++;
    }
    return new String(name, 0, end, StandardCharsets.UTF_8);
  }

  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (int ordinal = 0; ordinal < count(); ordinal++) {
      names.add(name(ordinal));
    }
    return names;
  }

  static int attribute(int attribute, int ordinal) {
    int[] value = new int[1];
    check(cuDeviceGetAttribute(value, attribute, ordinal), "look at device " + ordinal);
    return value[0];
  }

  static int major(int ordinal) {
    return attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, ordinal);
  }

  static int minor(int ordinal) {
    return attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, ordinal);
  }

  /**
   * Throws what the driver says, unless it says that all is well.
   *
   * @param what was to be done, behind "cannot"
   */
  static void check(int result, String what) {
    if (result != CUDA_SUCCESS) {
      throw new DeviceException("cannot %s: %s".formatted(what, text(result)));
    }
  }

  static boolean isOutOfMemory(int result) {
    return result == CUDA_ERROR_OUT_OF_MEMORY;
  }

  /** The name of an error, and what it means. */
  static String text(int result) {
    try (PointerPointer<BytePointer> name = new PointerPointer<>(1);
        PointerPointer<BytePointer> meaning = new PointerPointer<>(1)) {
      boolean known =
          cuGetErrorName(result, name) == CUDA_SUCCESS
              && cuGetErrorString(result, meaning) == CUDA_SUCCESS;
      return known
          ? "%s (%s)"
              .formatted(
                  name.get(BytePointer.class, 0).getString(),
                  meaning.get(BytePointer.class, 0).getString())
          : "error %d".formatted(result);
    }
  }
}
