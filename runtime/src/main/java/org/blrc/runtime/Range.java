package org.blrc.runtime;

import java.util.Arrays;
import java.util.List;

/**
 * A named range of coordinates, as it was declared.
 *
 * @param values the value of every hyper-parameter of the signature; NaN where it has none of its
 *     own
 */
record Range(String name, long from, long to, List<Double> values) {

  /**
   * Adds a range to others.
   *
   * @throws IllegalArgumentException if it is empty, its name is taken or it overlaps another one
   */
  static void add(List<Range> ranges, Range added) {
    if (added.from < 0 || added.from >= added.to) {
      throw new IllegalArgumentException("%s holds no coordinates".formatted(added));
    }
    for (Range other : ranges) {
      if (other.name.equals(added.name)) {
        throw new IllegalArgumentException("there are two groups of the name " + added.name);
      }
      if (other.from < added.to && added.from < other.to) {
        throw new IllegalArgumentException("%s overlaps %s".formatted(added, other));
      }
    }
    ranges.add(added);
  }

  /** The same range, of the same name, beyond other coordinates; without values. */
  Range movedBy(long coordinates) {
    return new Range(name, coordinates + from, coordinates + to, List.of());
  }

  /** The values in this range where the optimizer has the given ones. */
  double[] over(double[] optimizer) {
    double[] result = optimizer.clone();
    Arrays.setAll(result, i -> values.get(i).isNaN() ? optimizer[i] : values.get(i));
    return result;
  }

  @Override
  public String toString() {
    return "group %s (%d to %d)".formatted(name, from, to);
  }
}
