package org.blrc.symbolic;

import java.math.BigInteger;

/**
 * A quotient of two polynomials without common divisor; the denominator's leading coefficient is
 * positive.
 */
record Fraction(Poly numerator, Poly denominator) {

  static final Fraction ZERO = new Fraction(Poly.ZERO, Poly.ONE);
  static final Fraction ONE = new Fraction(Poly.ONE, Poly.ONE);

  static Fraction of(Poly poly) {
    return reduced(poly, Poly.ONE);
  }

  static Fraction of(Rational value) {
    return new Fraction(Poly.constant(value.numerator()), Poly.constant(value.denominator()));
  }

  /** A power of a generator; a negative exponent goes into the denominator. */
  static Fraction of(Expr generator, Rational exponent) {
    return exponent.signum() < 0
        ? new Fraction(
            Poly.ONE, Poly.term(Monomial.of(generator, exponent.negate()), BigInteger.ONE))
        : new Fraction(Poly.term(Monomial.of(generator, exponent), BigInteger.ONE), Poly.ONE);
  }

  static Fraction reduced(Poly numerator, Poly denominator) {
    if (denominator.isZero()) {
      throw new ArithmeticException("division by zero");
    }
    if (numerator.isZero()) {
      return ZERO;
    }
    Poly divisor = PolyGcd.gcd(numerator, denominator);
    Poly top = PolyGcd.divideExactly(numerator, divisor);
    Poly bottom = PolyGcd.divideExactly(denominator, divisor);
    if (bottom.leadingCoefficient().signum() < 0) {
      top = top.times(BigInteger.ONE.negate());
      bottom = bottom.times(BigInteger.ONE.negate());
    }
    return new Fraction(top, bottom);
  }

  boolean isZero() {
    return numerator.isZero();
  }

  Fraction plus(Fraction other) {
    if (denominator.equals(other.denominator)) {
      return reduced(numerator.plus(other.numerator), denominator);
    }
    return reduced(
        numerator.times(other.denominator).plus(other.numerator.times(denominator)),
        denominator.times(other.denominator));
  }

  Fraction times(Fraction other) {
    return reduced(numerator.times(other.numerator), denominator.times(other.denominator));
  }

  Fraction negate() {
    return new Fraction(numerator.times(BigInteger.ONE.negate()), denominator);
  }

  Fraction reciprocal() {
    return reduced(denominator, numerator);
  }

  Fraction pow(int exponent) {
    return exponent < 0
        ? reciprocal().pow(-exponent)
        : new Fraction(numerator.pow(exponent), denominator.pow(exponent));
  }
}
