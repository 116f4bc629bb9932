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

  /** Expected values by mpmath, with 50 digits. */
  @Test
  void exprelKeepsItsDigitsNearZero() {
    double[][] values = {
      {0.0, 1.0},
      {-0.0, 1.0},
      {1e-300, 1.0},
      {-1e-300, 1.0},
      {1e-17, 1.0},
      {-3e-9, 0.9999999985},
      {1e-5, 1.0000050000166667},
      {-0.01, 0.9950166250831947},
      {0.3, 1.1661960252533436},
      {-1.0, 0.6321205588285577},
      {1.0, 1.7182818284590453},
      {2.5, 4.472997584281389},
      {-7.25, 0.1378330793946424},
      {30.0, 356215819384.1154},
      {-40.0, 0.025},
      {700.0, 1.4489029353357207e+301},
      {-1e300, 1e-300},
    };
    for (double[] each : values) {
      assertEquals(each[1], Functions.exprel(each[0]), 2 * Math.ulp(each[1]));
    }
    assertEquals(Double.POSITIVE_INFINITY, Functions.exprel(Double.POSITIVE_INFINITY));
    assertEquals(0, Functions.exprel(Double.NEGATIVE_INFINITY));
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
