package org.blrc.runtime.cuda;

import static org.bytedeco.cuda.global.nvrtc.NVRTC_SUCCESS;
import static org.bytedeco.cuda.global.nvrtc.nvrtcCompileProgram;
import static org.bytedeco.cuda.global.nvrtc.nvrtcCreateProgram;
import static org.bytedeco.cuda.global.nvrtc.nvrtcDestroyProgram;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetCUBIN;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetCUBINSize;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetErrorString;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetNumSupportedArchs;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetPTX;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetPTXSize;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetProgramLog;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetProgramLogSize;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetSupportedArchs;
import static org.bytedeco.cuda.global.nvrtc.nvrtcVersion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.bytedeco.cuda.nvrtc._nvrtcProgram;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * NVIDIA's run-time compiler, through JavaCPP's presets. It needs neither a GPU nor a driver. The
 * library is that of the redistributable on the class path, or one that the system has.
 */
public final class Nvrtc {

  private final int major;
  private final int minor;

  private Nvrtc(int major, int minor) {
    this.major = major;
    this.minor = minor;
  }

  /** Thrown where there is no NVRTC; the message says why. */
  public static final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    Unavailable(Throwable cause) {
      super(
          String.valueOf(cause.getMessage())
              .lines()
              .map(line -> line.replace("\0", "").strip())
              .filter(line -> !line.isEmpty())
              .collect(Collectors.joining(" ")),
          cause);
    }
  }

  /** Thrown where NVRTC rejects a source; the message is its log. */
  public static final class Rejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Rejected(String log) {
      super(log);
    }
  }

  /**
   * What came out.
   *
   * @param code machine code, or PTX as text that ends with a zero byte
   * @param log what the compiler and ptxas had to say
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Compiled(byte[] code, String log) {}

  private static final String VERBOSE = "--ptxas-options=-v";

  /**
   * What code depends on beside the architecture. In single precision quotients and square roots
   * may be off by two units in the last place, which takes half as many instructions: where noise
   * is drawn, these are what takes the time.
   */
  public static final List<String> OPTIONS =
      List.of("--std=c++17", "--prec-div=false", "--prec-sqrt=false");

  /** Whatever can be missing, this finds out: the library that machine code is made with, too. */
  private static final String PROBE = "extern \"C\" __global__ void probe() {}";

  /** Loads the library, and tries it. */
  public static Nvrtc load() throws Unavailable {
    try {
      DriverStub.loadWhereThereIsNoDriver();
      int[] majorVersion = new int[1];
      int[] minorVersion = new int[1];
      require(nvrtcVersion(majorVersion, minorVersion));
      Nvrtc nvrtc = new Nvrtc(majorVersion[0], minorVersion[0]);
      Compiled _ = compile(PROBE, nvrtc.architectures().getLast(), true);
      return nvrtc;
    } catch (LinkageError | Rejected | IllegalStateException e) {
      throw new Unavailable(e);
    }
  }

  /** As in 12.9. */
  public String version() {
    return major + "." + minor;
  }

  /** The architectures that machine code can be made for, as in sm_90, in ascending order. */
  public List<String> architectures() {
    int[] count = new int[1];
    require(nvrtcGetNumSupportedArchs(count));
    int[] numbers = new int[count[0]];
    require(nvrtcGetSupportedArchs(numbers));
    return Arrays.stream(numbers).sorted().mapToObj(number -> "sm_" + number).toList();
  }

  /**
   * Machine code for an architecture.
   *
   * @throws Rejected if the source cannot be compiled, which is a fault of the back end
   */
  public Compiled cubin(String source, String architecture) {
    return compile(source, architecture, true);
  }

  /**
   * Code for all later architectures, too, from which the driver makes machine code.
   *
   * @param architecture the oldest one, as in sm_80
   */
  public Compiled ptx(String source, String architecture) {
    return compile(source, architecture.replace("sm_", "compute_"), false);
  }

  private static Compiled compile(String text, String architecture, boolean machineCode) {
    _nvrtcProgram handle = new _nvrtcProgram();
    List<String> options = new ArrayList<>(OPTIONS);
    options.addAll(List.of("--gpu-architecture=" + architecture, VERBOSE));
    try (BytePointer source = new BytePointer(text);
        BytePointer name = new BytePointer("kernels.cu");
        PointerPointer<BytePointer> arguments =
            new PointerPointer<>(options.toArray(String[]::new))) {
      require(
          nvrtcCreateProgram(
              handle,
              source,
              name,
              0,
              (PointerPointer<BytePointer>) null,
              (PointerPointer<BytePointer>) null));
      int result = nvrtcCompileProgram(handle, options.size(), arguments);
      String log = log(handle);
      if (result != NVRTC_SUCCESS) {
        throw new Rejected(nvrtcGetErrorString(result).getString() + "\n" + log);
      }
      return new Compiled(machineCode ? cubin(handle) : ptx(handle), log);
    } finally {
      nvrtcDestroyProgram(handle);
    }
  }

  private static String log(_nvrtcProgram handle) {
    try (SizeTPointer size = new SizeTPointer(1)) {
      require(nvrtcGetProgramLogSize(handle, size));
      try (BytePointer log = new BytePointer(size.get())) {
        require(nvrtcGetProgramLog(handle, log));
        return log.getString();
      }
    }
  }

  private static byte[] cubin(_nvrtcProgram handle) {
    try (SizeTPointer size = new SizeTPointer(1)) {
      require(nvrtcGetCUBINSize(handle, size));
      try (BytePointer code = new BytePointer(size.get())) {
        require(nvrtcGetCUBIN(handle, code));
        return bytes(code);
      }
    }
  }

  private static byte[] ptx(_nvrtcProgram handle) {
    try (SizeTPointer size = new SizeTPointer(1)) {
      require(nvrtcGetPTXSize(handle, size));
      try (BytePointer code = new BytePointer(size.get())) {
        require(nvrtcGetPTX(handle, code));
        return bytes(code);
      }
    }
  }

  private static byte[] bytes(BytePointer code) {
    byte[] bytes = new byte[Math.toIntExact(code.capacity())];
    code.get(bytes);
    return bytes;
  }

  private static void require(int result) {
    if (result != NVRTC_SUCCESS) {
      throw new IllegalStateException("NVRTC: " + nvrtcGetErrorString(result).getString());
    }
  }
}
