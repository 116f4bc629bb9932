package org.blrc.emit.cuda;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.blrc.emit.arith.Precision;
import org.blrc.runtime.cuda.KernelSet;

/** The tensors of a program, each column in one piece of memory with gaps between the tensors. */
final class TensorMemory {

  private static final double UNTOUCHED = -77;

  /** What lies between two tensors in memory. */
  private static final int GAP = 5;

  private final CudaProgram program;
  private final int[] lengths;
  private final MemorySegment[] pieces;

  /** Where tensors begin, some at multiples of 16 bytes and some not, and where the last ends. */
  private final long[] places;

  final MemorySegment tensors;
  final long chunks;

  TensorMemory(Arena arena, CudaProgram program, int[] lengths) {
    this.program = program;
    this.lengths = lengths;
    int count = lengths.length;
    places = new long[count + 1];
    long[] firsts = new long[count];
    long[] before = new long[count + 1];
    for (int i = 0; i < count; i++) {
      firsts[i] = i == 0 ? 0 : firsts[i - 1] + lengths[i - 1];
      before[i + 1] = before[i] + Math.ceilDiv(lengths[i], KernelSet.CHUNK);
      long end = places[i] + lengths[i];
      places[i + 1] = end + (i % 3 == 0 ? GAP : 4 + (-end & 3));
    }
    chunks = before[count];
    int columns = program.columns().size();
    pieces = new MemorySegment[columns];
    tensors = arena.allocate(32 + 8L * columns + 8, 8);
    for (Column column : program.columns()) {
      // Noise has no addresses, so that it is drawn.
      if (!(column.role() instanceof Column.Role.Noise)) {
        pieces[column.place()] = arena.allocate(bytes() * (places[count] + GAP), 16);
        fill(pieces[column.place()]);
        MemorySegment addresses = arena.allocate(ValueLayout.ADDRESS, Math.max(1, count));
        for (int i = 0; i < count; i++) {
          addresses.setAtIndex(
              ValueLayout.ADDRESS, i, pieces[column.place()].asSlice(bytes() * places[i]));
        }
        tensors.set(ValueLayout.ADDRESS, 32 + 8L * column.place(), addresses);
      }
    }
    write(column(program, Column.Role.State.class), new double[Arrays.stream(lengths).sum()]);
    long[] wide = Arrays.stream(lengths).asLongStream().toArray();
    tensors.set(ValueLayout.ADDRESS, 0, longs(arena, wide));
    tensors.set(ValueLayout.ADDRESS, 8, longs(arena, firsts));
    tensors.set(ValueLayout.ADDRESS, 16, longs(arena, wide));
    tensors.set(ValueLayout.ADDRESS, 24, longs(arena, before));
    tensors.set(ValueLayout.JAVA_INT, 32 + 8L * columns, count);
  }

  private static MemorySegment longs(Arena arena, long[] values) {
    return values.length == 0
        ? arena.allocate(8, 8)
        : arena.allocateFrom(ValueLayout.JAVA_LONG, values);
  }

  private long bytes() {
    return program.precision() == Precision.FLOAT ? 4 : 8;
  }

  private void fill(MemorySegment piece) {
    for (long i = 0; i < piece.byteSize() / bytes(); i++) {
      set(piece, i, UNTOUCHED);
    }
  }

  private void set(MemorySegment piece, long at, double value) {
    if (bytes() == 4) {
      piece.setAtIndex(ValueLayout.JAVA_FLOAT, at, (float) value);
    } else {
      piece.setAtIndex(ValueLayout.JAVA_DOUBLE, at, value);
    }
  }

  private double get(MemorySegment piece, long at) {
    return bytes() == 4
        ? piece.getAtIndex(ValueLayout.JAVA_FLOAT, at)
        : piece.getAtIndex(ValueLayout.JAVA_DOUBLE, at);
  }

  void write(Column column, double[] values) {
    int next = 0;
    for (int i = 0; i < lengths.length; i++) {
      for (int k = 0; k < lengths[i]; k++) {
        set(pieces[column.place()], places[i] + k, values[next++]);
      }
    }
  }

  double[] read(Column column) {
    MemorySegment piece = pieces[column.place()];
    double[] values = new double[Arrays.stream(lengths).sum()];
    int next = 0;
    for (int i = 0; i < lengths.length; i++) {
      long end = places[i] + lengths[i];
      for (long k = places[i]; k < end; k++) {
        values[next++] = get(piece, k);
      }
      for (long k = end; k < places[i + 1]; k++) {
        assertTrue(get(piece, k) == UNTOUCHED, "what is behind tensor " + i);
      }
    }
    return values;
  }

  static Column column(CudaProgram program, Class<? extends Column.Role> role) {
    return program.columns().stream()
        .filter(each -> role.isInstance(each.role()))
        .findFirst()
        .orElseThrow();
  }

  /** Launches a kernel on the tensors, with other arguments behind them. */
  static void launch(
      Arena arena, HostKernels kernels, String name, int blocks, List<MemorySegment> arguments) {
    MemorySegment addresses = arena.allocate(ValueLayout.ADDRESS, arguments.size());
    for (int i = 0; i < arguments.size(); i++) {
      addresses.setAtIndex(ValueLayout.ADDRESS, i, arguments.get(i));
    }
    kernels.find(name).launch(blocks, addresses);
  }

  static HostKernels kernels(CudaProgram program) {
    return HostKernels.of(KernelSets.of(program, "kernels"), program.source());
  }
}
