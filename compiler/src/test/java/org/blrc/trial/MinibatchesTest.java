package org.blrc.trial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MinibatchesTest {

  @Test
  void anEpochVisitsNoExampleTwice() {
    Minibatches batches = new Minibatches(10, 3, new SplittableRandom(1));
    for (int epoch = 0; epoch < 5; epoch++) {
      Set<Integer> seen = new HashSet<>();
      for (int i = 0; i < 3; i++) {
        for (int example : batches.next()) {
          seen.add(example);
        }
      }
      assertEquals(9, seen.size());
    }
  }

  @Test
  void aMinibatchIsNoLargerThanTheData() {
    assertEquals(4, new Minibatches(4, 32, new SplittableRandom(1)).next().length);
  }

  @Test
  void theOrderDependsOnTheSeedAlone() {
    Minibatches one = new Minibatches(50, 7, new SplittableRandom(3));
    Minibatches other = new Minibatches(50, 7, new SplittableRandom(3));
    for (int i = 0; i < 20; i++) {
      assertArrayEquals(one.next(), other.next());
    }
  }
}
