package org.blrc.tests.gpu;

import static org.bytedeco.cuda.global.cudart.CU_STREAM_CAPTURE_MODE_GLOBAL;
import static org.bytedeco.cuda.global.cudart.cuGraphInstantiate;
import static org.bytedeco.cuda.global.cudart.cuGraphLaunch;
import static org.bytedeco.cuda.global.cudart.cuMemGetInfo;
import static org.bytedeco.cuda.global.cudart.cuStreamBeginCapture;
import static org.bytedeco.cuda.global.cudart.cuStreamEndCapture;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.cuda.CudaProgram;
import org.blrc.emit.java.CompiledLauncher;
import org.blrc.emit.java.CompiledProgram;
import org.blrc.program.Program;
import org.blrc.replay.Replay;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.NonFinite;
import org.blrc.runtime.NonFiniteException;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.PhiloxNoise;
import org.blrc.runtime.Question;
import org.blrc.runtime.cuda.CudaDevice;
import org.blrc.runtime.cuda.CudaOptimizer;
import org.blrc.runtime.cuda.CudaOptimizerBuilder;
import org.blrc.runtime.cuda.DeviceArray;
import org.blrc.runtime.cuda.DeviceException;
import org.blrc.runtime.cuda.MirroredOptimizer;
import org.blrc.runtime.cuda.RecordedSteps;
import org.blrc.syntax.SpecException;
import org.blrc.tests.Traces;
import org.blrc.tests.Zoo;
import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What has to be true on every GPU. Those with a tag are short enough for a run under a checker.
 */
public abstract class GpuChecks {

  /** No multiple of what a thread or a block takes at a time. */
  private static final int DIMENSION = 70_001;

  private CudaDevice device;

  @BeforeEach
  void open() {
    device = CudaDevice.open(0);
  }

  @AfterEach
  void close() {
    if (device != null) {
      device.close();
    }
  }

  /** The code of a program for the device. */
  protected abstract Map<String, byte[]> code(CudaProgram program);

  private CompiledLauncher launcher(CudaProgram program) {
    return CompiledLauncher.of(program, code(program));
  }

  private CompiledLauncher launcher(String spec, Precision precision) throws SpecException {
    return launcher(GpuKernels.emit(spec, precision));
  }

  private CudaOptimizer optimizer(CompiledLauncher launcher, String spec) throws SpecException {
    Program program = Zoo.program(spec);
    return launcher.create(
        device, DIMENSION, Zoo.hyperParameters(program), Zoo.states(program, DIMENSION));
  }

  static Stream<String> traces() throws IOException {
    return Traces.names();
  }

  @ParameterizedTest
  @MethodSource("traces")
  @Tag("zoo")
  void reachesWhatWasRecorded(String trace) throws SpecException, IOException {
    String spec = Traces.spec(trace);
    Program program = Zoo.program(spec);
    Replay replay = Traces.replay(trace, program);
    for (Precision precision : Precision.values()) {
      CudaOptimizer optimizer =
          launcher(spec, precision)
              .create(
                  device,
                  replay.dimension(),
                  replay.hyperParameters(),
                  Traces.zeros(program, replay.dimension()));
      try (MirroredOptimizer<?> mirrored =
          precision == Precision.DOUBLE
              ? MirroredOptimizer.doubles(optimizer)
              : MirroredOptimizer.floats(optimizer)) {
        Traces.requireAgreement(replay.run(mirrored, OptionalDouble.empty()));
      }
    }
  }

  static Stream<String> specs() throws IOException {
    return Zoo.specs();
  }

  /** In double precision rounding leaves little; in single precision sums of products differ. */
  @ParameterizedTest
  @MethodSource("specs")
  @Tag("zoo")
  void doesWhatJavaDoes(String spec) throws SpecException {
    Program program = Zoo.program(spec);
    int dimension = 2003;
    int draws = Zoo.draws(program);
    CompiledProgram java = CompiledProgram.of(program);
    Map<String, Double> hypers = Zoo.hyperParameters(program);
    Map<String, double[]> states = Zoo.states(program, dimension);
    Optimizer<double[]> doubles = java.doubles(dimension, hypers, states);
    Zoo.steps(doubles, dimension, 3, draws, answer -> answer);
    try (MirroredOptimizer<double[]> actual =
        MirroredOptimizer.doubles(
            launcher(spec, Precision.DOUBLE).create(device, dimension, hypers, states))) {
      Zoo.steps(actual, dimension, 3, draws, answer -> answer);
      for (String state : doubles.states()) {
        requireClose(state, doubles.state(state), actual.state(state), 1e-9);
      }
    }
    Optimizer<float[]> floats = java.floats(dimension, hypers, states);
    Zoo.steps(floats, dimension, 3, draws, Zoo::floats);
    try (MirroredOptimizer<float[]> actual =
        MirroredOptimizer.floats(
            launcher(spec, Precision.FLOAT).create(device, dimension, hypers, states))) {
      Zoo.steps(actual, dimension, 3, draws, Zoo::floats);
      for (String state : floats.states()) {
        requireClose(state, wide(floats.state(state)), wide(actual.state(state)), 1e-4);
      }
    }
  }

  private static double[] wide(float[] values) {
    double[] result = new double[values.length];
    Arrays.setAll(result, i -> values[i]);
    return result;
  }

  private static void requireClose(
      String what, double[] expected, double[] actual, double tolerance) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    assertTrue(Double.isFinite(largest), what);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance * largest + 1e-12, what + "[" + i + "]");
    }
  }

  static Stream<long[]> lengths() {
    return Stream.of(
        new long[] {},
        new long[] {0},
        new long[] {1},
        new long[] {0, 1, 2, 3, 4, 5, 0, 9, 8192, 8193, 20_000, 7, 0},
        LongStream.range(0, 20_000).map(i -> i * 7 % 11).toArray());
  }

  /**
   * For empty, short, long and many tensors: the first point of an optimizer whose posterior is
   * standard normal. In single precision bit for bit.
   */
  @ParameterizedTest(name = "{index}")
  @MethodSource("lengths")
  void noiseIsThatOfTheRuntime(long[] lengths) throws SpecException {
    int total = (int) LongStream.of(lengths).sum();
    double[] halves = new double[total];
    Arrays.fill(halves, 0.5);
    PhiloxNoise noise = new PhiloxNoise(42);
    for (Precision precision : Precision.values()) {
      CudaOptimizerBuilder<?> builder = launcher("ivon.blr", precision).builder(device);
      builder.tensors(lengths);
      builder.hyperParameter("alpha", 1).hyperParameter("N", 1).hyperParameter("delta", 0.5);
      builder.state("m", new double[total]).state("h", halves);
      try (CudaOptimizer optimizer = builder.build()) {
        optimizer.noise(noise);
        try (Evaluation<DeviceArray> _ = optimizer.evaluate()) {
          if (precision == Precision.FLOAT) {
            float[] expected = new float[total];
            noise.normal(0, 1, 0, 0, expected, 0, total);
            assertArrayEquals(expected, optimizer.parameters().toFloats());
          } else {
            double[] expected = new double[total];
            noise.normal(0, 1, 0, 0, expected, 0, total);
            assertArrayEquals(expected, optimizer.parameters().toDoubles(), 1e-14);
          }
        }
      }
    }
  }

  /** Tensors at any address, in memory of somebody else, and nothing beside them is touched. */
  @ParameterizedTest
  @ValueSource(strings = {"adam.blr", "ivon.blr", "sam.blr"})
  @Tag("short")
  void tensorsBeginAnywhere(String spec) throws SpecException {
    Program program = Zoo.program(spec);
    long[] lengths = {5, 0, 8191, 1, 4, 777};
    int total = (int) LongStream.of(lengths).sum();
    CompiledProgram java = CompiledProgram.of(program);
    Map<String, Double> hypers = Zoo.hyperParameters(program);
    Map<String, double[]> states = Zoo.states(program, total);
    Optimizer<float[]> expected = java.floats(total, hypers, states);
    // One number of memory between every two tensors, which is to stay.
    long bytes = 4L * (total + lengths.length + 1);
    long gradients = device.allocate(bytes);
    long weights = device.allocate(bytes);
    long[] ofGradients = new long[lengths.length];
    long[] ofWeights = new long[lengths.length];
    long at = 4;
    for (int i = 0; i < lengths.length; i++) {
      ofGradients[i] = gradients + at;
      ofWeights[i] = weights + at;
      at += 4 * (lengths[i] + 1);
    }
    try (Arena arena = Arena.ofConfined()) {
      var nines = arena.allocate(bytes);
      nines.fill((byte) 9);
      device.write(gradients, nines);
      device.write(weights, nines);
      CudaOptimizerBuilder<?> builder = launcher(spec, Precision.FLOAT).builder(device);
      builder.tensors(lengths).parametersAt(ofWeights);
      hypers.forEach(builder::hyperParameter);
      states.forEach(builder::state);
      try (CudaOptimizer optimizer = builder.build();
          DeviceArray answer = optimizer.arrayAt(1, ofGradients)) {
        states.forEach((state, values) -> optimizer.state(state).set(values));
        optimizer.refresh();
        Random random = new Random(3);
        for (int step = 0; step < 2; step++) {
          float[] values = Zoo.floats(random.doubles(total, -1, 1).toArray());
          answer.set(values);
          step(expected, values);
          step(optimizer, answer);
        }
        requireClose(spec, wide(expected.parameters()), optimizer.parameters().toDoubles(), 1e-4);
      }
      var after = arena.allocate(bytes);
      device.read(weights, after);
      long between = 0;
      for (int i = 0; i <= lengths.length; i++) {
        assertEquals(0x09090909, after.get(ValueLayout.JAVA_INT, between), "between " + i);
        between += i < lengths.length ? 4 * (lengths[i] + 1) : 0;
      }
    } finally {
      device.free(gradients);
      device.free(weights);
    }
  }

  private static <A> void step(Optimizer<A> optimizer, A answer) {
    try (Evaluation<A> evaluation = optimizer.evaluate()) {
      for (List<Question> phase : optimizer.phases()) {
        for (int question = 0; question < phase.size(); question++) {
          evaluation.answer(question, answer);
        }
      }
    }
    optimizer.step();
  }

  /** Beyond what an int can count: only where a GPU has the memory. */
  @Test
  void moreCoordinatesThanAnIntCanCount() throws SpecException {
    long size = (1L << 31) + 12_345;
    assumeTrue(freeMemory() > 3 * 4 * size, "the GPU has no memory for 2^31 numbers, twice");
    CudaOptimizerBuilder<?> builder = launcher("gd.blr", Precision.FLOAT).builder(device);
    builder.tensors(size);
    Zoo.hyperParameters(Zoo.program("gd.blr")).forEach(builder::hyperParameter);
    long weights = device.allocate(4 * size);
    try {
      device.clear(weights, 4 * size);
      builder.parametersAt(weights);
      try (CudaOptimizer optimizer = builder.build();
          DeviceArray answer = optimizer.array();
          Arena arena = Arena.ofConfined()) {
        long[] places = {0, 1, (1L << 31) - 1, 1L << 31, size - 2, size - 1};
        var one = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 1);
        for (long place : places) {
          device.write(answer.address(0) + 4 * place, one);
        }
        step(optimizer, answer);
        double rate = optimizer.hyperParameter(optimizer.hyperParameters().getFirst().name());
        var found = arena.allocate(ValueLayout.JAVA_FLOAT);
        for (long place : places) {
          device.read(weights + 4 * place, found);
          assertEquals(-rate, found.get(ValueLayout.JAVA_FLOAT, 0), 1e-6, "" + place);
        }
        for (long place : new long[] {2, (1L << 31) - 2, (1L << 31) + 1, size - 3}) {
          device.read(weights + 4 * place, found);
          assertEquals(0, found.get(ValueLayout.JAVA_FLOAT, 0), "" + place);
        }
      }
    } finally {
      device.free(weights);
    }
  }

  private static long freeMemory() {
    try (SizeTPointer free = new SizeTPointer(1);
        SizeTPointer all = new SizeTPointer(1)) {
      assertEquals(0, cuMemGetInfo(free, all));
      return free.get();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ivon.blr", "sam.blr", "mixture-learned.blr", "vogn.blr"})
  @Tag("short")
  void goesOnWhereJavaStoppedAndTheOtherWayRound(String spec, @TempDir Path folder)
      throws SpecException, IOException {
    Program program = Zoo.program(spec);
    int draws = Zoo.draws(program);
    Map<String, Double> hypers = Zoo.hyperParameters(program);
    Map<String, double[]> states = Zoo.states(program, DIMENSION);
    CompiledProgram java = CompiledProgram.of(program);
    Optimizer<double[]> expected = java.doubles(DIMENSION, hypers, states);
    Zoo.steps(expected, DIMENSION, 6, draws, answer -> answer);
    Optimizer<double[]> first = java.doubles(DIMENSION, hypers, states);
    Zoo.steps(first, DIMENSION, 2, draws, answer -> answer);
    first.save(folder.resolve("first.npz"));
    try (MirroredOptimizer<double[]> second =
        MirroredOptimizer.doubles(optimizer(launcher(spec, Precision.DOUBLE), spec))) {
      second.load(folder.resolve("first.npz"));
      assertEquals(2, second.steps());
      Zoo.steps(second, DIMENSION, 2, draws, answer -> answer);
      second.save(folder.resolve("second.npz"));
    }
    Optimizer<double[]> third = java.doubles(DIMENSION, hypers, states);
    third.load(folder.resolve("second.npz"));
    Zoo.steps(third, DIMENSION, 2, draws, answer -> answer);
    assertEquals(6, third.steps());
    for (String state : expected.states()) {
      requireClose(state, expected.state(state), third.state(state), 1e-9);
    }
  }

  private static final class Handle extends Pointer {
    Handle(long address) {
      super((Pointer) null);
      this.address = address;
    }
  }

  /** A graph that is prepared again and again makes the very steps that calls would make. */
  @ParameterizedTest
  @ValueSource(strings = {"adam.blr", "sam.blr", "ivon.blr", "mixture-learned.blr"})
  @Tag("short")
  void aRecordedStepGoesOnWithTheStepsThatFollow(String spec) throws SpecException {
    CompiledLauncher launcher = launcher(spec, Precision.DOUBLE);
    CUstream_st stream = new CUstream_st(new Handle(device.stream()));
    try (CudaOptimizer called = optimizer(launcher, spec);
        CudaOptimizer recorded = optimizer(launcher, spec);
        DeviceArray ofCalled = called.array();
        DeviceArray ofRecorded = recorded.array()) {
      double[] gradient = new Random(1).doubles(DIMENSION, -1, 1).toArray();
      ofCalled.set(gradient);
      ofRecorded.set(gradient);
      String rate = called.hyperParameters().getFirst().name();
      double first = called.hyperParameter(rate);
      called.schedule(rate, step -> first / step);
      recorded.schedule(rate, step -> first / step);
      for (int i = 0; i < 6; i++) {
        step(called, ofCalled);
      }
      step(recorded, ofRecorded);
      assertEquals(0, cuStreamBeginCapture(stream, CU_STREAM_CAPTURE_MODE_GLOBAL));
      step(recorded, ofRecorded);
      RecordedSteps steps = recorded.recordedSteps();
      CUgraph_st graph = new CUgraph_st();
      assertEquals(0, cuStreamEndCapture(stream, graph));
      CUgraphExec_st executable = new CUgraphExec_st();
      assertEquals(0, cuGraphInstantiate(executable, graph, 0));
      assertEquals(1, steps.count());
      assertEquals(0, cuGraphLaunch(executable, stream));
      for (int i = 0; i < 4; i++) {
        steps.prepare(executable.address());
        assertEquals(0, cuGraphLaunch(executable, stream));
      }
      assertEquals(called.steps(), recorded.steps());
      for (String state : called.states()) {
        assertArrayEquals(
            called.state(state).toDoubles(), recorded.state(state).toDoubles(), state);
      }
      step(called, ofCalled);
      step(recorded, ofRecorded);
      assertArrayEquals(called.parameters().toDoubles(), recorded.parameters().toDoubles());
      assertThrows(IllegalStateException.class, () -> steps.prepare(executable.address()));
    }
  }

  /** The step and the next point in one kernel are the step and then the next point. */
  @ParameterizedTest
  @ValueSource(strings = {"ivon.blr", "vadam.blr", "rmsprop.blr"})
  @Tag("short")
  void stepAndNextPointAtOnce(String spec) throws SpecException {
    CompiledLauncher launcher = launcher(spec, Precision.FLOAT);
    try (CudaOptimizer apart = optimizer(launcher, spec);
        CudaOptimizer fused = optimizer(launcher, spec);
        DeviceArray ofApart = apart.array();
        DeviceArray ofFused = fused.array()) {
      Evaluation<DeviceArray> next = fused.evaluate();
      for (int i = 0; i < 4; i++) {
        double[] gradient = new Random(i).doubles(DIMENSION, -1, 1).toArray();
        ofApart.set(gradient);
        ofFused.set(gradient);
        step(apart, ofApart);
        next.gradient(ofFused);
        next = fused.stepAndEvaluate();
      }
      next.close();
      for (String state : apart.states()) {
        assertArrayEquals(
            apart.state(state).toDoubles(), fused.state(state).toDoubles(), 1e-6, state);
      }
    }
  }

  @Test
  @Tag("short")
  void whatIsNotFiniteIsFound() throws SpecException {
    String spec = "adam.blr";
    try (CudaOptimizer optimizer = optimizer(launcher(spec, Precision.FLOAT), spec);
        DeviceArray answer = optimizer.array()) {
      optimizer.nonFinite(NonFinite.REJECT);
      float[] values = new float[DIMENSION];
      values[60_000] = Float.NaN;
      values[50_001] = Float.POSITIVE_INFINITY;
      answer.set(values);
      try (Evaluation<DeviceArray> evaluation = optimizer.evaluate()) {
        NonFiniteException refused =
            assertThrows(NonFiniteException.class, () -> evaluation.gradient(answer));
        assertEquals(50_001, refused.coordinate());
      }
    }
  }

  /** What the driver has left after many optimizers is what it had before. */
  @Test
  void nothingIsLost() throws SpecException {
    String spec = "mixture-learned.blr";
    CompiledLauncher launcher = launcher(spec, Precision.FLOAT);
    List<Long> free = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      try (CudaOptimizer optimizer = optimizer(launcher, spec);
          DeviceArray answer = optimizer.array()) {
        step(optimizer, answer);
      }
      free.add(freeMemory());
    }
    assertEquals(free.get(5), free.getLast());
  }

  @Test
  void errorsAreThoseOfTheDriver() throws SpecException {
    DeviceException large = assertThrows(DeviceException.class, () -> device.allocate(1L << 46));
    assertTrue(large.getMessage().contains("bytes are free"), large.getMessage());
    String spec = "rmsprop.blr";
    try (CudaOptimizer optimizer = optimizer(launcher(spec, Precision.FLOAT), spec)) {
      assertThrows(IllegalArgumentException.class, () -> optimizer.arrayAt(1, 4096));
      long small = device.allocate(400);
      assertThrows(IllegalArgumentException.class, () -> optimizer.arrayAt(1, small));
      device.free(small);
    }
  }
}
