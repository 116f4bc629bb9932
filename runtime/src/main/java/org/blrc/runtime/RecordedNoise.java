package org.blrc.runtime;

import java.util.Arrays;

/**
 * Noise that was recorded elsewhere: the draws of the current step, by stream and sample. Steps are
 * not told apart; give the draws of a step before its first evaluation.
 */
public final class RecordedNoise implements NoiseSource {

  private double[][][] draws = {};

  /**
   * Replaces the draws.
   *
   * @param byStreamAndSample one value for each coordinate; the arrays are not copied
   */
  public void set(double[][]... byStreamAndSample) {
    draws = Arrays.copyOf(byStreamAndSample, byStreamAndSample.length);
  }

  @Override
  public void normal(
      int stream, long step, int sample, long from, double[] out, int at, int count) {
    copy(stream, sample, from, out, at, count);
  }

  @Override
  public void normal(int stream, long step, int sample, long from, float[] out, int at, int count) {
    copy(stream, sample, from, out, at, count);
  }

  @Override
  public void uniform(
      int stream, long step, int sample, long from, double[] out, int at, int count) {
    copy(stream, sample, from, out, at, count);
  }

  @Override
  public void uniform(
      int stream, long step, int sample, long from, float[] out, int at, int count) {
    copy(stream, sample, from, out, at, count);
  }

  private void copy(int stream, int sample, long from, double[] out, int at, int count) {
    System.arraycopy(draw(stream, sample), Math.toIntExact(from), out, at, count);
  }

  private void copy(int stream, int sample, long from, float[] out, int at, int count) {
    double[] draw = draw(stream, sample);
    int first = Math.toIntExact(from);
    for (int i = 0; i < count; i++) {
      out[at + i] = (float) draw[first + i];
    }
  }

  private double[] draw(int stream, int sample) {
    if (stream >= draws.length || sample >= draws[stream].length) {
      throw new IllegalStateException(
          "no draw was recorded for sample %d of stream %d".formatted(sample, stream));
    }
    return draws[stream][sample];
  }
}
