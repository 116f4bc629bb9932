package org.blrc.tests.gpu;

import static org.bytedeco.cuda.global.cudart.cuEventCreate;
import static org.bytedeco.cuda.global.cudart.cuEventDestroy;
import static org.bytedeco.cuda.global.cudart.cuEventElapsedTime;
import static org.bytedeco.cuda.global.cudart.cuEventRecord;
import static org.bytedeco.cuda.global.cudart.cuEventSynchronize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.cuda.CudaProgram;
import org.blrc.emit.java.CompiledLauncher;
import org.blrc.program.Program;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.OutOfDomain;
import org.blrc.runtime.Question;
import org.blrc.runtime.cuda.CudaDevice;
import org.blrc.runtime.cuda.CudaOptimizer;
import org.blrc.runtime.cuda.CudaOptimizerBuilder;
import org.blrc.runtime.cuda.Device;
import org.blrc.runtime.cuda.DeviceArray;
import org.blrc.runtime.cuda.DeviceException;
import org.blrc.syntax.SpecException;
import org.blrc.tests.Zoo;
import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.Pointer;

/**
 * Times steps on a GPU, beside copies of as many bytes in its memory. A step is what comes between
 * two backward passes: answers are there already, and the next point is asked for at once.
 *
 * <p>Several optimizers take turns, so that together they need more memory than the caches hold.
 */
public final class GpuBenchmark {

  /** The steps that are timed, by the spec, in single precision. */
  private static final Map<String, String> STEPS =
      Map.of(
          "gd", "gd.blr",
          "rmsprop", "rmsprop.blr",
          "adam", "adam.blr",
          "vogn", "vogn.blr",
          "ivon", "ivon.blr",
          "bsam", "bsam.blr");

  private static final List<String> ORDER =
      List.of("gd", "rmsprop", "adam", "vogn", "ivon", "bsam");

  /** More than any cache of a GPU holds. */
  private static final long BEYOND_CACHES = 1L << 29;

  private static final int REPEATS = 30;

  /** What a repeat takes at least, in milliseconds: much more than events can tell apart. */
  private static final double LONG_ENOUGH = 2;

  private final CudaDevice device;
  private final CUstream_st stream;
  private final List<String> lines = new ArrayList<>();

  private GpuBenchmark(CudaDevice device) {
    this.device = device;
    this.stream = new CUstream_st(new Handle(device.stream()));
  }

  private static final class Handle extends Pointer {
    Handle(long address) {
      super((Pointer) null);
      this.address = address;
    }
  }

  /**
   * Writes a table, and the same as comma-separated values.
   *
   * @param arguments the file of values; then the numbers of parameters
   */
  public static void main(String[] arguments) throws SpecException, IOException {
    long[] sizes =
        arguments.length > 1
            ? Arrays.stream(arguments).skip(1).mapToLong(Long::parseLong).toArray()
            : new long[] {1_000_000, 10_000_000, 100_000_000, 400_000_000};
    try (CudaDevice device = CudaDevice.open(0)) {
      GpuBenchmark benchmark = new GpuBenchmark(device);
      System.out.println(device.name());
      System.out.printf(
          "%-8s %12s %9s %10s %9s %9s%n", "step", "parameters", "bytes", "ms", "GB/s", "of copy");
      benchmark.lines.add("step,parameters,bytes,milliseconds,copy_milliseconds");
      for (String name : ORDER) {
        for (long size : sizes) {
          benchmark.time(name, size);
        }
      }
      Files.write(Path.of(arguments[0]), benchmark.lines);
    } catch (DeviceException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private void time(String name, long size) throws SpecException {
    String spec = STEPS.get(name);
    CudaProgram cuda = GpuKernels.emit(spec, Precision.FLOAT);
    CompiledLauncher launcher = CompiledLauncher.of(cuda, GpuKernels.code(cuda));
    CountingDevice counting = new CountingDevice(device);
    List<Contestant> contestants = new ArrayList<>();
    try {
      Contestant first = new Contestant(launcher, counting, cuda.program(), size);
      contestants.add(first);
      first.step();
      counting.count();
      first.step();
      long perParameter = bytes(cuda, counting.launched());
      long turns = Math.clamp(BEYOND_CACHES / (perParameter * size), 1, 64);
      while (contestants.size() < turns) {
        contestants.add(new Contestant(launcher, device, cuda.program(), size));
      }
      double step = median(contestants.stream().<Runnable>map(each -> each::step).toList());
      double copy = copies(perParameter * size / 2);
      double gigabytes = perParameter * size / step * 1e-6;
      System.out.printf(
          Locale.ROOT,
          "%-8s %12d %9d %10.4f %9.0f %8.1f%%%n",
          name,
          size,
          perParameter,
          step,
          gigabytes,
          100 * copy / step);
      lines.add(
          String.format(Locale.ROOT, "%s,%d,%d,%.6f,%.6f", name, size, perParameter, step, copy));
    } finally {
      contestants.forEach(Contestant::close);
    }
  }

  /** How many bytes the kernels read and write for each coordinate; there is one example. */
  private static int bytes(CudaProgram cuda, List<String> kernels) {
    return cuda.kernels().stream()
        .mapToInt(
            kernel ->
                Collections.frequency(kernels, kernel.name())
                    * (kernel.traffic().read()
                        + kernel.traffic().written()
                        + kernel.traffic().example()))
        .sum();
  }

  /** Copies that read as many bytes as they write. */
  private double copies(long bytes) {
    long turns = Math.clamp(BEYOND_CACHES / (2 * bytes), 1, 64);
    List<Long> memory = new ArrayList<>();
    try {
      for (int i = 0; i < 2 * turns; i++) {
        memory.add(device.allocate(bytes));
        device.clear(memory.getLast(), bytes);
      }
      List<Runnable> copies = new ArrayList<>();
      for (int i = 0; i < turns; i++) {
        long from = memory.get(2 * i);
        long to = memory.get(2 * i + 1);
        copies.add(() -> device.copy(from, to, bytes));
      }
      return median(copies);
    } finally {
      memory.forEach(device::free);
    }
  }

  /** The median time of one of several works that take turns, in milliseconds. */
  private double median(List<Runnable> works) {
    // The first time, code is loaded.
    repeat(works, 1);
    double once = Math.max(1e-4, repeat(works, 1));
    int rounds = (int) Math.ceil(LONG_ENOUGH / (once * works.size()));
    double[] times = new double[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      times[i] = repeat(works, rounds);
    }
    Arrays.sort(times);
    return times[REPEATS / 2];
  }

  private double repeat(List<Runnable> works, int rounds) {
    CUevent_st start = new CUevent_st();
    CUevent_st end = new CUevent_st();
    require(cuEventCreate(start, 0));
    require(cuEventCreate(end, 0));
    require(cuEventRecord(start, stream));
    for (int round = 0; round < rounds; round++) {
      works.forEach(Runnable::run);
    }
    require(cuEventRecord(end, stream));
    require(cuEventSynchronize(end));
    float[] milliseconds = new float[1];
    require(cuEventElapsedTime(milliseconds, start, end));
    require(cuEventDestroy(start));
    require(cuEventDestroy(end));
    return milliseconds[0] / ((double) rounds * works.size());
  }

  private static void require(int result) {
    if (result != 0) {
      throw new IllegalStateException("the driver says " + result);
    }
  }

  /** An optimizer with answers. */
  private static final class Contestant {

    private final Device device;
    private final List<Long> owned = new ArrayList<>();
    private final CudaOptimizer optimizer;
    private final DeviceArray answer;
    private Evaluation<DeviceArray> evaluation;

    Contestant(CompiledLauncher launcher, Device device, Program program, long size) {
      this.device = device;
      CudaOptimizerBuilder<?> builder = launcher.builder(device);
      builder.tensors(size);
      Zoo.hyperParameters(program).forEach((name, _) -> builder.hyperParameter(name, 1e-3));
      for (Program.State state : program.states()) {
        if (state.initial().isEmpty()) {
          long weights = device.allocate(4 * size);
          device.clear(weights, 4 * size);
          builder.stateAt(state.name(), weights);
          owned.add(weights);
        }
      }
      optimizer = builder.build();
      // Looks at domains would wait.
      optimizer.outOfDomain(OutOfDomain.PROPAGATE);
      answer = optimizer.array();
      evaluation = optimizer.evaluate();
    }

    void step() {
      for (List<Question> phase : optimizer.phases()) {
        for (int question = 0; question < phase.size(); question++) {
          evaluation.answer(question, answer);
        }
      }
      evaluation = optimizer.stepAndEvaluate();
    }

    void close() {
      answer.close();
      optimizer.close();
      owned.forEach(device::free);
    }
  }
}
