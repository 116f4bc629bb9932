package org.blrc.runtime;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link SingleNormals} with vector instructions. The only class that needs the module {@code
 * jdk.incubator.vector}; it is not loaded where the module is absent. Vectors stay in registers
 * only where everything that handles them is compiled as one: so each loop has a method of its own,
 * which is not too large for that.
 */
final class VectorNormals {

  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> LONGS = INTS.withLanes(long.class);
  private static final VectorSpecies<Float> FLOATS = INTS.withLanes(float.class);

  /** How many blocks of four coordinates one vector of words stands for. */
  private static final int LANES = INTS.length();

  private static final int CAPACITY = 256;
  private static final int ROUNDS = 10;
  private static final long HIGH = 0xFFFFFFFF00000000L;

  private static final ThreadLocal<VectorNormals> OF_THIS_THREAD =
      ThreadLocal.withInitial(VectorNormals::new);

  private final long[] keys = new long[2 * ROUNDS * LONGS.length()];
  private final long[] high0 = new long[CAPACITY];
  private final long[] low1 = new long[CAPACITY];
  private final long[] high2 = new long[CAPACITY];
  private final long[] low3 = new long[CAPACITY];
  private final float[] radii = new float[CAPACITY];
  private final float[] cosines0 = new float[CAPACITY];
  private final float[] sines0 = new float[CAPACITY];
  private final float[] cosines2 = new float[CAPACITY];
  private final float[] sines2 = new float[CAPACITY];

  private VectorNormals() {}

  static VectorNormals ofThisThread() {
    return OF_THIS_THREAD.get();
  }

  /**
   * Writes the values of the coordinates from 4 block on, as far as they fill vectors.
   *
   * @param blocks how many blocks of four coordinates are asked for
   * @return how many were written
   */
  int write(PhiloxAddress address, long block, float[] out, int at, int blocks) {
    int whole = blocks - blocks % LANES;
    fillKeys(address);
    for (int done = 0; done < whole; done += CAPACITY) {
      int length = Math.min(CAPACITY, whole - done);
      philox(address, block + done, length);
      radii(high0, radii, length);
      turn(low1, radii, cosines0, sines0, length);
      radii(high2, radii, length);
      turn(low3, radii, cosines2, sines2, length);
      interleave(out, at + 4 * done, length);
    }
    return whole;
  }

  /** The two words of each round's key, in the high half of every lane. */
  private void fillKeys(PhiloxAddress address) {
    int key0 = address.key0();
    int key1 = address.key1();
    int lanes = LONGS.length();
    for (int round = 0; round < ROUNDS; round++) {
      int at = 2 * round * lanes;
      for (int lane = 0; lane < lanes; lane++) {
        keys[at + lane] = (long) key0 << 32;
        keys[at + lanes + lane] = (long) key1 << 32;
      }
      key0 += Philox.WEYL_0;
      key1 += Philox.WEYL_1;
    }
  }

  /**
   * Philox on two vectors of counters, those of the even blocks and those of the odd ones. The
   * words that are multiplied next lie in the high halves of their lanes, the others in the low
   * halves of products: so both factors of a product are shifted down, from which HotSpot sees that
   * a multiplication of 32-bit numbers is enough.
   */
  private void philox(PhiloxAddress address, long block, int length) {
    int lanes = LONGS.length();
    LongVector multiplier0 = LongVector.broadcast(LONGS, Philox.MULTIPLIER_0 << 32);
    LongVector multiplier1 = LongVector.broadcast(LONGS, Philox.MULTIPLIER_1 << 32);
    LongVector evenNumbers = LongVector.zero(LONGS).addIndex(2);
    LongVector stepHigh = LongVector.broadcast(LONGS, address.stepHigh());
    LongVector stepLow = LongVector.broadcast(LONGS, (long) address.stepLow() << 32);
    LongVector source = LongVector.broadcast(LONGS, address.source());
    for (int i = 0; i < length; i += LANES) {
      LongVector evenBlocks = evenNumbers.add(block + i);
      LongVector oddBlocks = evenBlocks.add(1);
      LongVector even0 = evenBlocks.lanewise(LSHL, 32);
      LongVector even1 = evenBlocks.lanewise(LSHR, 32).or(stepHigh);
      LongVector even2 = stepLow;
      LongVector even3 = source;
      LongVector odd0 = oddBlocks.lanewise(LSHL, 32);
      LongVector odd1 = oddBlocks.lanewise(LSHR, 32).or(stepHigh);
      LongVector odd2 = stepLow;
      LongVector odd3 = source;
      for (int key = 0; key < 2 * ROUNDS * lanes; key += 2 * lanes) {
        LongVector key0 = LongVector.fromArray(LONGS, keys, key);
        LongVector key1 = LongVector.fromArray(LONGS, keys, key + lanes);
        LongVector evenProduct0 = even0.lanewise(LSHR, 32).mul(multiplier0.lanewise(LSHR, 32));
        LongVector evenProduct2 = even2.lanewise(LSHR, 32).mul(multiplier1.lanewise(LSHR, 32));
        LongVector oddProduct0 = odd0.lanewise(LSHR, 32).mul(multiplier0.lanewise(LSHR, 32));
        LongVector oddProduct2 = odd2.lanewise(LSHR, 32).mul(multiplier1.lanewise(LSHR, 32));
        even0 = even1.lanewise(LSHL, 32).lanewise(XOR, evenProduct2).lanewise(XOR, key0);
        odd0 = odd1.lanewise(LSHL, 32).lanewise(XOR, oddProduct2).lanewise(XOR, key0);
        even2 = even3.lanewise(LSHL, 32).lanewise(XOR, evenProduct0).lanewise(XOR, key1);
        odd2 = odd3.lanewise(LSHL, 32).lanewise(XOR, oddProduct0).lanewise(XOR, key1);
        even1 = evenProduct2;
        odd1 = oddProduct2;
        even3 = evenProduct0;
        odd3 = oddProduct0;
      }
      even0.intoArray(high0, i);
      odd0.intoArray(high0, i + lanes);
      even1.intoArray(low1, i);
      odd1.intoArray(low1, i + lanes);
      even2.intoArray(high2, i);
      odd2.intoArray(high2, i + lanes);
      even3.intoArray(low3, i);
      odd3.intoArray(low3, i + lanes);
    }
  }

  /** What the cosines and sines of {@link #turn} are multiplied with. */
  private static void radii(long[] words, float[] radii, int length) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    FloatVector atanh0 = FloatVector.broadcast(FLOATS, SingleNormals.ATANH_0);
    FloatVector atanh1 = FloatVector.broadcast(FLOATS, SingleNormals.ATANH_1);
    FloatVector log2 = FloatVector.broadcast(FLOATS, SingleNormals.LOG_2);
    for (int i = 0; i < length; i += LANES) {
      // The high halves of even and odd blocks side by side, in the order of the blocks.
      LongVector even = LongVector.fromArray(LONGS, words, i);
      LongVector odd = LongVector.fromArray(LONGS, words, i + LONGS.length());
      IntVector word = even.lanewise(LSHR, 32).or(odd.and(HIGH)).reinterpretAsInts();
      VectorMask<Float> upper = word.compare(LT, 0).cast(FLOATS);
      IntVector bits = toFloats(word).add(0.5f).reinterpretAsInts();
      FloatVector exponent = toFloats(bits.lanewise(ASHR, 23).sub(158)).blend(0f, upper);
      FloatVector d =
          bits.and(0x7fffff)
              .or(0x3f000000)
              .reinterpretAsFloats()
              .sub(1f)
              .blend(toFloats(word.not()).add(0.5f).mul(-0x1p-32f), upper);
      FloatVector q = d.div(d.add(2f));
      FloatVector square = q.mul(q);
      FloatVector log =
          square
              .fma(SingleNormals.ATANH_3, SingleNormals.ATANH_2)
              .fma(square, atanh1)
              .fma(square, atanh0)
              .fma(square, one)
              .mul(q.add(q));
      exponent.fma(log2, log).mul(-2f).sqrt().intoArray(radii, i);
    }
  }

  private static void turn(
      long[] words, float[] radii, float[] cosines, float[] sines, int length) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    FloatVector minusHalf = FloatVector.broadcast(FLOATS, -0.5f);
    FloatVector sin0 = FloatVector.broadcast(FLOATS, SingleNormals.SIN_0);
    FloatVector cos0 = FloatVector.broadcast(FLOATS, SingleNormals.COS_0);
    for (int i = 0; i < length; i += LANES) {
      // The same with the low halves.
      LongVector even = LongVector.fromArray(LONGS, words, i);
      LongVector odd = LongVector.fromArray(LONGS, words, i + LONGS.length());
      IntVector turned =
          even.and(~HIGH)
              .or(odd.lanewise(LSHL, 32))
              .reinterpretAsInts()
              .add(SingleNormals.EIGHTH_TURN);
      FloatVector angle =
          toFloats(turned.and(SingleNormals.BELOW_QUARTER_TURN).sub(SingleNormals.EIGHTH_TURN))
              .add(0.5f)
              .mul(SingleNormals.ANGLE_UNIT);
      FloatVector square = angle.mul(angle);
      IntVector sine =
          square
              .fma(SingleNormals.SIN_2, SingleNormals.SIN_1)
              .fma(square, sin0)
              .fma(square, one)
              .mul(angle)
              .reinterpretAsInts();
      IntVector cosine =
          square
              .fma(SingleNormals.COS_2, SingleNormals.COS_1)
              .fma(square, cos0)
              .fma(square, minusHalf)
              .fma(square, one)
              .reinterpretAsInts();
      // The top two bits say how many quarter turns were taken off. After an odd number sine and
      // cosine change places; then the top bits give the signs.
      IntVector half = turned.and(Integer.MIN_VALUE);
      IntVector quarter = turned.lanewise(LSHL, 1);
      IntVector exchange = cosine.lanewise(XOR, sine).and(quarter.lanewise(ASHR, 31));
      IntVector sign = half.lanewise(XOR, quarter.and(Integer.MIN_VALUE));
      FloatVector radius = FloatVector.fromArray(FLOATS, radii, i);
      cosine
          .lanewise(XOR, exchange)
          .lanewise(XOR, sign)
          .reinterpretAsFloats()
          .mul(radius)
          .intoArray(cosines, i);
      sine.lanewise(XOR, exchange)
          .lanewise(XOR, half)
          .reinterpretAsFloats()
          .mul(radius)
          .intoArray(sines, i);
    }
  }

  private static FloatVector toFloats(IntVector values) {
    return (FloatVector) values.convertShape(I2F, FLOATS, 0);
  }

  private void interleave(float[] out, int at, int length) {
    for (int i = 0; i < length; i++) {
      out[at + 4 * i] = cosines0[i];
      out[at + 4 * i + 1] = sines0[i];
      out[at + 4 * i + 2] = cosines2[i];
      out[at + 4 * i + 3] = sines2[i];
    }
  }
}
