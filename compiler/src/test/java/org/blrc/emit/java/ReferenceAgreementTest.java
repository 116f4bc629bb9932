package org.blrc.emit.java;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.blrc.program.Program;
import org.blrc.program.Program.State;
import org.blrc.program.ProgramVerifier;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.runtime.Optimizer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Emitted code computes what the reference evaluator computes. */
class ReferenceAgreementTest {

  private static final int DIMENSION = 1500;
  private static final int EXAMPLES = 3;
  private static final int STEPS = 3;

  @TestFactory
  Stream<DynamicTest> programs() {
    return Programs.all().entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> compare(entry.getValue())));
  }

  private static void compare(Program program) {
    ProgramVerifier.verified(program);
    Map<String, Double> hypers = Drive.hyperParameters(program);
    Map<String, double[]> states = new HashMap<>();
    for (State state : program.states()) {
      if (state.initial().isEmpty()) {
        states.put(state.name(), new Random(3).doubles(DIMENSION, -1, 1).toArray());
      }
    }
    CompiledProgram compiled = CompiledProgram.of(program);
    for (int draws : Drive.draws(program)) {
      ReferenceOptimizer expected = new ReferenceOptimizer(program, DIMENSION, hypers);
      states.forEach(
          (name, values) -> System.arraycopy(values, 0, expected.state(name), 0, DIMENSION));
      expected.refresh();
      Drive.steps(expected, answer -> answer, STEPS, draws, EXAMPLES);

      Optimizer<double[]> doubles = compiled.doubles(DIMENSION, hypers, states);
      Drive.steps(doubles, answer -> answer, STEPS, draws, EXAMPLES);
      compare(expected, doubles, values -> values, 1e-10);

      Optimizer<float[]> floats = compiled.floats(DIMENSION, hypers, states);
      Drive.steps(floats, Drive::toFloats, STEPS, draws, EXAMPLES);
      compare(expected, floats, Drive::toDoubles, 1e-3);
    }
  }

  private static <A> void compare(
      Optimizer<double[]> expected,
      Optimizer<A> actual,
      Function<A, double[]> convert,
      double tolerance) {
    assertEquals(expected.samples(), actual.samples());
    assertEquals(expected.phases(), actual.phases());
    compare("parameters", expected.parameters(), convert.apply(actual.parameters()), tolerance);
    for (String state : expected.states()) {
      compare(state, expected.state(state), convert.apply(actual.state(state)), tolerance);
    }
  }

  private static void compare(String what, double[] expected, double[] actual, double tolerance) {
    for (int i = 0; i < expected.length; i++) {
      double allowed = tolerance * Math.max(1, Math.abs(expected[i]));
      assertEquals(expected[i], actual[i], allowed, what + "[" + i + "]");
    }
  }
}
