package org.blrc.runtime;

/**
 * The normal values of {@link PhiloxNoise} in single precision. Every operation below is one of
 * {@code float} arithmetic, rounded to nearest and contracted just where {@code fma} stands, so
 * that vectors of any width give the same bits; {@link VectorNormals} has the same formulas.
 *
 * <p>The radius: u = 1 + d or u = 2^e (1 + d) with -1/2 <= d <= 0, the former where u >= 1/2, so
 * that small radii keep their relative precision. The angle: the nearest quarter turn is taken off
 * in integers, which leaves at most an eighth of a turn, exactly. The polynomials are near-minimax
 * fits.
 *
 * <p>Over all words the relative error of a radius is below 2.8 * 2^-24, and that of a sine or
 * cosine below 3.8 * 2^-24; their product is rounded once more.
 */
final class SingleNormals {

  static final float MINUS_TWO_LOG_TWO = -1.3862944f;

  /** (-2 log(1 + d) / d + 2) / d as a polynomial in d, for -1/2 <= d <= 0; error 2.4e-8 in all. */
  static final float LOG_0 = 0.99999046f;

  static final float LOG_1 = -0.66726315f;
  static final float LOG_2 = 0.4873806f;
  static final float LOG_3 = -0.5272735f;
  static final float LOG_4 = -0.3614821f;
  static final float LOG_5 = -2.4165027f;
  static final float LOG_6 = -3.2781124f;
  static final float LOG_7 = -2.8285913f;

  /** (sin(a) / a - 1) / a^2 as a polynomial in a^2, for |a| <= pi/4; relative error 4e-9. */
  static final float SIN_0 = -0.16666655f;

  static final float SIN_1 = 0.008332178f;
  static final float SIN_2 = -1.9517298e-4f;

  /** (cos(a) - 1 + a^2 / 2) / a^4 as a polynomial in a^2, for |a| <= pi/4; error 2e-10. */
  static final float COS_0 = 0.041666646f;

  static final float COS_1 = -0.0013887316f;
  static final float COS_2 = 2.4433155e-5f;

  /** 2 pi / 2^34: a quarter of what one unit of a word is as an angle. */
  static final float ANGLE_UNIT = (float) (Math.PI * 0x1p-33);

  /** The angle of half a unit of a word. */
  static final float ANGLE_OFFSET = 2 * ANGLE_UNIT;

  static final int EIGHTH_TURN = 1 << 29;

  private static final boolean VECTORS =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  private final PhiloxAddress address;
  private final boolean vectors;

  SingleNormals(PhiloxAddress address) {
    this(address, VECTORS);
  }

  SingleNormals(PhiloxAddress address, boolean vectors) {
    this.address = address;
    this.vectors = vectors;
  }

  /** Writes the values of consecutive coordinates to {@code out[at .. at + count - 1]}. */
  void write(long from, float[] out, int at, int count) {
    // The first and the last block may be needed in part.
    int head = (int) Math.min(-from & 3, count);
    writeOneByOne(from, out, at, head);
    int done = head;
    if (vectors) {
      int blocks = (count - done) >>> 2;
      done +=
          4
              * VectorNormals.ofThisThread()
                  .write(address, (from + done) >>> 2, out, at + done, blocks);
    }
    writeOneByOne(from + done, out, at + done, count - done);
  }

  private void writeOneByOne(long from, float[] out, int at, int count) {
    if (count == 0) {
      return;
    }
    int[] words = new int[4];
    float[] normals = new float[4];
    long known = -1;
    for (int i = 0; i < count; i++) {
      long coordinate = from + i;
      if (coordinate >>> 2 != known) {
        known = coordinate >>> 2;
        address.words(known, words);
        boxMuller(words[0], words[1], normals, 0);
        boxMuller(words[2], words[3], normals, 2);
      }
      out[at + i] = normals[(int) (coordinate & 3)];
    }
  }

  static void boxMuller(int first, int second, float[] normals, int at) {
    float radius = radius(first);
    int turned = second + EIGHTH_TURN;
    float angle = Math.fma((float) (second << 2), ANGLE_UNIT, ANGLE_OFFSET);
    float square = angle * angle;
    float sine =
        Math.fma(Math.fma(Math.fma(square, SIN_2, SIN_1), square, SIN_0), square, 1f) * angle;
    float cosine =
        Math.fma(
            Math.fma(Math.fma(Math.fma(square, COS_2, COS_1), square, COS_0), square, -0.5f),
            square,
            1f);
    switch (turned >>> 30) {
      case 0 -> put(radius * cosine, radius * sine, normals, at);
      case 1 -> put(-(radius * sine), radius * cosine, normals, at);
      case 2 -> put(-(radius * cosine), -(radius * sine), normals, at);
      default -> put(radius * sine, -(radius * cosine), normals, at);
    }
  }

  private static void put(float first, float second, float[] normals, int at) {
    normals[at] = first;
    normals[at + 1] = second;
  }

  /** sqrt(-2 log u). */
  private static float radius(int word) {
    float exponent = 0;
    float d;
    if (word < 0) {
      d = (~word + 0.5f) * -0x1p-32f;
    } else {
      int bits = Float.floatToRawIntBits(word + 0.5f);
      exponent = (bits >> 23) - 158;
      d = Float.intBitsToFloat((bits & 0x7fffff) | 0x3f000000) - 1;
    }
    float series = Math.fma(LOG_7, d, LOG_6);
    series = Math.fma(series, d, LOG_5);
    series = Math.fma(series, d, LOG_4);
    series = Math.fma(series, d, LOG_3);
    series = Math.fma(series, d, LOG_2);
    series = Math.fma(series, d, LOG_1);
    series = Math.fma(series, d, LOG_0);
    series = Math.fma(series, d, -2f);
    return (float) Math.sqrt(Math.fma(exponent, MINUS_TWO_LOG_TWO, series * d));
  }
}
