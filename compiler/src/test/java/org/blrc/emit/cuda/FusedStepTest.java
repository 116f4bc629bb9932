package org.blrc.emit.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.cuda.Kernel.Purpose;
import org.blrc.emit.java.Programs;
import org.blrc.program.Program;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The step and the next point in one kernel are the step and then the next point. */
final class FusedStepTest {

  private static final int[] LENGTHS = {3, 8, 0, 1001};
  private static final int TOTAL = 1012;
  private static final Map<String, Program> PROGRAMS = Programs.all();

  @BeforeAll
  static void needsCompiler() {
    assumeTrue(HostKernels.isAvailable(), "there is no g++ to compile kernels for this processor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ivon", "ivon squared", "vogn", "bsam", "two noises"})
  void hasTheSameBits(String name) {
    for (Precision precision : Precision.values()) {
      CudaProgram program = CudaBackEnd.emit(PROGRAMS.get(name), precision, List.of("Test."));
      try (HostKernels kernels = HostKernels.of(program);
          Arena arena = Arena.ofConfined()) {
        TensorMemory apart = memory(arena, program);
        launch(arena, kernels, new Purpose.UpdateFromOne(), apart, 7);
        launch(arena, kernels, new Purpose.Point(0), apart, 8);
        TensorMemory fused = memory(arena, program);
        launch(arena, kernels, new Purpose.UpdateAndPoint(), fused, 7);
        for (Column column : program.columns()) {
          if (!(column.role() instanceof Column.Role.Noise)) {
            assertArrayEquals(apart.read(column), fused.read(column), column.name());
          }
        }
      }
    }
  }

  /**
   * Of what the published rule needs: m, h, v and g are read, and m, h, v and the point written.
   */
  @Test
  void readsAndWritesEveryArrayOnce() {
    CudaProgram program = CudaBackEnd.emit(PROGRAMS.get("ivon"), Precision.FLOAT, List.of("Test."));
    Kernel kernel = program.kernel(new Purpose.UpdateAndPoint());
    String text = program.source().substring(program.source().indexOf(" updateAndPoint("));
    String body = text.substring(0, text.indexOf("\n}\n"));
    assertEquals(4, body.split(" load\\(", -1).length - 1, body);
    assertEquals(4, body.split(" store\\(", -1).length - 1, body);
    assertTrue(kernel.scalars().stream().anyMatch(HostScalar::later));
  }

  @Test
  void thereIsNoneWhereASumComesBetween() {
    CudaProgram program =
        CudaBackEnd.emit(PROGRAMS.get("norms of draws"), Precision.FLOAT, List.of("Test."));
    assertTrue(
        program.kernels().stream()
            .noneMatch(kernel -> kernel.purpose() instanceof Purpose.UpdateAndPoint));
  }

  private static TensorMemory memory(Arena arena, CudaProgram program) {
    TensorMemory memory = new TensorMemory(arena, program, LENGTHS);
    for (Column column : program.columns()) {
      if (!(column.role() instanceof Column.Role.Noise)) {
        memory.write(column, new Random(column.place()).doubles(TOTAL, 0.5, 1.5).toArray());
      }
    }
    return memory;
  }

  private static void launch(
      Arena arena, HostKernels kernels, Purpose purpose, TensorMemory memory, long step) {
    Kernel kernel = kernels.program().kernel(purpose);
    List<MemorySegment> arguments = new ArrayList<>(List.of(memory.tensors));
    if (!kernel.scalars().isEmpty()) {
      arguments.add(scalars(arena, kernels.program(), kernel));
    }
    for (Kernel.Argument argument : kernel.arguments()) {
      arguments.add(
          switch (argument) {
            case DRAW -> draw(arena, step);
            case NEXT_DRAW -> draw(arena, step + 1);
            // One example, whose rows are the tensors themselves.
            case EXAMPLES -> arena.allocateFrom(ValueLayout.JAVA_INT, 1);
            default -> throw new IllegalArgumentException(argument.toString());
          });
    }
    kernels.launch(kernel, 3, arguments);
  }

  private static MemorySegment draw(Arena arena, long step) {
    MemorySegment draw = arena.allocate(24, 8);
    draw.set(ValueLayout.JAVA_LONG, 0, 42);
    draw.set(ValueLayout.JAVA_LONG, 8, step);
    return draw;
  }

  /** The same value wherever the same is meant. */
  private static MemorySegment scalars(Arena arena, CudaProgram program, Kernel kernel) {
    return ScalarLayout.write(
        arena,
        kernel,
        program.precision(),
        scalar -> 0.1 + 0.8 * new Random(scalar.value().toString().hashCode()).nextDouble());
  }
}
