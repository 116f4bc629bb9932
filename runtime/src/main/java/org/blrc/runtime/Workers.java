package org.blrc.runtime;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Runs the blocks of a pass on several threads: those of the common pool, beside the caller's own.
 * Each takes the next few blocks until none are left, so that a thread that is late leaves more to
 * the others. The tasks are made once and used for every pass.
 */
final class Workers {

  /** How many blocks a thread takes at a time. */
  private static final int GRAIN = 4;

  private final AtomicInteger next = new AtomicInteger();
  private Helper[] helpers;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private IntConsumer body;
  private int blocks;

  Workers() {
    threads(
        Math.min(
            ForkJoinPool.getCommonPoolParallelism() + 1,
            Runtime.getRuntime().availableProcessors()));
  }

  /**
   * @param count how many threads work at most, the caller's among them
   */
  void threads(int count) {
    helpers = new Helper[Math.max(0, count - 1)];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Helper();
    }
  }

  /**
   * Runs all blocks; returns, or throws what one of them threw, when no thread works any more.
   *
   * @param alone whether the caller's thread works alone
   * @param each what is done for a block; it is called from several threads at once
   */
  void run(int count, boolean alone, IntConsumer each) {
    if (alone || helpers.length == 0) {
      for (int block = 0; block < count; block++) {
        each.accept(block);
      }
      return;
    }
    body = each;
    blocks = count;
    failure.set(null);
    next.set(0);
    int used = Math.min(helpers.length, (count - 1) / GRAIN);
    for (int i = 0; i < used; i++) {
      helpers[i].reinitialize();
      helpers[i].fork();
    }
    work();
    for (int i = used - 1; i >= 0; i--) {
      helpers[i].join();
    }
    switch (failure.get()) {
      case null -> {}
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      case Throwable other -> throw new IllegalStateException(other);
    }
  }

  private void work() {
    try {
      for (int first = next.getAndAdd(GRAIN); first < blocks; first = next.getAndAdd(GRAIN)) {
        int end = Math.min(first + GRAIN, blocks);
        for (int block = first; block < end; block++) {
          body.accept(block);
        }
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      // Nobody needs to begin with what is left.
      next.set(blocks);
    }
  }

  /** The share of one thread. */
  private final class Helper extends ForkJoinTask<Void> {

    private static final long serialVersionUID = 1;

    @Override
    public Void getRawResult() {
      return null;
    }

    @Override
    protected void setRawResult(Void value) {}

    @Override
    protected boolean exec() {
      work();
      return true;
    }
  }
}
