package org.blrc.runtime;

/**
 * Philox 4x32-10, the counter-based random number generator of Salmon, Moraes, Dror and Shaw,
 * "Parallel random numbers: as easy as 1, 2, 3" (SC'11): a bijection of 128-bit counters for each
 * 64-bit key.
 */
final class Philox {

  private static final int ROUNDS = 10;
  static final long MULTIPLIER_0 = 0xD2511F53L;
  static final long MULTIPLIER_1 = 0xCD9E8D57L;
  static final int WEYL_0 = 0x9E3779B9;
  static final int WEYL_1 = 0xBB67AE85;
  private static final long LOW = 0xFFFFFFFFL;

  private Philox() {}

  /** Writes the four words that belong to the counter c0..c3 under the key k0, k1. */
  static void block(int c0, int c1, int c2, int c3, int k0, int k1, int[] words) {
    int x0 = c0;
    int x1 = c1;
    int x2 = c2;
    int x3 = c3;
    int key0 = k0;
    int key1 = k1;
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * (x0 & LOW);
      long product1 = MULTIPLIER_1 * (x2 & LOW);
      x0 = (int) (product1 >>> 32) ^ x1 ^ key0;
      x1 = (int) product1;
      x2 = (int) (product0 >>> 32) ^ x3 ^ key1;
      x3 = (int) product0;
      key0 += WEYL_0;
      key1 += WEYL_1;
    }
    words[0] = x0;
    words[1] = x1;
    words[2] = x2;
    words[3] = x3;
  }
}
