package org.blrc.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.blrc.emit.java.CompiledProgram;
import org.blrc.program.Program;
import org.blrc.program.Program.State;
import org.blrc.runtime.AbstractOptimizer;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.SegmentedOptimizer;
import org.blrc.syntax.SpecException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the runtime promises of every emitted class. */
@Execution(ExecutionMode.CONCURRENT)
final class RuntimeTest {

  /** Enough coordinates for several threads. */
  private static final int DIMENSION = 40_003;

  private static final int[] BOUNDS = {0, 3, 20_001, DIMENSION};

  @TempDir private Path folder;

  static Stream<String> specs() throws IOException {
    return Zoo.specs();
  }

  private static Optimizer<float[]> floats(Program program, CompiledProgram compiled) {
    return compiled.floats(DIMENSION, Zoo.hyperParameters(program), Zoo.states(program, DIMENSION));
  }

  private static void steps(Optimizer<float[]> optimizer, int draws) {
    Zoo.steps(optimizer, DIMENSION, 2, draws, Zoo::floats);
  }

  private static void assertSame(Optimizer<float[]> expected, Optimizer<float[]> actual) {
    assertEquals(expected.steps(), actual.steps());
    assertArrayEquals(expected.parameters(), actual.parameters());
    for (String state : expected.states()) {
      assertArrayEquals(expected.state(state), actual.state(state), state);
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void goingOnFromAFileGivesTheSameBits(String spec) throws SpecException, IOException {
    Program program = Zoo.program(spec);
    CompiledProgram compiled = CompiledProgram.of(program);
    for (int draws = 1; draws <= Zoo.draws(program); draws += 2) {
      Path file = folder.resolve(draws + ".npz");
      Optimizer<float[]> through = floats(program, compiled);
      steps(through, draws);
      through.save(file);
      steps(through, draws);
      Optimizer<float[]> again = floats(program, compiled);
      again.load(file);
      steps(again, draws);
      assertSame(through, again);

      Path exact = folder.resolve(draws + "-double.npz");
      Optimizer<double[]> doubles =
          compiled.doubles(50, Zoo.hyperParameters(program), Zoo.states(program, 50));
      Zoo.steps(doubles, 50, 2, draws, answer -> answer);
      doubles.save(exact);
      Optimizer<double[]> other =
          compiled.doubles(50, Zoo.hyperParameters(program), Zoo.states(program, 50));
      other.load(exact);
      Zoo.steps(doubles, 50, 2, draws, answer -> answer);
      Zoo.steps(other, 50, 2, draws, answer -> answer);
      for (String state : doubles.states()) {
        assertArrayEquals(doubles.state(state), other.state(state), state);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void threadsChangeNothing(String spec) throws SpecException {
    Program program = Zoo.program(spec);
    CompiledProgram compiled = CompiledProgram.of(program);
    for (int draws = 1; draws <= Zoo.draws(program); draws += 2) {
      Optimizer<float[]> one = floats(program, compiled);
      one.threads(1);
      Optimizer<float[]> several = floats(program, compiled);
      several.threads(4);
      steps(one, draws);
      steps(several, draws);
      assertSame(one, several);
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void segmentsGiveTheBitsOfTheWhole(String spec) throws SpecException {
    Program program = Zoo.program(spec);
    CompiledProgram compiled = CompiledProgram.of(program);
    Optimizer<float[]> whole = floats(program, compiled);
    List<AbstractOptimizer<float[]>> segments = new ArrayList<>();
    for (int i = 0; i + 1 < BOUNDS.length; i++) {
      int from = BOUNDS[i];
      int to = BOUNDS[i + 1];
      Map<String, double[]> states = new HashMap<>(Zoo.states(program, DIMENSION));
      states.replaceAll((_, values) -> Arrays.copyOfRange(values, from, to));
      segments.add(
          (AbstractOptimizer<float[]>)
              compiled.floats(to - from, Zoo.hyperParameters(program), states));
    }
    SegmentedOptimizer<float[]> parts = new SegmentedOptimizer<>(segments);
    int draws = Zoo.draws(program);
    steps(whole, draws);
    Zoo.steps(
        parts,
        DIMENSION,
        2,
        draws,
        answer -> {
          List<float[]> list = new ArrayList<>();
          for (int i = 0; i + 1 < BOUNDS.length; i++) {
            list.add(Zoo.part(answer, DIMENSION, BOUNDS[i], BOUNDS[i + 1]));
          }
          return list;
        });
    for (State state : program.states()) {
      float[] all = whole.state(state.name());
      for (int i = 0; i + 1 < BOUNDS.length; i++) {
        float[] part = state.shared() ? all : Arrays.copyOfRange(all, BOUNDS[i], BOUNDS[i + 1]);
        assertArrayEquals(part, parts.state(state.name()).get(i), state.name());
      }
    }
  }
}
