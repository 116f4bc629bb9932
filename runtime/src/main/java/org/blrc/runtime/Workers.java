package org.blrc.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Runs the blocks of a pass on several threads: those of the common pool, beside the caller's own.
 * Each takes the next few blocks until none are left, so that a thread that is late leaves more to
 * the others. The tasks are made when they are first needed and used for every pass.
 *
 * <p>To wake a parked thread takes as long as some ten thousand coordinates, and passes often
 * follow one another at once. So a thread that has done its share stays awake for {@link #AWAKE},
 * and the caller waits as long before it parks.
 */
final class Workers {

  /** How many blocks a thread takes at a time. */
  private static final int GRAIN = 4;

  /** With fewer coordinates it takes longer to wake a thread than to do its work. */
  static final int FEW = 8 * Blocks.LENGTH;

  /** How long a thread waits without parking, in nanoseconds: about what it takes to wake one. */
  private static final long AWAKE = 50_000;

  private final AtomicInteger next = new AtomicInteger();
  private final List<Helper> helpers = new ArrayList<>();
  private int limit;
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
    limit = count;
  }

  /**
   * Runs all blocks; returns, or throws what one of them threw, when no thread works any more.
   *
   * @param alone whether the caller's thread works alone
   * @param each what is done for a block; it is called from several threads at once
   */
  void run(int count, boolean alone, IntConsumer each) {
    if (alone || limit < 2) {
      for (int block = 0; block < count; block++) {
        each.accept(block);
      }
      return;
    }
    body = each;
    blocks = count;
    failure.set(null);
    next.set(0);
    int used = Math.min(limit - 1, (count - 1) / GRAIN);
    for (int i = 0; i < used; i++) {
      if (i == helpers.size()) {
        helpers.add(new Helper());
      }
      helpers.get(i).call();
    }
    work();
    for (int i = used - 1; i >= 0; i--) {
      helpers.get(i).await();
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
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
      // Nobody needs to begin with what is left.
      next.set(blocks);
    }
  }

  private enum Condition {
    /** Runs nowhere. */
    IDLE,
    /** Was called, and has not done its share yet. */
    CALLED,
    /** Has done its share, and looks for the next call. */
    AWAKE
  }

  /** The share of one thread. */
  private final class Helper extends ForkJoinTask<Void> {

    private static final long serialVersionUID = 1;

    private final AtomicReference<Condition> state = new AtomicReference<>(Condition.IDLE);

    /** Whether the pool has taken this task, so that it has to end before it may be used again. */
    private boolean taken;

    void call() {
      if (state.compareAndSet(Condition.AWAKE, Condition.CALLED)) {
        return;
      }
      if (taken) {
        join();
        reinitialize();
      }
      taken = true;
      state.set(Condition.CALLED);
      fork();
    }

    /** Returns when this does nothing for the pass any more. */
    void await() {
      if (state.get() == Condition.CALLED && tryUnfork()) {
        // No thread was free to begin with it, and there is nothing left to do.
        taken = false;
        state.set(Condition.IDLE);
      } else if (!leaves(Condition.CALLED)) {
        join();
      }
    }

    /** Waits for another state, for a while. Returns whether it came. */
    private boolean leaves(Condition current) {
      for (long start = System.nanoTime(); state.get() == current; Thread.onSpinWait()) {
        if (System.nanoTime() - start > AWAKE) {
          return false;
        }
      }
      return true;
    }

    @Override
    protected boolean exec() {
      do {
        work();
        state.set(Condition.AWAKE);
      } while (leaves(Condition.AWAKE) || !state.compareAndSet(Condition.AWAKE, Condition.IDLE));
      return true;
    }

    @Override
    public Void getRawResult() {
      return null;
    }

    @Override
    protected void setRawResult(Void value) {}
  }
}
