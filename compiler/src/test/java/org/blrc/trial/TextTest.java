package org.blrc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TextTest {

  @Test
  void numbersAreShort() {
    assertEquals("0", Text.number(0));
    assertEquals("1", Text.number(1));
    assertEquals("1438", Text.number(1438));
    assertEquals("0.0003", Text.number(3e-4));
    assertEquals("1e-5", Text.number(1e-5));
    assertEquals("-2.5e-8", Text.number(-2.5e-8));
    assertEquals("1e6", Text.number(1e6));
    assertEquals("0.3333", Text.number(1. / 3));
    assertEquals("Infinity", Text.number(Double.POSITIVE_INFINITY));
  }

  @Test
  void columnsHaveFixedDigits() {
    assertEquals("0.1234", Text.fixed(0.12344));
    assertEquals("1.234e-05", Text.fixed(1.2344e-5));
    assertEquals("0.0000", Text.fixed(0));
    assertEquals("97.50 %", Text.percent(0.975));
    assertEquals("12.3 us", Text.microseconds(12.3e-6));
    assertEquals("-", Text.microseconds(Double.NaN));
  }
}
