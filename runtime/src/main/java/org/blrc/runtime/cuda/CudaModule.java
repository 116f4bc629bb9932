package org.blrc.runtime.cuda;

import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.CU_JIT_ERROR_LOG_BUFFER;
import static org.bytedeco.cuda.global.cudart.CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES;
import static org.bytedeco.cuda.global.cudart.cuGraphExecKernelNodeSetParams;
import static org.bytedeco.cuda.global.cudart.cuLaunchKernel;
import static org.bytedeco.cuda.global.cudart.cuModuleGetFunction;
import static org.bytedeco.cuda.global.cudart.cuModuleLoadDataEx;
import static org.bytedeco.cuda.global.cudart.cuModuleUnload;
import static org.bytedeco.cuda.global.cudart.cuStreamGetCaptureInfo;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import org.blrc.runtime.cuda.Device.LoadedKernel;
import org.blrc.runtime.cuda.Device.LoadedKernels;
import org.blrc.runtime.cuda.Driver.Address;
import org.bytedeco.cuda.cudart.CUDA_KERNEL_NODE_PARAMS_v2;
import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraphNode_st;
import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.cudart.CUmod_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * Kernels that the driver has loaded: machine code for the GPU where there is some, else PTX, from
 * which the driver makes it, else what NVRTC makes of the source.
 */
final class CudaModule implements LoadedKernels {

  private static final int LOG = 1 << 14;

  private final CUmod_st module;
  private final CudaDevice device;
  private final CUstream_st stream;
  private boolean open = true;

  private CudaModule(CUmod_st module, CudaDevice device, CUstream_st stream) {
    this.module = module;
    this.device = device;
    this.stream = stream;
  }

  /**
   * Loads kernels.
   *
   * @param major of the compute capability
   * @param minor of the compute capability
   */
  static CudaModule load(
      KernelFiles files, int major, int minor, CudaDevice device, CUstream_st stream) {
    return new CudaModule(module(code(files, major, minor), files), device, stream);
  }

  /** Machine code for one minor version runs on the later ones of the same major version. */
  private static byte[] code(KernelFiles files, int major, int minor) {
    for (int older = minor; older >= 0; older--) {
      Optional<byte[]> cubin = files.cubin("sm_%d%d".formatted(major, older));
      if (cubin.isPresent()) {
        return cubin.get();
      }
    }
    return files
        .ptx()
        .orElseGet(
            () -> KernelCache.ofUser().cubin(files.source(), "sm_%d%d".formatted(major, minor)));
  }

  private static CUmod_st module(byte[] code, KernelFiles files) {
    CUmod_st module = new CUmod_st();
    // PTX is text, which ends with a zero.
    try (BytePointer image = new BytePointer(Arrays.copyOf(code, code.length + 1));
        BytePointer log = new BytePointer(LOG);
        IntPointer options =
            new IntPointer(CU_JIT_ERROR_LOG_BUFFER, CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES);
        PointerPointer<Pointer> values = new PointerPointer<>(2)) {
      log.put(0, (byte) 0);
      values.put(0, log);
      values.put(1, new Address(LOG));
      int result = cuModuleLoadDataEx(module, image, 2, options, values);
      if (result != CUDA_SUCCESS) {
        String all = log.getString();
        String said = all.substring(0, all.indexOf('\0')).strip();
        throw new DeviceException(
            "cannot load the kernels %s: %s%s"
                .formatted(files.name(), Driver.text(result), said.isEmpty() ? "" : "\n" + said));
      }
      return module;
    }
  }

  @Override
  public LoadedKernel find(String name) {
    CUfunc_st function = new CUfunc_st();
    Driver.check(cuModuleGetFunction(function, module, name), "find the kernel " + name);
    return new CudaKernel(name, function);
  }

  private final class CudaKernel implements LoadedKernel {

    private final String name;
    private final CUfunc_st function;

    CudaKernel(String name, CUfunc_st function) {
      this.name = name;
      this.function = function;
    }

    @Override
    public Device.Recorded launch(int blocks, MemorySegment arguments) {
      device.use();
      Driver.check(
          cuLaunchKernel(
              function,
              blocks,
              1,
              1,
              KernelSet.BLOCK,
              1,
              1,
              0,
              stream,
              new PointerPointer<>(new Address(arguments.address())),
              null),
          "launch the kernel " + name);
      return device.isCapturing() ? recorded() : null;
    }

    /** The launch that the stream would wait for: the last one. */
    private Device.Recorded recorded() {
      // The driver says where it keeps its list, whose first entry is the launch.
      PointerPointer<Pointer> last = new PointerPointer<>((Pointer) null);
      long[] capture = new long[1];
      try (SizeTPointer count = new SizeTPointer(1)) {
        Driver.check(
            cuStreamGetCaptureInfo(stream, new int[1], capture, new CUgraph_st(), last, count),
            "look at the graph that is recorded");
        return new Device.Recorded(last.get(0).address(), capture[0]);
      }
    }

    @Override
    public void change(long graph, long launch, int blocks, MemorySegment arguments) {
      device.use();
      try (CUDA_KERNEL_NODE_PARAMS_v2 parameters = new CUDA_KERNEL_NODE_PARAMS_v2()) {
        parameters
            .func(function)
            .gridDimX(blocks)
            .gridDimY(1)
            .gridDimZ(1)
            .blockDimX(KernelSet.BLOCK)
            .blockDimY(1)
            .blockDimZ(1)
            .sharedMemBytes(0)
            .kernelParams(new PointerPointer<>(new Address(arguments.address())))
            .extra((PointerPointer) null)
            .kern(null)
            .ctx(null);
        Driver.check(
            cuGraphExecKernelNodeSetParams(
                new CUgraphExec_st(new Address(graph)),
                new CUgraphNode_st(new Address(launch)),
                parameters),
            "change the recorded launch of " + name);
      }
    }
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      device.use();
      Driver.check(cuModuleUnload(module), "give back kernels");
    }
  }
}
