package org.blrc.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/** Calls a hook for all coordinates, block by block, with the hyper-parameters' values there. */
final class Passes {

  /** What is done for a block. */
  @FunctionalInterface
  interface Hook {
    void run(int from, int to, double[] values);
  }

  /** What is summed over the coordinates of a block, added to what there was before. */
  @FunctionalInterface
  interface Summand {
    double add(int from, int to, double[] values, double before);
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
   * Adds all coordinates to a sum.
   *
   * @param first the place of the first one among those of a larger optimizer
   * @throws IllegalStateException if a pass is under way
   */
  void add(Summand summand, long first, OrderedSum sum) {
    // Chunks begin at the same places wherever a larger optimizer is cut.
    int offset = (int) (first % OrderedSum.CHUNK);
    int count = (int) Math.ceilDiv(offset + (long) dimension, OrderedSum.CHUNK);
    if (chunks == null || chunks.length < count) {
      chunks = new double[count];
    }
    double[] sums = chunks;
    double before = sum.open();
    begin();
    try {
      workers.run(
          count,
          alone,
          chunk ->
              sums[chunk] =
                  add(
                      summand,
                      (int) Math.max(0, start(chunk, offset)),
                      (int) Math.min(dimension, start(chunk + 1L, offset)),
                      chunk == 0 ? before : 0));
    } finally {
      running.set(false);
    }
    for (int chunk = 0; chunk < count; chunk++) {
      if (start(chunk + 1L, offset) <= dimension) {
        sum.close(sums[chunk]);
      } else {
        sum.leaveOpen(sums[chunk]);
      }
    }
  }

  private static long start(long chunk, int offset) {
    return chunk * OrderedSum.CHUNK - offset;
  }

  private double add(Summand summand, int from, int to, double before) {
    double sum = before;
    int end;
    for (int start = from; start < to; start = end) {
      int block = blocks.at(start);
      end = Math.min(to, blocks.to(block));
      sum = summand.add(start, end, hypers.current(blocks.group(block)), sum);
    }
    return sum;
  }

  private void block(int block) {
    hook.run(blocks.from(block), blocks.to(block), hypers.current(blocks.group(block)));
  }
}
