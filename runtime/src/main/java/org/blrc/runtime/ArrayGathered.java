package org.blrc.runtime;

import java.lang.reflect.Array;

/** Answers put together in one array, which may be longer than they are. */
final class ArrayGathered<A> implements Gathered<A> {

  /** What every JVM can allocate. */
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private A values;
  private int filled;
  private int passes;

  @Override
  public void clear() {
    filled = 0;
    passes = 0;
  }

  @Override
  public int passes() {
    return passes;
  }

  @Override
  public long filled() {
    return filled;
  }

  @Override
  public long limit() {
    return LARGEST_ARRAY;
  }

  @Override
  public A sum() {
    return values;
  }

  @Override
  public void add(A answer) {
    int length = Array.getLength(answer);
    if (passes == 0) {
      append(answer);
      return;
    }
    passes++;
    switch (answer) {
      case float[] floats -> {
        float[] sum = (float[]) values;
        for (int i = 0; i < length; i++) {
          sum[i] += floats[i];
        }
      }
      case double[] doubles -> {
        double[] sum = (double[]) values;
        for (int i = 0; i < length; i++) {
          sum[i] += doubles[i];
        }
      }
      default -> throw new IllegalArgumentException("no answer: " + answer.getClass());
    }
  }

  @Override
  public void append(A answer) {
    passes++;
    int length = Array.getLength(answer);
    int needed = filled + length;
    if (values == null || Array.getLength(values) < needed) {
      @SuppressWarnings("unchecked")
      A larger = (A) Array.newInstance(answer.getClass().getComponentType(), needed);
      if (filled > 0) {
        System.arraycopy(values, 0, larger, 0, filled);
      }
      values = larger;
    }
    System.arraycopy(answer, 0, values, filled, length);
    filled = needed;
  }

  @Override
  public A mean() {
    switch (values) {
      case float[] sum -> {
        for (int i = 0; i < filled; i++) {
          sum[i] /= passes;
        }
      }
      case double[] sum -> {
        for (int i = 0; i < filled; i++) {
          sum[i] /= passes;
        }
      }
      default -> throw new IllegalArgumentException("no answer: " + values.getClass());
    }
    return values;
  }

  @Override
  public A rows() {
    return values;
  }
}
