package org.blrc.symbolic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  @Test
  void holdsNumbersOfDoublePrecisionExactly() {
    Random random = new Random(4);
    List<Double> values =
        new ArrayList<>(
            List.of(0.0, -0.0, 1.0, -2.5, Double.MAX_VALUE, Double.MIN_VALUE, -Double.MIN_NORMAL));
    for (int i = 0; i < 2000; i++) {
      values.add(Math.scalb(random.nextDouble() - 0.5, random.nextInt(2098) - 1076));
    }
    for (double value : values) {
      assertEquals(
          Rational.parse(new BigDecimal(value).toPlainString()),
          Rational.exactly(value),
          "" + value);
    }
    for (double wrong : List.of(Double.NaN, Double.POSITIVE_INFINITY)) {
      assertThrows(ArithmeticException.class, () -> Rational.exactly(wrong));
    }
  }

  @Test
  void isPrintedAsADecimalWhereItIsOne() {
    assertEquals(Optional.of("0.999"), TextNotation.decimal(Rational.parse("0.999")));
    assertEquals(Optional.of("-1.5e-9"), TextNotation.decimal(Rational.parse("-1.5e-9")));
    assertEquals(Optional.empty(), TextNotation.decimal(Rational.of(1, 3)));
    assertEquals(Optional.empty(), TextNotation.decimal(Rational.of(3)));
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      BigDecimal decimal =
          BigDecimal.valueOf(random.nextInt(-99_999, 99_999), random.nextInt(14))
              .stripTrailingZeros();
      Rational value = Rational.parse(decimal.toPlainString());
      TextNotation.decimal(value)
          .ifPresent(text -> assertEquals(decimal.toString().replace('E', 'e'), text));
    }
  }
}
