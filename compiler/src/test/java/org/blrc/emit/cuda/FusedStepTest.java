package org.blrc.emit.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.java.CompiledLauncher;
import org.blrc.emit.java.Drive;
import org.blrc.emit.java.Programs;
import org.blrc.program.Program;
import org.blrc.program.Program.State;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.Question;
import org.blrc.runtime.cuda.CudaOptimizer;
import org.blrc.runtime.cuda.CudaOptimizerBuilder;
import org.blrc.runtime.cuda.DeviceArray;
import org.blrc.runtime.cuda.Purpose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The step and the next point in one kernel are the step and then the next point. */
final class FusedStepTest {

  private static final long[] LENGTHS = {3, 8, 0, 1001};
  private static final int TOTAL = 1012;
  private static final int STEPS = 4;
  private static final Map<String, Program> PROGRAMS = Programs.all();

  @BeforeAll
  static void needsCompiler() {
    assumeTrue(HostKernels.isAvailable(), "there is no g++ to compile kernels for this processor");
  }

  /** Whether the evaluation before is closed or not: after it the same numbers are there. */
  @ParameterizedTest
  @ValueSource(strings = {"ivon", "ivon squared", "vogn", "bsam", "two noises"})
  void hasTheSameBits(String name) {
    Program program = PROGRAMS.get(name);
    Map<String, Double> hypers = Drive.hyperParameters(program);
    for (Precision precision : Precision.values()) {
      CompiledLauncher launcher =
          CompiledLauncher.of(CudaBackEnd.emit(program, precision, List.of("Test.")));
      try (HostDevice device = new HostDevice();
          CudaOptimizer apart = optimizer(launcher, device, program, hypers);
          CudaOptimizer fused = optimizer(launcher, device, program, hypers)) {
        Evaluation<DeviceArray> next = fused.evaluate();
        for (int step = 0; step < STEPS; step++) {
          try (Evaluation<DeviceArray> evaluation = apart.evaluate()) {
            assertArrayEquals(apart.parameters().toDoubles(), fused.parameters().toDoubles());
            answer(apart, evaluation, step);
          }
          apart.step();
          answer(fused, next, step);
          next = fused.stepAndEvaluate();
        }
        next.close();
        assertEquals(apart.steps(), fused.steps());
        assertArrayEquals(apart.parameters().toDoubles(), fused.parameters().toDoubles());
        for (String state : apart.states()) {
          assertArrayEquals(apart.state(state).toDoubles(), fused.state(state).toDoubles(), state);
        }
      }
    }
  }

  private static CudaOptimizer optimizer(
      CompiledLauncher launcher, HostDevice device, Program program, Map<String, Double> hypers) {
    CudaOptimizerBuilder<?> builder = launcher.builder(device);
    builder.tensors(LENGTHS);
    hypers.forEach(builder::hyperParameter);
    for (State state : program.states()) {
      if (state.initial().isEmpty()) {
        builder.state(state.name(), new Random(3).doubles(TOTAL, 0.5, 1.5).toArray());
      }
    }
    return builder.build();
  }

  private static void answer(
      CudaOptimizer optimizer, Evaluation<DeviceArray> evaluation, int step) {
    for (List<Question> phase : optimizer.phases()) {
      for (int question = 0; question < phase.size(); question++) {
        DeviceArray answer = optimizer.array(phase.get(question).perExample() ? 2 : 1);
        answer.set(new Random(step * 31 + question).doubles(answer.size(), -1, 1).toArray());
        evaluation.answer(question, answer);
      }
    }
  }

  /**
   * Of what the published rule needs: m, h, v and g are read, and m, h, v and the point written.
   */
  @Test
  void readsAndWritesEveryArrayOnce() {
    CudaProgram program = CudaBackEnd.emit(PROGRAMS.get("ivon"), Precision.FLOAT, List.of("Test."));
    EmittedKernel kernel = program.kernel(new Purpose.UpdateAndPoint());
    assertEquals(new Traffic(16, 16, 0), kernel.traffic());
    String text = program.source().substring(program.source().indexOf(" updateAndPoint("));
    String body = text.substring(0, text.indexOf("\n}\n"));
    // Once where lanes are full, and once where they are not.
    for (String access : List.of("load", "store")) {
      assertEquals(4, count(body, " " + access + "\\(\\w+( \\+ i)?, \\w+( \\+ i)?\\);"), body);
      assertEquals(4, count(body, " " + access + "\\([^;]*, count\\);"), body);
      assertEquals(8, count(body, " " + access + "\\("), body);
    }
    assertTrue(kernel.scalars().stream().anyMatch(HostScalar::later));
  }

  private static long count(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().count();
  }

  @Test
  void thereIsNoneWhereASumComesBetween() {
    CudaProgram program =
        CudaBackEnd.emit(PROGRAMS.get("norms of draws"), Precision.FLOAT, List.of("Test."));
    assertTrue(
        program.kernels().stream()
            .noneMatch(kernel -> kernel.purpose() instanceof Purpose.UpdateAndPoint));
  }
}
