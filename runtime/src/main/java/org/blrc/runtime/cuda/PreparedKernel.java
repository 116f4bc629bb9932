package org.blrc.runtime.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.blrc.runtime.cuda.Device.LoadedKernel;

/** A kernel of a program, and where its arguments are written. */
final class PreparedKernel {

  private static final long LARGEST = 4L * Long.BYTES;

  private final int index;
  private final Kernel kernel;
  private final Call call;
  private final Scalars scalars;

  /** The place of the first of the arguments beside tensors and scalars. */
  private final int others;

  /**
   * @param index its place among the kernels of the program
   */
  PreparedKernel(Arena arena, KernelSet set, int index, LoadedKernel code) {
    this.index = index;
    this.kernel = set.kernels().get(index);
    List<Long> sizes = new ArrayList<>();
    if (!kernel.isOfOneThread()) {
      sizes.add(Pieces.size(set.columns().size()));
    }
    int structure = sizes.size();
    if (kernel.scalars() > 0) {
      sizes.add((long) kernel.scalars());
    }
    this.others = sizes.size();
    kernel.arguments().forEach(_ -> sizes.add(LARGEST));
    this.call = new Call(arena, code, sizes.stream().mapToLong(Long::longValue).toArray());
    this.scalars = kernel.scalars() > 0 ? new Scalars(call.value(structure)) : null;
  }

  int index() {
    return index;
  }

  Kernel kernel() {
    return kernel;
  }

  void on(Pieces pieces) {
    pieces.describe(call.value(0));
  }

  /** Says where the table of an array is; 0 if there is none. */
  void array(int column, long table) {
    call.value(0).set(ValueLayout.JAVA_LONG, Pieces.HEAD + (long) column * Long.BYTES, table);
  }

  /** Where the scalars are written; null if there are none. */
  Scalars scalars() {
    return scalars == null ? null : scalars.restart();
  }

  private int place(Argument argument) {
    return others + kernel.arguments().indexOf(argument);
  }

  void draw(Argument argument, long seed, long step, int sample) {
    MemorySegment draw = call.value(place(argument));
    draw.set(ValueLayout.JAVA_LONG, 0, seed);
    draw.set(ValueLayout.JAVA_LONG, Long.BYTES, step);
    draw.set(ValueLayout.JAVA_INT, 2L * Long.BYTES, sample);
  }

  void rounding(long seed, long step, boolean stochastic) {
    draw(Argument.ROUNDING, seed, step, 0);
    call.value(place(Argument.ROUNDING))
        .set(ValueLayout.JAVA_INT, 3L * Long.BYTES, stochastic ? 1 : 0);
  }

  void address(Argument argument, long address) {
    call.set(place(argument), address);
  }

  void count(Argument argument, int count) {
    call.set(place(argument), count);
  }

  Device.Recorded launch(int blocks) {
    return call.launch(blocks);
  }

  void change(long graph, long launch, int blocks) {
    call.change(graph, launch, blocks);
  }
}
