package org.blrc.symbolic;

import java.math.BigInteger;
import java.util.SortedMap;
import java.util.TreeMap;

/** Prime factors of natural numbers. */
final class Primes {

  private static final int MOST_TRIALS = 1 << 12;

  private Primes() {}

  /**
   * Factors and how often they occur. Primes beyond those that are tried stay together; the square
   * root of what is left is taken where it is a number.
   */
  static SortedMap<BigInteger, Integer> of(BigInteger number) {
    SortedMap<BigInteger, Integer> result = new TreeMap<>();
    BigInteger rest = number;
    for (int trial = 2; trial < MOST_TRIALS && rest.bitLength() > 1; trial++) {
      BigInteger prime = BigInteger.valueOf(trial);
      if (prime.multiply(prime).compareTo(rest) > 0) {
        break;
      }
      while (rest.mod(prime).signum() == 0) {
        result.merge(prime, 1, Integer::sum);
        rest = rest.divide(prime);
      }
    }
    BigInteger[] root = rest.sqrtAndRemainder();
    if (rest.bitLength() > 1) {
      boolean square = root[1].signum() == 0;
      result.merge(square ? root[0] : rest, square ? 2 : 1, Integer::sum);
    }
    return result;
  }
}
