package org.blrc.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/** Calls a hook for all coordinates, block by block, with the hyper-parameters' values there. */
final class Passes {

  /** What is done for a block. */
  @FunctionalInterface
  interface Hook {
    void run(int from, int to, double[] values);
  }

  /** Adds the coordinates of a block to several sums, which stand side by side from a place on. */
  @FunctionalInterface
  interface Summands {
    void add(int from, int to, double[] values, double[] sums, int at);
  }

  private final int dimension;
  private final HyperValues hypers;
  private final Blocks blocks;
  private final Workers workers;
  private final boolean alone;
  private final AtomicBoolean running = new AtomicBoolean();
  private final IntConsumer body = this::block;
  private Hook hook;
  private double[] chunks;

  Passes(Start start, int blockLength, HyperValues hypers, Workers workers) {
    this.dimension = start.dimension();
    this.hypers = hypers;
    this.blocks = new Blocks(start.dimension(), blockLength, start.groups());
    this.workers = workers;
    this.alone = start.dimension() < Workers.FEW;
  }

  /**
   * Returns, or throws what the hook threw for some block, when no thread works any more.
   *
   * @throws IllegalStateException if a pass is under way
   */
  void run(Hook called) {
    begin();
    try {
      hook = called;
      workers.run(blocks.count(), alone, body);
    } finally {
      hook = null;
      running.set(false);
    }
  }

  private void begin() {
    if (!running.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "the optimizer is at work: it was called from another thread, or by its own noise");
    }
  }

  /**
   * Adds all coordinates to several sums.
   *
   * @param first the place of the first one among those of a larger optimizer
   * @throws IllegalStateException if a pass is under way
   */
  void add(Summands summands, long first, List<OrderedSum> sums) {
    // Chunks begin at the same places wherever a larger optimizer is cut.
    int offset = (int) (first % OrderedSum.CHUNK);
    int count = (int) Math.ceilDiv(offset + (long) dimension, OrderedSum.CHUNK);
    int width = sums.size();
    double[] chunks = chunks(Math.max(1, count) * width);
    for (int k = 0; k < width; k++) {
      chunks[k] = sums.get(k).open();
    }
    begin();
    try {
      workers.run(
          count,
          alone,
          chunk ->
              add(
                  summands,
                  (int) Math.max(0, start(chunk, offset)),
                  (int) Math.min(dimension, start(chunk + 1L, offset)),
                  chunks,
                  chunk * width));
    } finally {
      running.set(false);
    }
    for (int chunk = 0; chunk < count; chunk++) {
      boolean complete = start(chunk + 1L, offset) <= dimension;
      for (int k = 0; k < width; k++) {
        double sum = chunks[chunk * width + k];
        if (complete) {
          sums.get(k).close(sum);
        } else {
          sums.get(k).leaveOpen(sum);
        }
      }
    }
  }

  /** At least so many zeros. */
  private double[] chunks(int length) {
    if (chunks == null || chunks.length < length) {
      chunks = new double[length];
    } else {
      Arrays.fill(chunks, 0, length, 0);
    }
    return chunks;
  }

  private static long start(long chunk, int offset) {
    return chunk * OrderedSum.CHUNK - offset;
  }

  private void add(Summands summands, int from, int to, double[] sums, int at) {
    int end;
    for (int start = from; start < to; start = end) {
      int block = blocks.at(start);
      end = Math.min(to, blocks.to(block));
      summands.add(start, end, hypers.current(blocks.group(block)), sums, at);
    }
  }

  private void block(int block) {
    hook.run(blocks.from(block), blocks.to(block), hypers.current(blocks.group(block)));
  }
}
