package org.blrc.runtime;

import java.lang.reflect.Array;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Looks at a step block by block, before anything is written. */
final class ArrayDomainCheck extends DomainCheck {

  /** What a step would make of the guarded states of a block, see {@link AbstractOptimizer}. */
  @FunctionalInterface
  private interface Ranges {
    void take(int from, int to, double[] values, double[] range);
  }

  private final AbstractOptimizer<?> hooks;
  private final Passes passes;
  private final AtomicReference<Leaving> first = new AtomicReference<>();

  /** By the first coordinate of a block from which some leave: how often each halves its step. */
  private final Map<Integer, byte[]> halvings = new ConcurrentHashMap<>();

  ArrayDomainCheck(Signature signature, AbstractOptimizer<?> hooks, Passes passes) {
    super(signature);
    this.hooks = hooks;
    this.passes = passes;
  }

  @Override
  protected boolean acceptsFromOne() {
    return accepts(hooks::rangeFromOne);
  }

  @Override
  protected boolean accepts(int draws) {
    return accepts((from, to, values, range) -> hooks.range(draws, from, to, values, range));
  }

  private boolean accepts(Ranges ranges) {
    first.set(null);
    halvings.clear();
    passes.run(
        (from, to, values) -> {
          DomainSearch search =
              new DomainSearch(
                  guards(),
                  new Trial(values, 1) {
                    @Override
                    public void range(long start, long end, double[] range) {
                      ranges.take((int) start, (int) end, values, range);
                    }
                  });
          if (search.leaves(from, to)) {
            halvings.put(from, new byte[to - from]);
            first.accumulateAndGet(search.first(from, to), Leaving.FIRST);
          }
        });
    return halvings.isEmpty();
  }

  @Override
  protected boolean shorten(int draws) {
    first.set(null);
    passes.run(
        (from, to, values) -> {
          byte[] counts = halvings.get(from);
          if (counts != null) {
            DomainSearch search = new DomainSearch(guards(), new Trial(values, draws));
            search.all(
                from,
                to,
                (count, i) -> {
                  counts[(int) i - from] = count.byteValue();
                  if (count > DomainSearch.HALVINGS) {
                    first.accumulateAndGet(search.first(i, i + 1), Leaving.FIRST);
                  }
                });
          }
        });
    return first.get() == null;
  }

  @Override
  protected Leaving first() {
    return first.get();
  }

  /** The update, with shorter steps where they were found to be needed. */
  void update(int draws, int from, int to, double[] values) {
    byte[] counts = halvings.get(from);
    if (counts == null) {
      hooks.update(draws, from, to, values);
      return;
    }
    int start = from;
    for (int i = from; i < to; i++) {
      int count = counts[i - from];
      if (count > 0) {
        if (start < i) {
          hooks.update(draws, start, i, values);
        }
        hooks.backOff(draws, DomainSearch.share(count), i, i + 1, values);
        countShortened(1);
        start = i + 1;
      }
    }
    if (start < to) {
      hooks.update(draws, start, to, values);
    }
  }

  @Override
  protected void forget() {
    halvings.clear();
  }

  /** What is tried inside a block. */
  private class Trial implements DomainSearch.Trial {

    private final double[] values;
    private final int draws;

    Trial(double[] values, int draws) {
      this.values = values;
      this.draws = draws;
    }

    @Override
    public void range(long from, long to, double[] range) {
      hooks.range(draws, (int) from, (int) to, values, range);
    }

    /** Tried, and taken back. */
    @Override
    public boolean stays(long coordinate, double share) {
      int i = (int) coordinate;
      int states = signature().states().size();
      double[] before = new double[states];
      for (int state = 0; state < states; state++) {
        before[state] = Array.getDouble(hooks.state(state), at(state, i));
      }
      hooks.backOff(draws, share, i, i + 1, values);
      boolean stays =
          guards().stream()
              .allMatch(
                  guard ->
                      guard
                          .domain()
                          .contains(
                              Array.getDouble(hooks.state(guard.state()), at(guard.state(), i))));
      for (int state = 0; state < states; state++) {
        write(hooks.state(state), at(state, i), before[state]);
      }
      return stays;
    }

    /** All coordinates share the first value of a shared state. */
    private int at(int state, int i) {
      return signature().shared().contains(signature().states().get(state)) ? 0 : i;
    }

    private static void write(Object array, int i, double value) {
      switch (array) {
        case float[] floats -> floats[i] = (float) value;
        case double[] doubles -> doubles[i] = value;
        default -> throw new IllegalArgumentException("no state: " + array.getClass());
      }
    }
  }
}
