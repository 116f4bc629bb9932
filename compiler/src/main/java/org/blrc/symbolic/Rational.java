package org.blrc.symbolic;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Locale;

/** An exact rational number in lowest terms with a positive denominator. */
public record Rational(BigInteger numerator, BigInteger denominator)
    implements Comparable<Rational> {

  public static final Rational ZERO = of(0);
  public static final Rational ONE = of(1);

  /** Whole numbers of so many bits are numbers of double precision. */
  private static final int EXACT = 53;

  public Rational {
    if (denominator.signum() == 0) {
      throw new ArithmeticException("division by zero");
    }
    BigInteger divisor = numerator.gcd(denominator);
    if (denominator.signum() < 0) {
      divisor = divisor.negate();
    }
    numerator = numerator.divide(divisor);
    denominator = denominator.divide(divisor);
  }

  public static Rational of(long value) {
    return new Rational(BigInteger.valueOf(value), BigInteger.ONE);
  }

  public static Rational of(long numerator, long denominator) {
    return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  /**
   * The value of a number of double precision, which is a whole number times a power of two.
   *
   * @throws ArithmeticException if it is not finite
   */
  public static Rational exactly(double value) {
    if (!Double.isFinite(value)) {
      throw new ArithmeticException(value + " is no rational number");
    }
    // Not by way of BigDecimal, whose class takes some 20 ms to set up.
    int exponent = Math.max(Math.getExponent(value), Double.MIN_EXPONENT) - (EXACT - 1);
    long bits = Double.doubleToLongBits(value);
    long implied = 1L << (EXACT - 1);
    long fraction = bits & (implied - 1);
    long whole = Math.abs(value) < Double.MIN_NORMAL ? fraction : fraction | implied;
    return of(value < 0 ? -whole : whole).times(of(2).pow(exponent));
  }

  /**
   * The value of a decimal number such as {@code 12}, {@code .5} or {@code 1.5e-3}.
   *
   * @throws NumberFormatException if it is none
   */
  public static Rational parse(String decimal) {
    int end = decimal.toLowerCase(Locale.ROOT).indexOf('e');
    String digits = end < 0 ? decimal : decimal.substring(0, end);
    int exponent = end < 0 ? 0 : Integer.parseInt(decimal.substring(end + 1));
    int point = digits.indexOf('.');
    int scale = (point < 0 ? 0 : digits.length() - point - 1) - exponent;
    BigInteger all = new BigInteger(digits.replace(".", ""));
    return scale > 0
        ? new Rational(all, BigInteger.TEN.pow(scale))
        : new Rational(all.multiply(BigInteger.TEN.pow(-scale)), BigInteger.ONE);
  }

  public Rational plus(Rational other) {
    return new Rational(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  public Rational times(Rational other) {
    return new Rational(
        numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  public Rational negate() {
    return new Rational(numerator.negate(), denominator);
  }

  public Rational reciprocal() {
    return new Rational(denominator, numerator);
  }

  /** Integer power, possibly negative. */
  public Rational pow(int exponent) {
    return exponent >= 0
        ? new Rational(numerator.pow(exponent), denominator.pow(exponent))
        : reciprocal().pow(-exponent);
  }

  public int signum() {
    return numerator.signum();
  }

  public boolean isInteger() {
    return denominator.equals(BigInteger.ONE);
  }

  public boolean isZero() {
    return signum() == 0;
  }

  public boolean isOne() {
    return equals(ONE);
  }

  /** The nearest number of double precision. */
  public double toDouble() {
    // Both are exact then, and a division rounds once.
    if (numerator.bitLength() <= EXACT && denominator.bitLength() <= EXACT) {
      return numerator.doubleValue() / denominator.doubleValue();
    }
    return new BigDecimal(numerator)
        .divide(new BigDecimal(denominator), MathContext.DECIMAL128)
        .doubleValue();
  }

  @Override
  public int compareTo(Rational other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  @Override
  public String toString() {
    return isInteger() ? numerator.toString() : numerator + "/" + denominator;
  }
}
