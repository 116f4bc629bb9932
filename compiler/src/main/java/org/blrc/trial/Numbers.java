package org.blrc.trial;

import java.util.Arrays;

/** The precision that an optimizer computes in; models compute in double precision. */
public interface Numbers<A> {

  /** Optimizers over {@code double[]}. */
  Numbers<double[]> DOUBLE =
      new Numbers<>() {
        @Override
        public double[] allocate(int length) {
          return new double[length];
        }

        @Override
        public void read(double[] from, double[] to) {
          System.arraycopy(from, 0, to, 0, to.length);
        }

        @Override
        public void write(double[] from, double[] to) {
          System.arraycopy(from, 0, to, 0, from.length);
        }
      };

  /** Optimizers over {@code float[]}. */
  Numbers<float[]> FLOAT =
      new Numbers<>() {
        @Override
        public float[] allocate(int length) {
          return new float[length];
        }

        @Override
        public void read(float[] from, double[] to) {
          Arrays.setAll(to, i -> from[i]);
        }

        @Override
        public void write(double[] from, float[] to) {
          for (int i = 0; i < from.length; i++) {
            to[i] = (float) from[i];
          }
        }
      };

  A allocate(int length);

  void read(A from, double[] to);

  void write(double[] from, A to);
}
