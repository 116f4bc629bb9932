package org.blrc.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Relative to the largest magnitude in the array, with an absolute floor of 1e-12. */
final class ComparisonTest {

  private static final double TOLERANCE = 1e-9;

  @Test
  void relativeToTheLargestMagnitude() {
    assertEquals(1e-3, error(new double[] {0, -1000}, new double[] {1, -1000}), 1e-18);
    assertEquals(1e-9, error(new double[] {2, 0}, new double[] {2, 2e-9}), 1e-24);
  }

  @Test
  void smallDifferencesAgreeWhateverTheScale() {
    assertTrue(agrees(new double[] {0}, new double[] {0.99e-12}));
    assertTrue(agrees(new double[] {1e-9}, new double[] {1e-9 + 0.99e-12}));
    assertFalse(agrees(new double[] {0}, new double[] {1.01e-12}));
    assertTrue(agrees(new double[] {1}, new double[] {1 + 0.99e-9}));
    assertFalse(agrees(new double[] {1}, new double[] {1 + 1.01e-9}));
  }

  @Test
  void whatIsNotFiniteAgreesOnlyWithItself() {
    double infinity = Double.POSITIVE_INFINITY;
    assertTrue(agrees(new double[] {Double.NaN, infinity}, new double[] {Double.NaN, infinity}));
    assertFalse(agrees(new double[] {Double.NaN}, new double[] {1}));
    assertFalse(agrees(new double[] {1}, new double[] {Double.NaN}));
    assertFalse(agrees(new double[] {infinity}, new double[] {-infinity}));
    assertFalse(agrees(new double[] {infinity, 1}, new double[] {infinity, 2}));
    assertTrue(agrees(new double[] {0.0}, new double[] {-0.0}));
  }

  @Test
  void remembersTheLargestErrorAndTheFirstExcess() {
    Comparison comparison = Comparison.start("m");
    double[] one = {1};
    comparison = comparison.with(1, one, new double[] {1 + 1e-10}, TOLERANCE);
    assertTrue(comparison.agrees());
    comparison = comparison.with(2, one, new double[] {1.1}, TOLERANCE);
    comparison = comparison.with(3, one, new double[] {1.5}, TOLERANCE);
    comparison = comparison.with(4, one, one, TOLERANCE);
    assertEquals(0.5, comparison.error());
    assertEquals(3, comparison.step());
    assertEquals(2, comparison.firstExcess().orElseThrow());
  }

  private static double error(double[] expected, double[] computed) {
    return Comparison.error(expected, computed, TOLERANCE);
  }

  private static boolean agrees(double[] expected, double[] computed) {
    return Comparison.start("m").with(1, expected, computed, TOLERANCE).agrees();
  }
}
