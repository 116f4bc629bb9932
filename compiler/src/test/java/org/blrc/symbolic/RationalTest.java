package org.blrc.symbolic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RationalTest {

  @Test
  void readsDecimalsExactly() {
    assertEquals(Rational.of(1, 2), Rational.parse(".5"));
    assertEquals(Rational.of(12), Rational.parse("12"));
    assertEquals(Rational.of(-3, 2000), Rational.parse("-1.5e-3"));
    assertEquals(Rational.of(150), Rational.parse("1.50E+2"));
    assertEquals(Rational.ZERO, Rational.parse("0.00"));
    for (String wrong : List.of("", "e5", "1e", "1e5000000000", "x")) {
      assertThrows(NumberFormatException.class, () -> Rational.parse(wrong), wrong);
    }
  }

  @Test
  void becomesTheNearestDouble() {
    Random random = new Random(3);
    for (int i = 0; i < 2000; i++) {
      double value = Math.scalb(random.nextDouble() - 0.5, random.nextInt(2000) - 1000);
      BigDecimal exact = new BigDecimal(value);
      BigInteger scale = BigInteger.TEN.pow(Math.max(exact.scale(), 0));
      Rational rational =
          new Rational(exact.multiply(new BigDecimal(scale)).toBigIntegerExact(), scale);
      assertEquals(value, rational.toDouble());
    }
    // What Java's own division gives, which is rounded correctly.
    assertEquals(1.0 / 3, Rational.of(1, 3).toDouble());
    assertEquals(1e-3, Rational.parse("1e-3").toDouble());
  }
}
