package org.blrc.runtime.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.blrc.runtime.cuda.Device.LoadedKernel;

/** A kernel with memory for its arguments, which is written before every launch. */
final class Call {

  private final LoadedKernel kernel;
  private final MemorySegment[] values;
  private final MemorySegment arguments;

  /**
   * @param sizes of the arguments, in bytes
   */
  Call(Arena arena, LoadedKernel kernel, long... sizes) {
    this.kernel = kernel;
    this.values = new MemorySegment[sizes.length];
    this.arguments = arena.allocate(ValueLayout.ADDRESS, sizes.length);
    for (int i = 0; i < sizes.length; i++) {
      values[i] = arena.allocate(Math.max(Long.BYTES, sizes[i]), Long.BYTES);
      arguments.setAtIndex(ValueLayout.ADDRESS, i, values[i]);
    }
  }

  /** The memory of an argument. */
  MemorySegment value(int index) {
    return values[index];
  }

  Call set(int index, long value) {
    values[index].set(ValueLayout.JAVA_LONG, 0, value);
    return this;
  }

  Call set(int index, int value) {
    values[index].set(ValueLayout.JAVA_INT, 0, value);
    return this;
  }

  Device.Recorded launch(int blocks) {
    return kernel.launch(blocks, arguments);
  }

  void change(long graph, long launch, int blocks) {
    kernel.change(graph, launch, blocks, arguments);
  }
}
