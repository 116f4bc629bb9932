package org.blrc.emit.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.java.CompiledLauncher;
import org.blrc.emit.java.Drive;
import org.blrc.emit.java.Programs;
import org.blrc.program.Program;
import org.blrc.program.Program.State;
import org.blrc.program.ProgramVerifier;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.cuda.MirroredOptimizer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Emitted kernels, run by this machine's processor, compute what the reference evaluator computes.
 */
@Execution(ExecutionMode.CONCURRENT)
final class HostAgreementTest {

  private static final int DIMENSION = 1501;
  private static final int EXAMPLES = 3;
  private static final int STEPS = 3;

  @BeforeAll
  static void needsCompiler() {
    assumeTrue(HostKernels.isAvailable(), "there is no g++ to compile kernels for this processor");
  }

  @TestFactory
  Stream<DynamicTest> programs() {
    return Programs.all().entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> compare(entry.getValue())));
  }

  private static void compare(Program program) {
    ProgramVerifier.verified(program);
    Map<String, Double> hypers = Drive.hyperParameters(program);
    CompiledLauncher inDouble = launcher(program, Precision.DOUBLE);
    CompiledLauncher inSingle = launcher(program, Precision.FLOAT);
    Map<String, double[]> states = new HashMap<>();
    for (State state : program.states()) {
      if (state.initial().isEmpty()) {
        states.put(state.name(), new Random(3).doubles(DIMENSION, -1, 1).toArray());
      }
    }
    try (HostDevice device = new HostDevice()) {
      for (int draws : Drive.draws(program)) {
        ReferenceOptimizer expected = new ReferenceOptimizer(program, DIMENSION, hypers);
        states.forEach(
            (name, values) -> System.arraycopy(values, 0, expected.state(name), 0, values.length));
        expected.refresh();
        Drive.steps(expected, answer -> answer, STEPS, draws, EXAMPLES);
        try (MirroredOptimizer<double[]> doubles =
            MirroredOptimizer.doubles(inDouble.create(device, DIMENSION, hypers, states))) {
          Drive.steps(doubles, answer -> answer, STEPS, draws, EXAMPLES);
          compare(expected, doubles, values -> values, 1e-10);
        }
        try (MirroredOptimizer<float[]> floats =
            MirroredOptimizer.floats(inSingle.create(device, DIMENSION, hypers, states))) {
          Drive.steps(floats, Drive::toFloats, STEPS, draws, EXAMPLES);
          compare(expected, floats, Drive::toDoubles, 1e-3);
        }
      }
      assertEquals(0, device.allocations());
    }
  }

  private static CompiledLauncher launcher(Program program, Precision precision) {
    return CompiledLauncher.of(CudaBackEnd.emit(program, precision, List.of("Test.")));
  }

  private static <A> void compare(
      Optimizer<double[]> expected,
      Optimizer<A> actual,
      Function<A, double[]> convert,
      double tolerance) {
    compare("parameters", expected.parameters(), convert.apply(actual.parameters()), tolerance);
    for (String state : expected.states()) {
      compare(state, expected.state(state), convert.apply(actual.state(state)), tolerance);
    }
  }

  private static void compare(String what, double[] expected, double[] actual, double tolerance) {
    assertEquals(expected.length, actual.length, what);
    for (int i = 0; i < expected.length; i++) {
      double allowed = tolerance * Math.max(1, Math.abs(expected[i]));
      assertEquals(expected[i], actual[i], allowed, what + "[" + i + "]");
    }
  }
}
