package org.blrc.runtime;

import java.util.List;
import java.util.function.ObjLongConsumer;
import org.blrc.runtime.DomainCheck.Leaving;

/** Finds the coordinates of a range that leave their domains, by halving it. */
public final class DomainSearch {

  /** After as many, a step is below the precision of doubles. */
  public static final int HALVINGS = 60;

  /** What a step would make of coordinates; no state is changed. */
  public interface Trial {

    /**
     * The least and the greatest new value of each guarded state in a range; both are NaN where one
     * is.
     *
     * @param range takes, at 2k, the least value of the k-th guard, and behind it the greatest
     */
    void range(long from, long to, double[] range);

    /**
     * Whether a coordinate stays in the domains if it makes a share of the step.
     *
     * @param share of the whole step, below 1
     */
    boolean stays(long coordinate, double share);
  }

  private final List<Guard> guards;
  private final Trial trial;
  private final double[] range;

  public DomainSearch(List<Guard> guards, Trial trial) {
    this.guards = guards;
    this.trial = trial;
    this.range = new double[2 * guards.size()];
  }

  /** The share of a step that was halved a number of times. */
  public static double share(int halvings) {
    return Math.scalb(1.0, -halvings);
  }

  /** Whether some coordinate of a range leaves. */
  public boolean leaves(long from, long to) {
    trial.range(from, to, range);
    for (int k = 0; k < guards.size(); k++) {
      Interval domain = guards.get(k).domain();
      if (!domain.contains(range[2 * k]) || !domain.contains(range[2 * k + 1])) {
        return true;
      }
    }
    return false;
  }

  /** The first that leaves, where some do. */
  public Leaving first(long from, long to) {
    long start = from;
    long end = to;
    while (end - start > 1) {
      long middle = (start + end) >>> 1;
      if (leaves(start, middle)) {
        end = middle;
      } else {
        start = middle;
      }
    }
    trial.range(start, end, range);
    for (int k = 0; k < guards.size(); k++) {
      if (!guards.get(k).domain().contains(range[2 * k])) {
        return new Leaving(start, guards.get(k), range[2 * k]);
      }
    }
    throw new IllegalStateException("no value leaves at coordinate " + start);
  }

  /**
   * Finds all that leave, in order.
   *
   * @param each takes how often the coordinate has to halve its step; more than {@link #HALVINGS}
   *     where that does not help
   */
  public void all(long from, long to, ObjLongConsumer<Integer> each) {
    if (!leaves(from, to)) {
      return;
    }
    if (to - from > 1) {
      long middle = (from + to) >>> 1;
      all(from, middle, each);
      all(middle, to, each);
      return;
    }
    int count = 1;
    while (count <= HALVINGS && !trial.stays(from, share(count))) {
      count++;
    }
    each.accept(count, from);
  }
}
