package org.blrc.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How the coordinates of an optimizer are cut. A block lies inside one group, or outside all; it is
 * small enough that what one loop writes and the next one reads stays in the cache, and large
 * enough that what is computed once for a block does not count.
 */
final class Blocks {

  static final int LENGTH = 8192;

  /**
   * The rows of a minibatch pass by one after the other: a row, and what is added up over the rows,
   * fit the cache that is next to the core.
   */
  private static final int LENGTH_WITH_ROWS = 2048;

  private final int[] from;
  private final int[] to;
  private final int[] group;

  /** How long blocks are for what is asked. */
  static int length(Signature signature) {
    boolean rows = signature.phases().stream().flatMap(List::stream).anyMatch(Question::perExample);
    return rows ? LENGTH_WITH_ROWS : LENGTH;
  }

  Blocks(int dimension, int length, List<Range> groups) {
    List<int[]> blocks = new ArrayList<>();
    List<Range> ordered = new ArrayList<>(groups);
    ordered.sort(Comparator.comparingLong(Range::from));
    int done = 0;
    for (Range range : ordered) {
      int start = Math.toIntExact(range.from());
      int end = Math.toIntExact(range.to());
      cut(done, start, length, 0, blocks);
      cut(start, end, length, 1 + groups.indexOf(range), blocks);
      done = end;
    }
    cut(done, dimension, length, 0, blocks);
    from = blocks.stream().mapToInt(block -> block[0]).toArray();
    to = blocks.stream().mapToInt(block -> block[1]).toArray();
    group = blocks.stream().mapToInt(block -> block[2]).toArray();
  }

  private static void cut(int from, int to, int length, int group, List<int[]> blocks) {
    for (int start = from; start < to; start += Math.min(length, to - start)) {
      blocks.add(new int[] {start, start + Math.min(length, to - start), group});
    }
  }

  int count() {
    return from.length;
  }

  /** The block of a coordinate. */
  int at(int coordinate) {
    int place = Arrays.binarySearch(from, coordinate);
    return place < 0 ? -2 - place : place;
  }

  int from(int block) {
    return from[block];
  }

  int to(int block) {
    return to[block];
  }

  /** 0 outside all groups, else one more than the place of the group. */
  int group(int block) {
    return group[block];
  }
}
