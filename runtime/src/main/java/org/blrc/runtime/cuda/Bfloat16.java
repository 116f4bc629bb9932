package org.blrc.runtime.cuda;

/** bfloat16: the upper half of a number in single precision. */
final class Bfloat16 {

  private static final int HALF = 16;

  private Bfloat16() {}

  /** The nearest number, or that of two whose last digit is even. */
  static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> HALF | 0x40);
    }
    return (short) ((bits + 0x7fff + (bits >>> HALF & 1)) >>> HALF);
  }

  static float toFloat(short upper) {
    return Float.intBitsToFloat(upper << HALF);
  }
}
