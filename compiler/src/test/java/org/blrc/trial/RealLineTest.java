package org.blrc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.blrc.symbolic.Domain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealLineTest {

  @ParameterizedTest
  @CsvSource({"-Infinity, Infinity", "2, Infinity", "-Infinity, -1", "-3, 5"})
  void pointsAndValuesAreInverse(double lower, double upper) {
    Domain domain = Domain.open(lower, upper);
    RealLine line = new RealLine(domain);
    double last = lower;
    for (double point : new double[] {-6, -1, 0, 0.3, 4}) {
      double value = line.value(point);
      assertTrue(domain.contains(value) && value > last, "in the domain, and in order");
      assertEquals(point, line.point(value), 1e-9);
      last = value;
    }
  }
}
