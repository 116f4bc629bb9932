package org.blrc.runtime.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.blrc.runtime.cuda.Device.LoadedKernels;

/**
 * The kernels that every program has: what is done with answers before they are used, and the
 * second stages of sums and of ranges.
 */
final class AnswerKernels {

  private final Device device;
  private final Layout layout;
  private final Call add;
  private final Call mean;
  private final Call nonFinite;
  private final Call extremes;

  AnswerKernels(Arena arena, Layout layout, int columns, LoadedKernels code) {
    this.device = layout.device();
    this.layout = layout;
    long tensors = Pieces.size(columns);
    long number = Long.BYTES;
    this.add = new Call(arena, code.find("addAnswer"), tensors, number, number, number);
    this.mean = new Call(arena, code.find("meanAnswer"), tensors, number, number, number, number);
    this.nonFinite =
        new Call(
            arena, code.find("firstNonFinite"), tensors, number, number, number, number, number);
    this.extremes = new Call(arena, code.find("extremes"), number, number, number, number);
  }

  /** Adds an answer to a sum. */
  void add(DeviceArray sum, DeviceArray answer) {
    forGroups(
        (group, pieces) -> {
          pieces.describe(add.value(0));
          add.set(1, sum.table(group)).set(2, answer.table(group)).set(3, answer.rows());
          add.launch(device.blocks(pieces.chunks()));
        });
  }

  /** Divides a sum by the number of answers in it; the mean may take the place of the sum. */
  void mean(DeviceArray sum, DeviceArray result, int passes) {
    forGroups(
        (group, pieces) -> {
          pieces.describe(mean.value(0));
          mean.set(1, sum.table(group)).set(2, result.table(group));
          mean.set(3, sum.rows()).set(4, passes);
          mean.launch(device.blocks(pieces.chunks()));
        });
  }

  /** The index of the first value of an answer, or of its sum, that is not finite; or -1. */
  long firstNonFinite(DeviceArray answer, DeviceArray sum, long width) {
    double[] first = {Double.POSITIVE_INFINITY};
    forGroups(
        (group, pieces) -> {
          pieces.describe(nonFinite.value(0));
          nonFinite.set(1, sum == null ? 0 : sum.table(group)).set(2, answer.table(group));
          nonFinite.set(3, answer.rows()).set(4, width);
          try (Scratch scratch = new Scratch(device, pieces.chunks() + 2)) {
            nonFinite.set(5, scratch.address());
            nonFinite.launch(device.blocks(pieces.chunks()));
            first[0] = Math.min(first[0], extremes(scratch.address(), pieces.chunks(), 1)[0]);
          }
        });
    return Double.isFinite(first[0]) ? (long) first[0] : -1;
  }

  /**
   * The least of the even numbers that the chunks came to, and the greatest of the odd ones; waits
   * for them.
   *
   * @param parts where they lie; behind them is room for the results
   */
  double[] extremes(long parts, long chunks, int count) {
    long results = parts + chunks * count * Double.BYTES;
    extremes.set(0, parts).set(1, chunks).set(2, count).set(3, results);
    extremes.launch(1);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment values = arena.allocate(ValueLayout.JAVA_DOUBLE, count);
      device.read(results, values);
      return values.toArray(ValueLayout.JAVA_DOUBLE);
    }
  }

  private interface GroupAction {
    void run(int group, Pieces pieces);
  }

  private void forGroups(GroupAction action) {
    for (int group = 0; group < layout.groups().size(); group++) {
      Pieces pieces = layout.groups().get(group);
      if (pieces.chunks() > 0) {
        action.run(group, pieces);
      }
    }
  }
}
