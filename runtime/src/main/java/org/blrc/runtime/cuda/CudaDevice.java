package org.blrc.runtime.cuda;

import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.CU_MEMORYTYPE_DEVICE;
import static org.bytedeco.cuda.global.cudart.CU_POINTER_ATTRIBUTE_DEVICE_ORDINAL;
import static org.bytedeco.cuda.global.cudart.CU_POINTER_ATTRIBUTE_IS_MANAGED;
import static org.bytedeco.cuda.global.cudart.CU_POINTER_ATTRIBUTE_MEMORY_TYPE;
import static org.bytedeco.cuda.global.cudart.CU_STREAM_CAPTURE_STATUS_NONE;
import static org.bytedeco.cuda.global.cudart.CU_STREAM_NON_BLOCKING;
import static org.bytedeco.cuda.global.cudart.cuCtxSetCurrent;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRelease;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRetain;
import static org.bytedeco.cuda.global.cudart.cuMemAlloc;
import static org.bytedeco.cuda.global.cudart.cuMemFree;
import static org.bytedeco.cuda.global.cudart.cuMemGetAddressRange;
import static org.bytedeco.cuda.global.cudart.cuMemGetInfo;
import static org.bytedeco.cuda.global.cudart.cuMemcpyDtoDAsync;
import static org.bytedeco.cuda.global.cudart.cuMemcpyDtoHAsync;
import static org.bytedeco.cuda.global.cudart.cuMemcpyHtoDAsync;
import static org.bytedeco.cuda.global.cudart.cuMemsetD8Async;
import static org.bytedeco.cuda.global.cudart.cuPointerGetAttribute;
import static org.bytedeco.cuda.global.cudart.cuStreamCreate;
import static org.bytedeco.cuda.global.cudart.cuStreamDestroy;
import static org.bytedeco.cuda.global.cudart.cuStreamIsCapturing;
import static org.bytedeco.cuda.global.cudart.cuStreamSynchronize;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.blrc.runtime.cuda.Driver.Address;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * A GPU through NVIDIA's driver, and a stream of it as the queue. Its context is the primary one,
 * which frameworks use, too, so that their memory and their streams can be used.
 *
 * <p>Calls make the GPU the current one of the calling thread. Every call of the driver is checked.
 * What goes wrong in a kernel is said by the next call that waits, as the driver does.
 */
public final class CudaDevice implements Device, AutoCloseable {

  private final int ordinal;
  private final String name;
  private final CUctx_st context;
  private final CUstream_st stream;
  private final boolean ownsStream;
  private boolean open = true;

  private CudaDevice(int ordinal, CUctx_st context, CUstream_st stream, boolean ownsStream) {
    this.ordinal = ordinal;
    this.name = "GPU %d (%s)".formatted(ordinal, Driver.name(ordinal));
    this.context = context;
    this.stream = stream;
    this.ownsStream = ownsStream;
  }

  /**
   * A GPU with a stream of its own.
   *
   * @param ordinal its number, from 0
   * @throws DeviceException if there is no driver or no such GPU
   */
  public static CudaDevice open(int ordinal) {
    CUctx_st context = retain(ordinal);
    CUstream_st stream = new CUstream_st();
    try {
      Driver.check(cuCtxSetCurrent(context), "use GPU " + ordinal);
      Driver.check(cuStreamCreate(stream, CU_STREAM_NON_BLOCKING), "make a stream");
      return new CudaDevice(ordinal, context, stream, true);
    } catch (RuntimeException | Error e) {
      cuDevicePrimaryCtxRelease(ordinal);
      throw e;
    }
  }

  /**
   * A GPU with a stream that belongs to somebody else.
   *
   * @param ordinal its number, from 0
   * @param stream the handle of the stream ({@code CUstream}); 0 for the default one
   * @throws DeviceException if there is no driver or no such GPU
   */
  public static CudaDevice open(int ordinal, long stream) {
    CUctx_st context = retain(ordinal);
    try {
      return new CudaDevice(ordinal, context, new CUstream_st(new Address(stream)), false);
    } catch (RuntimeException | Error e) {
      cuDevicePrimaryCtxRelease(ordinal);
      throw e;
    }
  }

  /**
   * The GPUs of this machine, with what they are.
   *
   * @throws DeviceException if there is no driver
   */
  public static List<String> list() {
    Driver.start();
    List<String> found = new ArrayList<>();
    for (int ordinal = 0; ordinal < Driver.count(); ordinal++) {
      found.add(
          "%s, sm_%d%d"
              .formatted(Driver.name(ordinal), Driver.major(ordinal), Driver.minor(ordinal)));
    }
    return found;
  }

  private static CUctx_st retain(int ordinal) {
    Driver.start();
    List<String> names = Driver.names();
    if (ordinal < 0 || ordinal >= names.size()) {
      throw new DeviceException(
          "there is no GPU %d: the driver knows %s"
              .formatted(
                  ordinal, names.isEmpty() ? "none" : "%d %s".formatted(names.size(), names)));
    }
    CUctx_st context = new CUctx_st();
    Driver.check(cuDevicePrimaryCtxRetain(context, ordinal), "open GPU " + ordinal);
    return context;
  }

  /** Lets the calling thread use the GPU: each has a current context of its own. */
  void use() {
    if (!open) {
      throw new IllegalStateException(name + " is closed");
    }
    Driver.check(cuCtxSetCurrent(context), "use " + name);
  }

  @Override
  public String name() {
    return name;
  }

  /** The handle of the stream ({@code CUstream}). */
  public long stream() {
    return stream.address();
  }

  @Override
  public long allocate(long bytes) {
    use();
    long[] address = new long[1];
    int result = cuMemAlloc(address, bytes);
    if (Driver.isOutOfMemory(result)) {
      throw new DeviceException("%s has no %d bytes left: %s".formatted(name, bytes, memory()));
    }
    Driver.check(result, "allocate %d bytes of %s".formatted(bytes, name));
    return address[0];
  }

  private static String memory() {
    try (SizeTPointer free = new SizeTPointer(1);
        SizeTPointer all = new SizeTPointer(1)) {
      return cuMemGetInfo(free, all) == CUDA_SUCCESS
          ? "%d of %d bytes are free".formatted(free.get(), all.get())
          : "it does not say how many are free";
    }
  }

  @Override
  public void free(long address) {
    use();
    Driver.check(cuMemFree(address), "give back memory of " + name);
  }

  @Override
  public void write(long address, MemorySegment values) {
    use();
    if (values.byteSize() > 0) {
      Driver.check(
          cuMemcpyHtoDAsync(address, new Address(values.address()), values.byteSize(), stream),
          "copy to " + name);
      synchronize();
    }
  }

  @Override
  public void read(long address, MemorySegment values) {
    use();
    if (values.byteSize() > 0) {
      Driver.check(
          cuMemcpyDtoHAsync(new Address(values.address()), address, values.byteSize(), stream),
          "copy from " + name);
    }
    synchronize();
  }

  @Override
  public void copy(long from, long to, long bytes) {
    use();
    Driver.check(cuMemcpyDtoDAsync(to, from, bytes, stream), "copy inside " + name);
  }

  @Override
  public void clear(long address, long bytes) {
    use();
    if (bytes > 0) {
      Driver.check(cuMemsetD8Async(address, (byte) 0, bytes, stream), "clear memory of " + name);
    }
  }

  @Override
  public void synchronize() {
    use();
    Driver.check(cuStreamSynchronize(stream), "finish the work of " + name);
  }

  @Override
  public void check(long address, long bytes) {
    use();
    requireMemoryOfThis(address);
    long[] start = new long[1];
    try (SizeTPointer size = new SizeTPointer(1)) {
      Driver.check(cuMemGetAddressRange(start, size, address), "look at memory of " + name);
      if (address + bytes > start[0] + size.get()) {
        throw new IllegalArgumentException(
            "the memory at 0x%x ends after %d bytes; %d are needed"
                .formatted(address, start[0] + size.get() - address, bytes));
      }
    }
  }

  private void requireMemoryOfThis(long address) {
    int type = pointer(CU_POINTER_ATTRIBUTE_MEMORY_TYPE, address);
    boolean managed = type >= 0 && pointer(CU_POINTER_ATTRIBUTE_IS_MANAGED, address) > 0;
    if (type != CU_MEMORYTYPE_DEVICE && !managed) {
      throw new IllegalArgumentException("0x%x is no memory of a GPU".formatted(address));
    }
    int device = pointer(CU_POINTER_ATTRIBUTE_DEVICE_ORDINAL, address);
    if (!managed && device != ordinal) {
      throw new IllegalArgumentException(
          "0x%x is memory of GPU %d; the optimizer is on %s".formatted(address, device, name));
    }
  }

  /** What the driver knows of an address; -1 if it does not know it. */
  private static int pointer(int attribute, long address) {
    try (IntPointer value = new IntPointer(1)) {
      value.put(0);
      return cuPointerGetAttribute(value, attribute, address) == CUDA_SUCCESS ? value.get() : -1;
    }
  }

  @Override
  public LoadedKernels load(KernelSet kernels, KernelFiles files) {
    use();
    return CudaModule.load(files, Driver.major(ordinal), Driver.minor(ordinal), this, stream);
  }

  /** One for each chunk: the GPU itself hands them out as multiprocessors get free. */
  @Override
  public int blocks(long chunks) {
    return (int) Math.min(Integer.MAX_VALUE, chunks);
  }

  @Override
  public boolean isCapturing() {
    use();
    int[] status = new int[1];
    Driver.check(cuStreamIsCapturing(stream, status), "look at the stream of " + name);
    return status[0] != CU_STREAM_CAPTURE_STATUS_NONE;
  }

  /**
   * Gives back the stream, where it is its own; optimizers on the device are to be closed before.
   */
  @Override
  public void close() {
    if (open) {
      use();
      open = false;
      List<Runnable> parts = new ArrayList<>();
      if (ownsStream) {
        parts.add(() -> Driver.check(cuStreamDestroy(stream), "close the stream of " + name));
      }
      parts.add(() -> Driver.check(cuDevicePrimaryCtxRelease(ordinal), "close " + name));
      Closing.all(parts);
    }
  }
}
