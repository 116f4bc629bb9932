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

  /** What is added to the values first; null if nothing is. */
  private Object sum;

  private int length;

  FiniteCheck(Workers workers) {
    this.workers = workers;
  }

  /** The index of the first value that is not finite, or -1. */
  long firstIn(Object array) {
    return find(array, null);
  }

  /** The index of the first value that is not finite in the sum of two arrays, or -1. */
  long firstInSum(Object sum, Object array) {
    return find(array, sum);
  }

  private long find(Object array, Object added) {
    values = array;
    sum = added;
    length = Array.getLength(array);
    first.set(Long.MAX_VALUE);
    workers.run(Math.ceilDiv(length, Blocks.LENGTH), length < Workers.FEW, body);
    values = null;
    sum = null;
    return first.get() == Long.MAX_VALUE ? -1 : first.get();
  }

  private void check(int block) {
    int from = block * Blocks.LENGTH;
    int to = from + Math.min(Blocks.LENGTH, length - from);
    switch (values) {
      case float[] floats -> {
        float[] added = (float[]) sum;
        float largest =
            added == null ? largest(floats, from, to) : largest(floats, added, from, to);
        if (!(largest <= Float.MAX_VALUE)) {
          int i = from;
          while (Float.isFinite(added == null ? floats[i] : added[i] + floats[i])) {
            i++;
          }
          first.accumulateAndGet(i, Math::min);
        }
      }
      case double[] doubles -> {
        double[] added = (double[]) sum;
        double largest =
            added == null ? largest(doubles, from, to) : largest(doubles, added, from, to);
        if (!(largest <= Double.MAX_VALUE)) {
          int i = from;
          while (Double.isFinite(added == null ? doubles[i] : added[i] + doubles[i])) {
            i++;
          }
          first.accumulateAndGet(i, Math::min);
        }
      }
      default -> throw new IllegalArgumentException("no answer: " + values.getClass());
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

  private static float largest(float[] values, float[] added, int from, int to) {
    float largest = 0;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, Math.abs(added[i] + values[i]));
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

  private static double largest(double[] values, double[] added, int from, int to) {
    double largest = 0;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, Math.abs(added[i] + values[i]));
    }
    return largest;
  }
}
