package org.blrc.emit.cuda;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Arrays of one kind, and how they are copied to memory outside and back. */
interface Heap<A> {

  Heap<double[]> DOUBLES =
      new Heap<>() {
        @Override
        public double[] filled(int length, double value) {
          double[] array = new double[length];
          Arrays.fill(array, value);
          return array;
        }

        @Override
        public int length(double[] array) {
          return array.length;
        }

        @Override
        public long bytes() {
          return Double.BYTES;
        }

        @Override
        public MemorySegment segment(double[] array) {
          return MemorySegment.ofArray(array);
        }
      };

  Heap<float[]> FLOATS =
      new Heap<>() {
        @Override
        public float[] filled(int length, double value) {
          float[] array = new float[length];
          Arrays.fill(array, (float) value);
          return array;
        }

        @Override
        public int length(float[] array) {
          return array.length;
        }

        @Override
        public long bytes() {
          return Float.BYTES;
        }

        @Override
        public MemorySegment segment(float[] array) {
          return MemorySegment.ofArray(array);
        }
      };

  A filled(int length, double value);

  int length(A array);

  /** The size of a number. */
  long bytes();

  MemorySegment segment(A array);

  default A allocate(int length) {
    return filled(length, 0);
  }

  default void copy(A array, int from, MemorySegment to, long at, int count) {
    MemorySegment.copy(segment(array), from * bytes(), to, at * bytes(), count * bytes());
  }

  default void copyBack(MemorySegment from, long at, A array, int to, int count) {
    MemorySegment.copy(from, at * bytes(), segment(array), to * bytes(), count * bytes());
  }
}
