package org.blrc.runtime;

import java.lang.reflect.Array;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/** Looks for values that are not finite, on all cores: one pass that only reads. */
final class FiniteCheck {

  private final Workers workers;
  private final AtomicLong first = new AtomicLong();
  private final IntConsumer body = this::check;
  private Object values;
  private int length;

  FiniteCheck(Workers workers) {
    this.workers = workers;
  }

  /** The index of the first value that is not finite, or -1. */
  long firstIn(Object array, boolean alone) {
    values = array;
    length = Array.getLength(array);
    first.set(Long.MAX_VALUE);
    workers.run(Math.ceilDiv(length, Blocks.LENGTH), alone, body);
    values = null;
    return first.get() == Long.MAX_VALUE ? -1 : first.get();
  }

  private void check(int block) {
    int from = block * Blocks.LENGTH;
    int to = from + Math.min(Blocks.LENGTH, length - from);
    switch (values) {
      case float[] floats when !(largest(floats, from, to) <= Float.MAX_VALUE) -> {
        int i = from;
        while (Float.isFinite(floats[i])) {
          i++;
        }
        first.accumulateAndGet(i, Math::min);
      }
      case double[] doubles when !(largest(doubles, from, to) <= Double.MAX_VALUE) -> {
        int i = from;
        while (Double.isFinite(doubles[i])) {
          i++;
        }
        first.accumulateAndGet(i, Math::min);
      }
      default -> {}
    }
  }

  /** The largest magnitude; NaN if there is one. */
  private static float largest(float[] values, int from, int to) {
    float largest = 0;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    return largest;
  }

  private static double largest(double[] values, int from, int to) {
    double largest = 0;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    return largest;
  }
}
