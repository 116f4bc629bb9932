package org.blrc.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/** Calls a hook for every block of coordinates, with the values of the hyper-parameters there. */
final class Passes {

  /** What is done for a block. */
  @FunctionalInterface
  interface Hook {
    void run(int from, int to, double[] values);
  }

  private final HyperValues hypers;
  private final Blocks blocks;
  private final Workers workers;
  private final boolean alone;
  private final AtomicBoolean running = new AtomicBoolean();
  private final IntConsumer body = this::block;
  private Hook hook;

  Passes(Start start, int blockLength, HyperValues hypers, Workers workers) {
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
    if (!running.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "the optimizer is at work: it was called from another thread, or by its own noise");
    }
    try {
      hook = called;
      workers.run(blocks.count(), alone, body);
    } finally {
      hook = null;
      running.set(false);
    }
  }

  private void block(int block) {
    hook.run(blocks.from(block), blocks.to(block), hypers.current(blocks.group(block)));
  }
}
