package org.blrc.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.cuda.CudaBackEnd;
import org.blrc.emit.cuda.HostDevice;
import org.blrc.emit.cuda.HostKernels;
import org.blrc.emit.java.CompiledLauncher;
import org.blrc.emit.java.CompiledProgram;
import org.blrc.program.Program;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.cuda.MirroredOptimizer;
import org.blrc.syntax.SpecException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kernels of every spec of the zoo do what its Java class does, on this machine's processor.
 */
@Execution(ExecutionMode.CONCURRENT)
final class KernelsTest {

  /** No multiple of what a thread takes at a time. */
  private static final int DIMENSION = 203;

  private static final int STEPS = 3;

  @BeforeAll
  static void needsCompiler() {
    assumeTrue(HostKernels.isAvailable(), "there is no g++ to compile kernels for this processor");
  }

  static Stream<String> specs() throws IOException {
    return Zoo.specs();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void doWhatJavaDoes(String spec) throws SpecException {
    Program program = Zoo.program(spec);
    CompiledProgram compiled = CompiledProgram.of(program);
    Map<String, Double> hypers = Zoo.hyperParameters(program);
    Map<String, double[]> states = Zoo.states(program, DIMENSION);
    CompiledLauncher inDouble = launcher(program, Precision.DOUBLE);
    CompiledLauncher inSingle = launcher(program, Precision.FLOAT);
    try (HostDevice device = new HostDevice()) {
      for (int draws = 1; draws <= Zoo.draws(program); draws += 2) {
        Optimizer<double[]> doubles = compiled.doubles(DIMENSION, hypers, states);
        Zoo.steps(doubles, DIMENSION, STEPS, draws, answer -> answer);
        try (MirroredOptimizer<double[]> exact =
            MirroredOptimizer.doubles(inDouble.create(device, DIMENSION, hypers, states))) {
          Zoo.steps(exact, DIMENSION, STEPS, draws, answer -> answer);
          compare(doubles, exact, values -> values, 1e-10);
        }
        Optimizer<float[]> floats = compiled.floats(DIMENSION, hypers, states);
        Zoo.steps(floats, DIMENSION, STEPS, draws, Zoo::floats);
        try (MirroredOptimizer<float[]> single =
            MirroredOptimizer.floats(inSingle.create(device, DIMENSION, hypers, states))) {
          Zoo.steps(single, DIMENSION, STEPS, draws, Zoo::floats);
          compare(floats, single, KernelsTest::doubles, 2e-5);
        }
      }
      assertEquals(0, device.allocations());
    }
  }

  private static CompiledLauncher launcher(Program program, Precision precision) {
    return CompiledLauncher.of(CudaBackEnd.emit(program, precision, List.of("Test.")));
  }

  private static <A> void compare(
      Optimizer<A> expected, Optimizer<A> actual, Function<A, double[]> convert, double tolerance) {
    assertEquals(STEPS, actual.steps());
    compare(
        "parameters",
        convert.apply(expected.parameters()),
        convert.apply(actual.parameters()),
        tolerance);
    for (String state : expected.states()) {
      compare(
          state,
          convert.apply(expected.state(state)),
          convert.apply(actual.state(state)),
          tolerance);
    }
  }

  private static void compare(String what, double[] expected, double[] actual, double tolerance) {
    double largest = 1e-12;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertTrue(Double.isFinite(largest), what);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance * largest, what + "[" + i + "]");
    }
  }

  private static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i];
    }
    return result;
  }
}
