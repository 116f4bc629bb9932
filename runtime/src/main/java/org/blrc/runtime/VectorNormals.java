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
import jdk.incubator.vector.VectorShuffle;
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

  /** How many blocks of four coordinates one vector of counters stands for. */
  private static final int LANES = LONGS.length();

  /** How many blocks of four coordinates are worked on at a time. */
  private static final int CAPACITY = 256;

  private static final int ROUNDS = 10;
  private static final long HIGH = 0xFFFFFFFF00000000L;

  /** Every lane of the first half of a vector twice, and every lane of the second half. */
  private static final VectorShuffle<Float> FIRST_HALF =
      VectorShuffle.fromOp(FLOATS, lane -> lane / 2);

  private static final VectorShuffle<Float> SECOND_HALF =
      VectorShuffle.fromOp(FLOATS, lane -> (FLOATS.length() + lane) / 2);

  private static final VectorMask<Float> ODD =
      VectorMask.fromLong(FLOATS, 0xAAAAAAAAAAAAAAAAL >>> (64 - FLOATS.length()));

  private static final ThreadLocal<VectorNormals> OF_THIS_THREAD =
      ThreadLocal.withInitial(VectorNormals::new);

  private final long[] keys = new long[2 * ROUNDS * LANES];

  // The words of each block, in the halves of the lanes that the names tell.
  private final long[] high0 = new long[CAPACITY];
  private final long[] low1 = new long[CAPACITY];
  private final long[] high2 = new long[CAPACITY];
  private final long[] low3 = new long[CAPACITY];

  /** By block: of words 0 and 1, and of words 2 and 3. */
  private final float[] radii = new float[2 * CAPACITY];

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
    int whole = blocks - blocks % (2 * LANES);
    fillKeys(address);
    for (int done = 0; done < whole; done += CAPACITY) {
      int length = Math.min(CAPACITY, whole - done);
      philox(address, block + done, length);
      radii(length);
      turn(out, at + 4 * done, length);
    }
    return whole;
  }

  /** The two words of each round's key, in the high half of every lane. */
  private void fillKeys(PhiloxAddress address) {
    int key0 = address.key0();
    int key1 = address.key1();
    for (int round = 0; round < ROUNDS; round++) {
      int at = 2 * round * LANES;
      for (int lane = 0; lane < LANES; lane++) {
        keys[at + lane] = (long) key0 << 32;
        keys[at + LANES + lane] = (long) key1 << 32;
      }
      key0 += Philox.WEYL_0;
      key1 += Philox.WEYL_1;
    }
  }

  /**
   * Philox on two vectors of counters. The words that are multiplied next lie in the high halves of
   * their lanes, the others in the low halves of products: so both factors of a product are shifted
   * down, from which HotSpot sees that a multiplication of 32-bit numbers is enough.
   */
  private void philox(PhiloxAddress address, long block, int length) {
    LongVector multiplier0 = LongVector.broadcast(LONGS, Philox.MULTIPLIER_0 << 32);
    LongVector multiplier1 = LongVector.broadcast(LONGS, Philox.MULTIPLIER_1 << 32);
    LongVector numbers = LongVector.zero(LONGS).addIndex(1);
    LongVector stepHigh = LongVector.broadcast(LONGS, address.stepHigh());
    LongVector stepLow = LongVector.broadcast(LONGS, (long) address.stepLow() << 32);
    LongVector source = LongVector.broadcast(LONGS, address.source());
    for (int i = 0; i < length; i += 2 * LANES) {
      LongVector aBlocks = numbers.add(block + i);
      LongVector bBlocks = aBlocks.add(LANES);
      LongVector a0 = aBlocks.lanewise(LSHL, 32);
      LongVector b0 = bBlocks.lanewise(LSHL, 32);
      LongVector a1 = aBlocks.lanewise(LSHR, 32).or(stepHigh);
      LongVector b1 = bBlocks.lanewise(LSHR, 32).or(stepHigh);
      LongVector a2 = stepLow;
      LongVector b2 = stepLow;
      LongVector a3 = source;
      LongVector b3 = source;
      for (int key = 0; key < 2 * ROUNDS * LANES; key += 2 * LANES) {
        LongVector key0 = LongVector.fromArray(LONGS, keys, key);
        LongVector key1 = LongVector.fromArray(LONGS, keys, key + LANES);
        LongVector aProduct0 = a0.lanewise(LSHR, 32).mul(multiplier0.lanewise(LSHR, 32));
        LongVector aProduct2 = a2.lanewise(LSHR, 32).mul(multiplier1.lanewise(LSHR, 32));
        LongVector bProduct0 = b0.lanewise(LSHR, 32).mul(multiplier0.lanewise(LSHR, 32));
        LongVector bProduct2 = b2.lanewise(LSHR, 32).mul(multiplier1.lanewise(LSHR, 32));
        a0 = a1.lanewise(LSHL, 32).lanewise(XOR, aProduct2).lanewise(XOR, key0);
        b0 = b1.lanewise(LSHL, 32).lanewise(XOR, bProduct2).lanewise(XOR, key0);
        a2 = a3.lanewise(LSHL, 32).lanewise(XOR, aProduct0).lanewise(XOR, key1);
        b2 = b3.lanewise(LSHL, 32).lanewise(XOR, bProduct0).lanewise(XOR, key1);
        a1 = aProduct2;
        b1 = bProduct2;
        a3 = aProduct0;
        b3 = bProduct0;
      }
      a0.intoArray(high0, i);
      b0.intoArray(high0, i + LANES);
      a1.intoArray(low1, i);
      b1.intoArray(low1, i + LANES);
      a2.intoArray(high2, i);
      b2.intoArray(high2, i + LANES);
      a3.intoArray(low3, i);
      b3.intoArray(low3, i + LANES);
    }
  }

  /** What the cosines and sines of {@link #turn} are multiplied with. */
  private void radii(int length) {
    FloatVector log0 = FloatVector.broadcast(FLOATS, SingleNormals.LOG_0);
    FloatVector log1 = FloatVector.broadcast(FLOATS, SingleNormals.LOG_1);
    FloatVector log2 = FloatVector.broadcast(FLOATS, SingleNormals.LOG_2);
    FloatVector log3 = FloatVector.broadcast(FLOATS, SingleNormals.LOG_3);
    FloatVector log4 = FloatVector.broadcast(FLOATS, SingleNormals.LOG_4);
    FloatVector log5 = FloatVector.broadcast(FLOATS, SingleNormals.LOG_5);
    FloatVector minusTwo = FloatVector.broadcast(FLOATS, -2f);
    FloatVector ofExponent = FloatVector.broadcast(FLOATS, SingleNormals.MINUS_TWO_LOG_TWO);
    for (int i = 0; i < length; i += LANES) {
      // Words 0 and 2 of each block side by side.
      LongVector word0 = LongVector.fromArray(LONGS, high0, i);
      LongVector word2 = LongVector.fromArray(LONGS, high2, i);
      IntVector word = word0.lanewise(LSHR, 32).or(word2.and(HIGH)).reinterpretAsInts();
      VectorMask<Float> upper = word.compare(LT, 0).cast(FLOATS);
      IntVector bits = toFloats(word).add(0.5f).reinterpretAsInts();
      FloatVector exponent = toFloats(bits.lanewise(ASHR, 23).sub(158)).blend(0f, upper);
      FloatVector d =
          bits.and(0x7fffff)
              .or(0x3f000000)
              .reinterpretAsFloats()
              .sub(1f)
              .blend(toFloats(word.not()).add(0.5f).mul(-0x1p-32f), upper);
      FloatVector series =
          d.fma(SingleNormals.LOG_7, SingleNormals.LOG_6)
              .fma(d, log5)
              .fma(d, log4)
              .fma(d, log3)
              .fma(d, log2)
              .fma(d, log1)
              .fma(d, log0)
              .fma(d, minusTwo);
      exponent.fma(ofExponent, series.mul(d)).sqrt().intoArray(radii, 2 * i);
    }
  }

  /** Writes the products of radii with cosines and sines side by side. */
  private void turn(float[] out, int at, int length) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    FloatVector minusHalf = FloatVector.broadcast(FLOATS, -0.5f);
    FloatVector unit = FloatVector.broadcast(FLOATS, SingleNormals.ANGLE_UNIT);
    FloatVector offset = FloatVector.broadcast(FLOATS, SingleNormals.ANGLE_OFFSET);
    FloatVector sin0 = FloatVector.broadcast(FLOATS, SingleNormals.SIN_0);
    FloatVector cos0 = FloatVector.broadcast(FLOATS, SingleNormals.COS_0);
    for (int i = 0; i < length; i += LANES) {
      // The same with words 1 and 3.
      LongVector word1 = LongVector.fromArray(LONGS, low1, i);
      LongVector word3 = LongVector.fromArray(LONGS, low3, i);
      IntVector word = word1.and(~HIGH).or(word3.lanewise(LSHL, 32)).reinterpretAsInts();
      IntVector turned = word.add(SingleNormals.EIGHTH_TURN);
      FloatVector angle = toFloats(word.lanewise(LSHL, 2)).fma(unit, offset);
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
      FloatVector radius = FloatVector.fromArray(FLOATS, radii, 2 * i);
      FloatVector first =
          cosine.lanewise(XOR, exchange).lanewise(XOR, sign).reinterpretAsFloats().mul(radius);
      FloatVector second =
          sine.lanewise(XOR, exchange).lanewise(XOR, half).reinterpretAsFloats().mul(radius);
      first
          .rearrange(FIRST_HALF)
          .blend(second.rearrange(FIRST_HALF), ODD)
          .intoArray(out, at + 4 * i);
      first
          .rearrange(SECOND_HALF)
          .blend(second.rearrange(SECOND_HALF), ODD)
          .intoArray(out, at + 4 * i + 2 * LANES);
    }
  }

  private static FloatVector toFloats(IntVector values) {
    return (FloatVector) values.convertShape(I2F, FLOATS, 0);
  }
}
