package org.blrc.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.cuda.CudaBackEnd;
import org.blrc.emit.java.CompiledLauncher;
import org.blrc.emit.java.CompiledProgram;
import org.blrc.program.Program;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.NonFinite;
import org.blrc.runtime.NonFiniteException;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.OutOfDomain;
import org.blrc.runtime.OutOfDomainException;
import org.blrc.runtime.Question;
import org.blrc.runtime.cuda.CudaOptimizerBuilder;
import org.blrc.runtime.cuda.MirroredOptimizer;
import org.blrc.syntax.SpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an optimizer over arrays does, one in a device's memory does, too: for several tensors, with
 * groups, answers in parts, and steps that are refused, skipped or shortened.
 */
final class DeviceOptimizerTest extends OnHostDevice {

  private static final long[] LENGTHS = {3, 0, 8192, 1, 9000};
  private static final int DIMENSION = (int) LongStream.of(LENGTHS).sum();

  private static Optimizer<double[]> java(Program program) {
    return CompiledProgram.of(program)
        .doubles(DIMENSION, Zoo.hyperParameters(program), Zoo.states(program, DIMENSION));
  }

  private CudaOptimizerBuilder<?> builder(Program program) {
    CudaOptimizerBuilder<?> builder =
        CompiledLauncher.of(CudaBackEnd.emit(program, Precision.DOUBLE, List.of("Test.")))
            .builder(device);
    builder.tensors(LENGTHS);
    Zoo.hyperParameters(program).forEach(builder::hyperParameter);
    Zoo.states(program, DIMENSION).forEach(builder::state);
    return builder;
  }

  private MirroredOptimizer<double[]> onDevice(Program program) {
    return MirroredOptimizer.doubles(builder(program).build());
  }

  private static void same(Optimizer<double[]> expected, Optimizer<double[]> actual) {
    assertEquals(expected.steps(), actual.steps());
    assertEquals(expected.skippedSteps(), actual.skippedSteps());
    assertEquals(expected.shortenedSteps(), actual.shortenedSteps());
    close(expected.parameters(), actual.parameters());
    expected.states().forEach(state -> close(expected.state(state), actual.state(state)));
  }

  private static void close(double[] expected, double[] actual) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-11 * Math.max(1, Math.abs(expected[i])), "" + i);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"adam.blr", "sam.blr", "vogn.blr", "mixture-learned.blr", "dirichlet-vi.blr"})
  void severalTensorsAreOne(String spec) throws SpecException {
    Program program = Zoo.program(spec);
    Optimizer<double[]> expected = java(program);
    Zoo.steps(expected, DIMENSION, 3, Zoo.draws(program), answer -> answer);
    try (MirroredOptimizer<double[]> actual = onDevice(program)) {
      Zoo.steps(actual, DIMENSION, 3, Zoo.draws(program), answer -> answer);
      same(expected, actual);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam.blr", "sam.blr", "ivon.blr"})
  void groupsHaveValuesOfTheirOwn(String spec) throws SpecException {
    Program program = Zoo.program(spec);
    String hyper = program.hypers().getFirst().name();
    var compiled = CompiledProgram.of(program);
    var ofArrays = compiled.builder("Double");
    ofArrays.dimension(DIMENSION);
    Zoo.hyperParameters(program).forEach(ofArrays::hyperParameter);
    Zoo.states(program, DIMENSION).forEach(ofArrays::state);
    ofArrays.group("a", 2, 5, Map.of(hyper, 0.3)).group("b", 8000, 17_000, Map.of(hyper, 0.7));
    @SuppressWarnings("unchecked")
    Optimizer<double[]> expected = (Optimizer<double[]>) ofArrays.build();
    Zoo.steps(expected, DIMENSION, 2, 1, answer -> answer);
    CudaOptimizerBuilder<?> builder = builder(program);
    builder.group("a", 2L, 5L, Map.of(hyper, 0.3)).group("b", 8000L, 17_000L, Map.of(hyper, 0.7));
    try (MirroredOptimizer<double[]> actual = MirroredOptimizer.doubles(builder.build())) {
      Zoo.steps(actual, DIMENSION, 2, 1, answer -> answer);
      same(expected, actual);
      expected.group("b").hyperParameter(hyper, 0.1);
      actual.group("b").hyperParameter(hyper, 0.1);
      Zoo.steps(expected, DIMENSION, 1, 1, answer -> answer);
      Zoo.steps(actual, DIMENSION, 1, 1, answer -> answer);
      same(expected, actual);
    }
  }

  /** Three backward passes for each answer: gradients are averaged, rows put behind each other. */
  @ParameterizedTest
  @ValueSource(strings = {"adam.blr", "vogn.blr", "sam.blr"})
  void answersComeInParts(String spec) throws SpecException {
    Program program = Zoo.program(spec);
    Optimizer<double[]> expected = java(program);
    inParts(expected);
    try (MirroredOptimizer<double[]> actual = onDevice(program)) {
      inParts(actual);
      same(expected, actual);
    }
  }

  private static void inParts(Optimizer<double[]> optimizer) {
    Random random = new Random(5);
    for (int step = 0; step < 2; step++) {
      try (Evaluation<double[]> evaluation = optimizer.evaluate(3)) {
        for (List<Question> phase : optimizer.phases()) {
          for (int question = 0; question < phase.size(); question++) {
            for (int pass = 0; pass < 3; pass++) {
              int rows = phase.get(question).perExample() ? 1 + pass : 1;
              evaluation.answer(question, random.doubles((long) rows * DIMENSION, -1, 1).toArray());
            }
          }
        }
      }
      optimizer.step();
    }
  }

  @Test
  void whatIsNotFiniteIsNamedAsForArrays() throws SpecException {
    Program program = Zoo.program("vogn.blr");
    try (MirroredOptimizer<double[]> actual = onDevice(program)) {
      for (Optimizer<double[]> optimizer : List.of(java(program), actual)) {
        optimizer.nonFinite(NonFinite.REJECT);
        double[] rows = new double[3 * DIMENSION];
        rows[2 * DIMENSION + 9000] = Double.NaN;
        rows[DIMENSION + 9001] = Double.NEGATIVE_INFINITY;
        try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
          NonFiniteException refused =
              assertThrows(NonFiniteException.class, () -> evaluation.answer(0, rows));
          assertEquals(
              "per_example_gradients of ell is -Infinity at coordinate 9001 of example 1 in step 1,"
                  + " draw 0",
              refused.getMessage());
          evaluation.answer(0, new double[DIMENSION]);
        }
        optimizer.step();
        assertEquals(1, optimizer.steps());
      }
    }
  }

  @Test
  void sumsThatOverflowAreFound() throws SpecException {
    Program program = Zoo.program("adam.blr");
    try (MirroredOptimizer<double[]> actual = onDevice(program)) {
      for (Optimizer<double[]> optimizer : List.of(java(program), actual)) {
        optimizer.nonFinite(NonFinite.REJECT);
        double[] large = new double[DIMENSION];
        large[17] = Double.MAX_VALUE;
        try (Evaluation<double[]> evaluation = optimizer.evaluate(2)) {
          evaluation.gradient(large);
          NonFiniteException refused =
              assertThrows(NonFiniteException.class, () -> evaluation.gradient(large));
          assertEquals(
              "gradient of ell, added up over 2 passes, is Infinity at coordinate 17 in step 1",
              refused.getMessage());
        }
      }
    }
  }

  @Test
  void whatIsNotFiniteSkipsTheStep() throws SpecException {
    Program program = Zoo.program("adam.blr");
    try (MirroredOptimizer<double[]> actual = onDevice(program)) {
      double[] before = actual.parameters().clone();
      actual.nonFinite(NonFinite.SKIP);
      double[] answer = new double[DIMENSION];
      answer[DIMENSION - 1] = Double.POSITIVE_INFINITY;
      try (Evaluation<double[]> evaluation = actual.evaluate()) {
        evaluation.gradient(answer);
      }
      actual.step();
      assertEquals(0, actual.steps());
      assertEquals(1, actual.skippedSteps());
      assertArrayEquals(before, actual.parameters());
    }
  }

  @Test
  void aStepOutOfADomainIsRefusedAsForArrays() throws SpecException {
    Program program = Zoo.program("newton-diagonal.blr");
    try (MirroredOptimizer<double[]> actual = onDevice(program)) {
      Optimizer<double[]> expected = java(program);
      String message =
          assertThrows(OutOfDomainException.class, () -> far(expected, OutOfDomain.REJECT))
              .getMessage();
      double[] before = actual.parameters().clone();
      OutOfDomainException refused =
          assertThrows(OutOfDomainException.class, () -> far(actual, OutOfDomain.REJECT));
      assertEquals(numberless(message), numberless(refused.getMessage()));
      assertEquals(9002, refused.coordinate());
      assertArrayEquals(before, actual.parameters());
      assertEquals(0, actual.steps());
    }
  }

  /** The value itself may differ in its last digits. */
  private static String numberless(String message) {
    return message.replaceAll("would be \\S+", "would be ...");
  }

  @Test
  void aStepOutOfADomainIsShortenedAsForArrays() throws SpecException {
    Program program = Zoo.program("newton-diagonal.blr");
    try (MirroredOptimizer<double[]> actual = onDevice(program)) {
      Optimizer<double[]> expected = java(program);
      far(expected, OutOfDomain.BACK_OFF);
      far(actual, OutOfDomain.BACK_OFF);
      assertEquals(2, actual.shortenedSteps());
      same(expected, actual);
    }
  }

  /** A step that leads far away at two coordinates. */
  private static void far(Optimizer<double[]> optimizer, OutOfDomain policy) {
    optimizer.outOfDomain(policy);
    try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
      double[] answer = new double[DIMENSION];
      Arrays.fill(answer, 0.01);
      answer[9002] = -1e4;
      answer[12_000] = -3e3;
      for (int question = 0; question < optimizer.phases().getFirst().size(); question++) {
        evaluation.answer(question, answer);
      }
    }
    optimizer.step();
  }

  @Test
  void aSavedStateThatDoesNotFitChangesNothing(@TempDir Path folder)
      throws SpecException, IOException {
    Program program = Zoo.program("adam.blr");
    Path file = folder.resolve("state.npz");
    CompiledProgram.of(program)
        .doubles(7, Zoo.hyperParameters(program), Zoo.states(program, 7))
        .save(file);
    try (MirroredOptimizer<double[]> actual = onDevice(program)) {
      double[] before = actual.parameters().clone();
      assertThrows(IOException.class, () -> actual.load(file));
      assertArrayEquals(before, actual.parameters());
      Zoo.steps(actual, DIMENSION, 1, 1, answer -> answer);
      assertEquals(1, actual.steps());
    }
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeMemoryIsTaken() throws SpecException {
    Program program = Zoo.program("adam.blr");
    assertThrows(IllegalArgumentException.class, () -> builder(program).tensors(5));
    assertThrows(IllegalArgumentException.class, () -> builder(program).tensors(-5));
    assertThrows(
        IllegalArgumentException.class, () -> builder(program).stateAt("nothing", 0, 0, 0, 0, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> builder(program).parametersAt(4096, 0, 4096, 4096, 4096).build());
    assertThrows(IllegalArgumentException.class, () -> builder(program).parametersAt(4096).build());
  }
}
