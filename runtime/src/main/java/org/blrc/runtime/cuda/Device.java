package org.blrc.runtime.cuda;

import java.lang.foreign.MemorySegment;

/**
 * A processor with memory of its own, and a queue of work on it, which is done in order. Methods
 * that only add to the queue do not wait.
 */
public interface Device {

  /** What it is, for messages. */
  String name();

  /**
   * Memory for numbers, at a multiple of 256 bytes.
   *
   * @throws DeviceException if there is not enough
   */
  long allocate(long bytes);

  /** Gives memory back, once the work in the queue is done. */
  void free(long address);

  /** Writes to memory; waits until the values were taken. */
  void write(long address, MemorySegment values);

  /** Reads memory; waits for all work in the queue. */
  void read(long address, MemorySegment values);

  /** Adds a copy from memory to memory to the queue. */
  void copy(long from, long to, long bytes);

  /** Adds the writing of zeros to the queue. */
  void clear(long address, long bytes);

  /** Waits for all work in the queue. */
  void synchronize();

  /**
   * Looks at memory that comes from elsewhere.
   *
   * @throws IllegalArgumentException if it is none of this device, or shorter
   */
  void check(long address, long bytes);

  /**
   * Loads kernels.
   *
   * @throws DeviceException if there is no code that the device understands, with what the compiler
   *     or the loader said
   */
  LoadedKernels load(KernelSet kernels, KernelFiles files);

  /** How many blocks a kernel is launched with that has as many chunks to work on. */
  int blocks(long chunks);

  /** Whether the queue is being recorded, so that nothing is done that waits. */
  default boolean isCapturing() {
    return false;
  }

  /**
   * A launch that was recorded.
   *
   * @param node what it is called in the graph
   * @param capture the number of the recording, which no other one has
   */
  record Recorded(long node, long capture) {}

  /** Kernels that can be launched. */
  interface LoadedKernels extends AutoCloseable {

    /**
     * Finds a kernel.
     *
     * @throws DeviceException if there is none of that name
     */
    LoadedKernel find(String name);

    @Override
    void close();
  }

  /** A kernel that can be launched. */
  interface LoadedKernel {

    /**
     * Adds a launch to the queue. The arguments may change afterwards.
     *
     * @param arguments the addresses of the arguments, in order
     * @return what the launch is called in the graph that the queue is being recorded to; null
     *     where it is not
     */
    Recorded launch(int blocks, MemorySegment arguments);

    /** Gives a recorded launch other arguments. */
    void change(long graph, long launch, int blocks, MemorySegment arguments);
  }
}
