package org.blrc.program;

/** Converts between arrays of doubles and those of an optimizer. */
public sealed interface Precision<A> {

  A of(double[] values);

  double[] toDoubles(A values);

  void copy(double[] from, A to);

  /** For f64. */
  record Doubles() implements Precision<double[]> {

    @Override
    public double[] of(double[] values) {
      return values.clone();
    }

    @Override
    public double[] toDoubles(double[] values) {
      return values.clone();
    }

    @Override
    public void copy(double[] from, double[] to) {
      System.arraycopy(from, 0, to, 0, to.length);
    }
  }

  /** For f32. */
  record Floats() implements Precision<float[]> {

    @Override
    public float[] of(double[] values) {
      float[] result = new float[values.length];
      copy(values, result);
      return result;
    }

    @Override
    public double[] toDoubles(float[] values) {
      double[] result = new double[values.length];
      for (int i = 0; i < result.length; i++) {
        result[i] = values[i];
      }
      return result;
    }

    @Override
    public void copy(double[] from, float[] to) {
      for (int i = 0; i < to.length; i++) {
        to[i] = (float) from[i];
      }
    }
  }
}
