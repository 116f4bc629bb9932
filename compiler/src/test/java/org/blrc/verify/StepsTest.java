package org.blrc.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Functions of a uniform number that are constant but for jumps. */
final class StepsTest {

  @Test
  void jumpsAnywhere() {
    double[] at = {0.013, 0.2, 0.5, 0.7000001, 0.987};
    double[] height = {3, -1, 0.5, 2, 7};
    double expected = 1;
    for (int i = 0; i < at.length; i++) {
      expected += height[i] * (1 - at[i]);
    }
    OptionalDouble mean =
        Steps.mean(
            u -> {
              double value = 1;
              for (int i = 0; i < at.length; i++) {
                value += u > at[i] ? height[i] : 0;
              }
              return value;
            });
    assertEquals(expected, mean.orElseThrow(), 1e-11);
  }

  @Test
  void otherFunctionsHaveNone() {
    assertTrue(Steps.mean(u -> u).isEmpty());
    assertTrue(Steps.mean(u -> u > 0.5 ? u : 0).isEmpty());
    assertEquals(2, Steps.mean(_ -> 2).orElseThrow(), 1e-15);
  }
}
