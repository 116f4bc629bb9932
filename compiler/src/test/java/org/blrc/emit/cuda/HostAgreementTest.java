package org.blrc.emit.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.java.Drive;
import org.blrc.emit.java.Programs;
import org.blrc.program.Program;
import org.blrc.program.Program.State;
import org.blrc.program.ProgramVerifier;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.runtime.AbstractOptimizer;
import org.blrc.runtime.Optimizer;
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
    try (HostKernels doubles =
            HostKernels.of(CudaBackEnd.emit(program, Precision.DOUBLE, List.of("Test.")));
        HostKernels floats =
            HostKernels.of(CudaBackEnd.emit(program, Precision.FLOAT, List.of("Test.")))) {
      for (int draws : Drive.draws(program)) {
        ReferenceOptimizer expected = new ReferenceOptimizer(program, DIMENSION, hypers);
        run(program, expected, answer -> answer, Heap.DOUBLES, draws);
        HostOptimizer<double[]> inDouble = HostOptimizer.doubles(doubles, DIMENSION, hypers);
        run(program, inDouble, answer -> answer, Heap.DOUBLES, draws);
        compare(expected, inDouble, values -> values, 1e-10);
        HostOptimizer<float[]> inSingle = HostOptimizer.floats(floats, DIMENSION, hypers);
        run(program, inSingle, Drive::toFloats, Heap.FLOATS, draws);
        compare(expected, inSingle, Drive::toDoubles, 1e-3);
      }
    }
  }

  private static <A> void run(
      Program program,
      AbstractOptimizer<A> optimizer,
      Function<double[], A> convert,
      Heap<A> heap,
      int draws) {
    for (State state : program.states()) {
      if (state.initial().isEmpty()) {
        double[] values = new Random(3).doubles(DIMENSION, -1, 1).toArray();
        A given = convert.apply(values);
        A held = optimizer.state(state.name());
        System.arraycopy(given, 0, held, 0, heap.length(held));
      }
    }
    optimizer.refresh();
    Drive.steps(optimizer, convert, STEPS, draws, EXAMPLES);
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
