package org.blrc.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FunctionsTest {

  @Test
  void sigmoidIsTheLogisticFunction() {
    assertEquals(0.5, Functions.sigmoid(0));
    assertEquals(0.75, Functions.sigmoid(Math.log(3)), 1e-15);
    assertEquals(Math.exp(-40), Functions.sigmoid(-40), 1e-15 * Math.exp(-40));
    assertEquals(0, Functions.sigmoid(-1000));
    assertEquals(1, Functions.sigmoid(1000));
  }

  @Test
  void softplusNeitherOverflowsNorLosesDigits() {
    assertEquals(Math.log(2), Functions.softplus(0), 1e-16);
    assertEquals(1000, Functions.softplus(1000));
    assertEquals(Math.exp(-40), Functions.softplus(-40), 1e-15 * Math.exp(-40));
    assertEquals(0, Functions.softplus(Double.NEGATIVE_INFINITY));
  }

  @Test
  void atanhInvertsTanh() {
    for (double x : new double[] {-3, -1e-9, -0.0, 0.0, 1e-300, 0.5, 2.5}) {
      assertEquals(x, Functions.atanh(Math.tanh(x)), 1e-13 * Math.abs(x));
    }
    assertEquals(Double.POSITIVE_INFINITY, Functions.atanh(1));
    assertEquals(Double.NEGATIVE_INFINITY, Functions.atanh(-1));
    assertTrue(Double.isNaN(Functions.atanh(1.5)));
  }
}
