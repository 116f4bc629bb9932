package org.blrc.runtime;

/**
 * Noise from Philox 4x32-10. A value is a function of the seed and its address alone; other back
 * ends reproduce the same integers from the following layout.
 *
 * <p>The key is the seed: its low 32 bits, then its high 32 bits. One block of four words serves
 * the four coordinates 4b, 4b + 1, 4b + 2, 4b + 3. Its counter is
 *
 * <pre>
 * word 0   bits 0..31 of b
 * word 1   bits 32..47 of b in the low half, bits 32..47 of the step in the high half
 * word 2   bits 0..31 of the step
 * word 3   the sample in the low 24 bits, the stream in the high 8 bits
 * </pre>
 *
 * so coordinates lie below 2^50, steps below 2^48, samples below 2^24 and streams below 2^8; beyond
 * these limits an {@code IllegalArgumentException} is thrown.
 *
 * <p>A word w, read as unsigned, stands for u = (w + 1/2) 2^-32, which is exact in double precision
 * and lies strictly inside (0, 1). Word i is the uniform value of coordinate 4b + i; in single
 * precision it is rounded, and a value that would round to 1 becomes the float below 1.
 *
 * <p>The words (w0, w1) give the normal values of coordinates 4b and 4b + 1 by the Box-Muller
 * transform, r cos(2 pi u1) and r sin(2 pi u1) with r = sqrt(-2 log u0); (w2, w3) likewise those of
 * 4b + 2 and 4b + 3. The largest possible magnitude is sqrt(66 log 2), about 6.76. In double
 * precision these are evaluated as they stand. In single precision they are evaluated in {@code
 * float} arithmetic throughout, operation by operation as {@link SingleNormals} says; its relative
 * error is below 8 * 2^-24, also where it is near zero. So the two precisions agree, and a back end
 * whose logarithm or sine is another one agrees to within a few units in the last place if it takes
 * off half turns in integers, and log u from 1 - u where u is above one half.
 *
 * <p>Single-precision normal values are computed with vector instructions where the module {@code
 * jdk.incubator.vector} is in the boot layer ({@code java --add-modules jdk.incubator.vector}), one
 * by one otherwise, with the same results.
 *
 * @param seed any value; different seeds give independent noise
 */
public record PhiloxNoise(long seed) implements NoiseSource {

  private static final float BELOW_ONE = Math.nextDown(1f);

  @Override
  public void normal(
      int stream, long step, int sample, long from, double[] out, int at, int count) {
    PhiloxStream values = stream(stream, step, sample, from, count);
    for (int i = at; i < at + count; i++) {
      out[i] = values.nextNormal();
    }
  }

  @Override
  public void normal(int stream, long step, int sample, long from, float[] out, int at, int count) {
    new SingleNormals(PhiloxAddress.of(seed, stream, step, sample, from, count))
        .write(from, out, at, count);
  }

  @Override
  public void uniform(
      int stream, long step, int sample, long from, double[] out, int at, int count) {
    PhiloxStream values = stream(stream, step, sample, from, count);
    for (int i = at; i < at + count; i++) {
      out[i] = values.nextUniform();
    }
  }

  @Override
  public void uniform(
      int stream, long step, int sample, long from, float[] out, int at, int count) {
    PhiloxStream values = stream(stream, step, sample, from, count);
    for (int i = at; i < at + count; i++) {
      out[i] = Math.min((float) values.nextUniform(), BELOW_ONE);
    }
  }

  private PhiloxStream stream(int stream, long step, int sample, long from, int count) {
    return new PhiloxStream(PhiloxAddress.of(seed, stream, step, sample, from, count), from);
  }
}
