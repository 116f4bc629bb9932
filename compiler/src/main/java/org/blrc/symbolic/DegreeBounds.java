package org.blrc.symbolic;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Upper bounds for the degrees of a greatest common divisor, from its images in one variable: with
 * numbers modulo a prime in place of the others, and leading coefficients that do not vanish, the
 * divisor of the images has at least the degree of the image of the divisor.
 */
final class DegreeBounds {

  private static final long PRIME = (1L << 31) - 1;
  private static final int TRIES = 3;

  private DegreeBounds() {}

  /** A bound for the degree in one variable. */
  static int of(IntPoly left, IntPoly right, int variable) {
    // The numbers are the same in every run, so that derivations are, too.
    SplittableRandom random = new SplittableRandom(20_240_131);
    int bound = Math.min(left.degree(variable), right.degree(variable));
    for (int i = 0; i < TRIES && bound > 0; i++) {
      long[] point = random.longs(left.variables(), 1, PRIME).toArray();
      long[] a = image(left, variable, point);
      long[] b = image(right, variable, point);
      if (a[a.length - 1] != 0 && b[b.length - 1] != 0) {
        bound = Math.min(bound, divisorDegree(a, b));
      }
    }
    return bound;
  }

  /** Coefficients by degree, modulo the prime. */
  private static long[] image(IntPoly poly, int variable, long[] point) {
    WorkBudget.spend(poly.terms().size());
    long[] image = new long[poly.degree(variable) + 1];
    for (Map.Entry<int[], BigInteger> term : poly.terms().entrySet()) {
      int[] exponents = term.getKey();
      long value = term.getValue().mod(BigInteger.valueOf(PRIME)).longValueExact();
      for (int i = 0; i < exponents.length; i++) {
        if (i != variable && exponents[i] > 0) {
          value = value * power(point[i], exponents[i]) % PRIME;
        }
      }
      int degree = exponents[variable];
      image[degree] = (image[degree] + value) % PRIME;
    }
    return image;
  }

  private static long power(long base, long exponent) {
    long result = 1;
    long square = base;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        result = result * square % PRIME;
      }
      square = square * square % PRIME;
    }
    return result;
  }

  /** The degree of the greatest common divisor of two images, by Euclid's algorithm. */
  private static int divisorDegree(long[] left, long[] right) {
    long[] a = left.length >= right.length ? left.clone() : right.clone();
    long[] b = left.length >= right.length ? right.clone() : left.clone();
    while (b.length > 0) {
      WorkBudget.spend(a.length);
      long inverse = power(b[b.length - 1], PRIME - 2);
      for (int top = a.length - 1; top >= b.length - 1; top--) {
        long factor = a[top] * inverse % PRIME;
        for (int i = 0; i < b.length; i++) {
          int at = top - b.length + 1 + i;
          a[at] = Math.floorMod(a[at] - factor * b[i] % PRIME, PRIME);
        }
      }
      int length = Math.min(a.length, b.length - 1);
      while (length > 0 && a[length - 1] == 0) {
        length--;
      }
      long[] remainder = Arrays.copyOf(a, length);
      a = b;
      b = remainder;
    }
    return a.length - 1;
  }
}
