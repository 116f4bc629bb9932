package org.blrc.runtime;

/**
 * Where draws come from. A value depends only on its address (stream, step, sample, coordinate), so
 * that a result never depends on threads or on how loops are cut. Implementations may be called
 * from several threads at once.
 */
public interface NoiseSource {

  /**
   * Writes standard normal values for the coordinates {@code from .. from + count - 1} to {@code
   * out[at .. at + count - 1]}.
   *
   * @param stream the number of the noise input in its optimizer
   * @param step the step, from 1
   * @param sample the draw within the step, from 0
   */
  void normal(int stream, long step, int sample, long from, double[] out, int at, int count);

  /** As above, in single precision. */
  void normal(int stream, long step, int sample, long from, float[] out, int at, int count);

  /** Values that are uniform on the open interval (0, 1). */
  void uniform(int stream, long step, int sample, long from, double[] out, int at, int count);

  /** As above, in single precision. */
  void uniform(int stream, long step, int sample, long from, float[] out, int at, int count);
}
