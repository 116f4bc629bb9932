package org.blrc.emit.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.blrc.emit.arith.Precision;
import org.blrc.program.Program;
import org.blrc.program.Program.AnswerKind;
import org.blrc.program.ProgramBuilder;
import org.blrc.runtime.PhiloxNoise;
import org.blrc.runtime.cuda.Purpose;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Distribution;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One launch for many tensors: empty, short, long, and at any address. */
final class TensorsTest {

  private static final long SEED = 0x123456789abcdefL;
  private static final long STEP = (5L << 32) + 17;
  private static final int SAMPLE = 3;

  /**
   * Of an angle below 2 pi, rounding leaves 7e-16; the radius is below 6.8, and both may be off.
   */
  private static final double LARGEST_ERROR = 1e-14;

  @BeforeAll
  static void needsCompiler() {
    assumeTrue(HostKernels.isAvailable(), "there is no g++ to compile kernels for this processor");
  }

  static Stream<int[]> lengths() {
    return Stream.of(
        new int[] {},
        new int[] {0},
        new int[] {1},
        new int[] {0, 1, 2, 3, 4, 5, 0, 9, 8192, 8193, 20_000, 7, 0},
        IntStream.range(0, 20_000).map(i -> i * 7 % 11).toArray());
  }

  /** A point that is the noise itself. */
  private static Program pointOfNoise(Distribution distribution) {
    ProgramBuilder b = new ProgramBuilder("Test");
    Sym m = b.state("m");
    Expr noise = b.noise("eps", distribution);
    b.samples(Exprs.ONE);
    Sym g = b.ask(Exprs.add(m, noise), AnswerKind.GRADIENT, "g");
    b.update(m, b.accumulate("mean", g));
    return b.build(m);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void noiseHasTheBitsOfTheRuntimes(int[] lengths) {
    for (Distribution distribution : Distribution.values()) {
      CudaProgram program =
          CudaBackEnd.emit(pointOfNoise(distribution), Precision.FLOAT, List.of("Test."));
      int total = Arrays.stream(lengths).sum();
      float[] expected = new float[total];
      PhiloxNoise noise = new PhiloxNoise(SEED);
      if (distribution == Distribution.STANDARD_NORMAL) {
        noise.normal(0, STEP, SAMPLE, 0, expected, 0, total);
      } else {
        noise.uniform(0, STEP, SAMPLE, 0, expected, 0, total);
      }
      try (HostKernels kernels = TensorMemory.kernels(program)) {
        for (int blocks : new int[] {1, 7}) {
          float[] drawn = new float[total];
          double[] found = points(program, kernels, lengths, blocks);
          for (int i = 0; i < total; i++) {
            drawn[i] = (float) found[i];
          }
          assertArrayEquals(expected, drawn);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void noiseInDoublePrecisionAgrees(int[] lengths) {
    for (Distribution distribution : Distribution.values()) {
      CudaProgram program =
          CudaBackEnd.emit(pointOfNoise(distribution), Precision.DOUBLE, List.of("Test."));
      int total = Arrays.stream(lengths).sum();
      double[] expected = new double[total];
      PhiloxNoise noise = new PhiloxNoise(SEED);
      boolean normal = distribution == Distribution.STANDARD_NORMAL;
      if (normal) {
        noise.normal(0, STEP, SAMPLE, 0, expected, 0, total);
      } else {
        noise.uniform(0, STEP, SAMPLE, 0, expected, 0, total);
      }
      try (HostKernels kernels = TensorMemory.kernels(program)) {
        assertArrayEquals(
            expected, points(program, kernels, lengths, 3), normal ? LARGEST_ERROR : 0);
      }
    }
  }

  /** The points of all tensors, one after the other; what lies between them has to stay. */
  private static double[] points(
      CudaProgram program, HostKernels kernels, int[] lengths, int blocks) {
    EmittedKernel kernel = program.kernel(new Purpose.Point(0));
    try (Arena arena = Arena.ofConfined()) {
      TensorMemory memory = new TensorMemory(arena, program, lengths);
      MemorySegment draw = arena.allocate(24, 8);
      draw.set(ValueLayout.JAVA_LONG, 0, SEED);
      draw.set(ValueLayout.JAVA_LONG, 8, STEP);
      draw.set(ValueLayout.JAVA_INT, 16, SAMPLE);
      TensorMemory.launch(arena, kernels, kernel.name(), blocks, List.of(memory.tensors, draw));
      return memory.read(TensorMemory.column(program, Column.Role.Parameters.class));
    }
  }

  /** Barriers between threads that are none take their time. */
  static Stream<int[]> fewerLengths() {
    return lengths().map(each -> Arrays.copyOf(each, Math.min(each.length, 300)));
  }

  @ParameterizedTest
  @MethodSource("fewerLengths")
  void sumsHaveTheSameBitsForAnyNumberOfBlocks(int[] lengths) {
    ProgramBuilder b = new ProgramBuilder("Test");
    Sym m = b.state("m");
    Sym squares = b.sum("squares", Exprs.square(m), 0);
    Sym plain = b.sum("plain", m, 0);
    Sym g = b.ask(Exprs.mul(m, squares), AnswerKind.GRADIENT, "g");
    b.update(m, Exprs.mul(g, plain));
    CudaProgram program = CudaBackEnd.emit(b.build(m), Precision.FLOAT, List.of("Test."));
    EmittedKernel kernel = program.kernel(new Purpose.Sums(0));
    try (HostKernels kernels = TensorMemory.kernels(program);
        Arena arena = Arena.ofConfined()) {
      TensorMemory memory = new TensorMemory(arena, program, lengths);
      double[] values = new Random(1).doubles(Arrays.stream(lengths).sum(), -1, 1).toArray();
      memory.write(TensorMemory.column(program, Column.Role.State.class), values);
      double[] one = sums(arena, kernels, kernel, memory, 1);
      double[] several = sums(arena, kernels, kernel, memory, 13);
      assertArrayEquals(one, several);
      double expected = Arrays.stream(values).map(x -> (double) (float) x * (float) x).sum();
      assertEquals(expected, one[0], 1e-12 * expected);
      assertEquals(
          Arrays.stream(values).map(x -> (float) x).sum(), one[1], 1e-12 * Math.max(1, expected));
    }
  }

  private static double[] sums(
      Arena arena, HostKernels kernels, EmittedKernel kernel, TensorMemory memory, int blocks) {
    MemorySegment parts = arena.allocate(ValueLayout.JAVA_DOUBLE, 2L * memory.chunks + 1);
    TensorMemory.launch(
        arena,
        kernels,
        kernel.name(),
        blocks,
        List.of(memory.tensors, arena.allocateFrom(ValueLayout.ADDRESS, parts)));
    MemorySegment totals = arena.allocate(ValueLayout.JAVA_DOUBLE, 2);
    TensorMemory.launch(
        arena,
        kernels,
        "totals",
        1,
        List.of(
            arena.allocateFrom(ValueLayout.ADDRESS, parts),
            arena.allocateFrom(ValueLayout.JAVA_LONG, memory.chunks),
            arena.allocateFrom(ValueLayout.JAVA_INT, 2),
            arena.allocateFrom(ValueLayout.ADDRESS, totals)));
    return totals.toArray(ValueLayout.JAVA_DOUBLE);
  }
}
