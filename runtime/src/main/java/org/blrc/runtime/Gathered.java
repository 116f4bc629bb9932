package org.blrc.runtime;

import java.lang.reflect.Array;

/** The answers to one question from several backward passes. The array is kept for later steps. */
final class Gathered {

  private Object values;
  private int filled;
  private int passes;

  void clear() {
    filled = 0;
    passes = 0;
  }

  int passes() {
    return passes;
  }

  /** How many values there are. */
  int filled() {
    return filled;
  }

  /** The sum of the earlier answers; the array may be longer. */
  Object sum() {
    return values;
  }

  /** Adds an answer to the sum of the earlier ones. */
  void add(Object answer) {
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

  /** Puts an answer behind the earlier ones. */
  void append(Object answer) {
    passes++;
    int length = Array.getLength(answer);
    int needed = filled + length;
    if (values == null || Array.getLength(values) < needed) {
      Object larger = Array.newInstance(answer.getClass().getComponentType(), needed);
      if (filled > 0) {
        System.arraycopy(values, 0, larger, 0, filled);
      }
      values = larger;
    }
    System.arraycopy(answer, 0, values, filled, length);
    filled = needed;
  }

  /** The sum divided by the number of passes. */
  Object mean() {
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

  /** All that was appended, in an array that may be longer. */
  Object rows() {
    return values;
  }
}
