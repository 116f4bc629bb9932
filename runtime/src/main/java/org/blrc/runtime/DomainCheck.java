package org.blrc.runtime;

import java.lang.reflect.Array;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BinaryOperator;

/**
 * Looks at a step before it is made: whether it keeps the states in their domains, and where it
 * does not, how much shorter it has to be. Coordinates are judged one by one, so that nothing
 * depends on how they are cut and shared out.
 */
final class DomainCheck {

  /** After as many, a step is below the precision of doubles. */
  static final int HALVINGS = 60;

  /** What a step would make of the guarded states of a block, see {@link StepHooks#range}. */
  @FunctionalInterface
  interface Ranges {
    void take(int from, int to, double[] values, double[] range);
  }

  /** A value that leaves. */
  private record Leaving(int coordinate, Guard guard, double value) {

    static final BinaryOperator<Leaving> FIRST =
        (left, right) -> left != null && left.coordinate < right.coordinate ? left : right;
  }

  private final Signature signature;
  private final List<Guard> guards;
  private final StepHooks<?> hooks;
  private final Passes passes;
  private final AtomicReference<Leaving> first = new AtomicReference<>();

  /** By the first coordinate of a block from which some leave: how often each halves its step. */
  private final Map<Integer, byte[]> halvings = new ConcurrentHashMap<>();

  private final AtomicLong shortened = new AtomicLong();
  private OutOfDomain policy = OutOfDomain.REJECT;

  DomainCheck(Signature signature, StepHooks<?> hooks, Passes passes) {
    this.signature = signature;
    this.guards = signature.guards();
    this.hooks = hooks;
    this.passes = passes;
  }

  OutOfDomain policy() {
    return policy;
  }

  /**
   * @throws IllegalArgumentException if steps cannot be made shorter
   */
  void policy(OutOfDomain other) {
    Objects.requireNonNull(other, "policy");
    if (other == OutOfDomain.BACK_OFF && !guards.isEmpty() && !signature.backsOff()) {
      throw new IllegalArgumentException(
          signature.name() + " cannot back off: its update is not known at other rates");
    }
    policy = other;
  }

  /** How many coordinates have made a shorter step. */
  long shortened() {
    return shortened.get();
  }

  boolean isNeeded() {
    return !guards.isEmpty() && policy != OutOfDomain.PROPAGATE;
  }

  boolean backsOff() {
    return policy == OutOfDomain.BACK_OFF;
  }

  /** Whether the step keeps all states in their domains. */
  boolean accepts(Ranges ranges) {
    first.set(null);
    halvings.clear();
    passes.run(
        (from, to, values) -> {
          Search search = new Search(ranges, values);
          if (search.leaves(from, to)) {
            halvings.put(from, new byte[to - from]);
            first.accumulateAndGet(search.first(from, to), Leaving.FIRST);
          }
        });
    return halvings.isEmpty();
  }

  /**
   * Finds out how often each coordinate has to halve its step, where it was not accepted; the
   * states are as before. Returns whether that helps everywhere.
   */
  boolean shorten(int draws) {
    first.set(null);
    Ranges ranges = (from, to, values, range) -> hooks.range(draws, from, to, values, range);
    passes.run(
        (from, to, values) -> {
          byte[] counts = halvings.get(from);
          if (counts != null) {
            new Search(ranges, values).shorten(draws, from, to, from, counts);
          }
        });
    return first.get() == null;
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
        hooks.backOff(draws, share(count), i, i + 1, values);
        shortened.incrementAndGet();
        start = i + 1;
      }
    }
    if (start < to) {
      hooks.update(draws, start, to, values);
    }
  }

  void forget() {
    halvings.clear();
  }

  OutOfDomainException refusal(long step) {
    Leaving leaving = first.get();
    String state = signature.states().get(leaving.guard.state());
    boolean shared = signature.shared().contains(state);
    long coordinate = shared ? -1 : hooks.draws.first() + leaving.coordinate;
    return new OutOfDomainException(
        "%s would be %s%s in step %d, outside of %s%s"
            .formatted(
                state,
                leaving.value,
                shared ? "" : " at coordinate " + coordinate,
                step,
                leaving.guard.domain(),
                backsOff() ? "; halving the step %d times does not help".formatted(HALVINGS) : ""),
        state,
        leaving.value,
        coordinate,
        step);
  }

  private static double share(int halvings) {
    return Math.scalb(1.0, -halvings);
  }

  /** What is looked for inside a block. */
  private final class Search {

    private final Ranges ranges;
    private final double[] values;
    private final double[] range = new double[2 * guards.size()];

    Search(Ranges ranges, double[] values) {
      this.ranges = ranges;
      this.values = values;
    }

    boolean leaves(int from, int to) {
      ranges.take(from, to, values, range);
      for (int k = 0; k < guards.size(); k++) {
        Interval domain = guards.get(k).domain();
        if (!domain.contains(range[2 * k]) || !domain.contains(range[2 * k + 1])) {
          return true;
        }
      }
      return false;
    }

    /** The first that leaves, where some do. */
    Leaving first(int from, int to) {
      int start = from;
      int end = to;
      while (end - start > 1) {
        int middle = (start + end) >>> 1;
        if (leaves(start, middle)) {
          end = middle;
        } else {
          start = middle;
        }
      }
      ranges.take(start, end, values, range);
      for (int k = 0; k < guards.size(); k++) {
        if (!guards.get(k).domain().contains(range[2 * k])) {
          return new Leaving(start, guards.get(k), range[2 * k]);
        }
      }
      throw new IllegalStateException("no value leaves at coordinate " + start);
    }

    void shorten(int draws, int from, int to, int start, byte[] counts) {
      if (!leaves(from, to)) {
        return;
      }
      if (to - from > 1) {
        int middle = (from + to) >>> 1;
        shorten(draws, from, middle, start, counts);
        shorten(draws, middle, to, start, counts);
        return;
      }
      Leaving leaving = first(from, to);
      int count = halvings(draws, from);
      counts[from - start] = (byte) count;
      if (count > HALVINGS) {
        first.accumulateAndGet(leaving, Leaving.FIRST);
      }
    }

    /** How often a coordinate has to halve its step: tried, and taken back. */
    private int halvings(int draws, int i) {
      int states = signature.states().size();
      double[] before = new double[states];
      for (int state = 0; state < states; state++) {
        before[state] = Array.getDouble(hooks.state(state), i);
      }
      int count = 0;
      boolean stays = false;
      while (!stays && count <= HALVINGS) {
        count++;
        hooks.backOff(draws, share(count), i, i + 1, values);
        stays =
            guards.stream()
                .allMatch(
                    guard ->
                        guard.domain().contains(Array.getDouble(hooks.state(guard.state()), i)));
        for (int state = 0; state < states; state++) {
          write(hooks.state(state), i, before[state]);
        }
      }
      return count;
    }

    private void write(Object array, int i, double value) {
      switch (array) {
        case float[] floats -> floats[i] = (float) value;
        case double[] doubles -> doubles[i] = value;
        default -> throw new IllegalArgumentException("no state: " + array.getClass());
      }
    }
  }
}
