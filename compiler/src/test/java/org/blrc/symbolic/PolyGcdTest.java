package org.blrc.symbolic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Divisors of products whose divisors are known. */
final class PolyGcdTest {

  @BeforeEach
  void startCounting() {
    WorkBudget.reset();
  }

  /** As b = a d + 1, a and b have no common divisor, so that gcd(a c, b c) is c. */
  @Test
  void theCommonFactorOfProducts() {
    Random random = new Random(8);
    for (int i = 0; i < 300; i++) {
      Poly a = poly(random, 2, 3);
      Poly b = a.times(poly(random, 1, 2)).plus(Poly.ONE);
      Poly c = poly(random, 2, 3);
      if (a.isZero() || b.isZero() || c.isZero()) {
        continue;
      }
      Poly expected = c.leadingCoefficient().signum() < 0 ? c.times(BigInteger.ONE.negate()) : c;
      assertEquals(expected, PolyGcd.gcd(a.times(c), b.times(c)));
    }
  }

  @Test
  void zeroAndConstants() {
    Poly six = Poly.constant(BigInteger.valueOf(6));
    Poly four = Poly.constant(BigInteger.valueOf(-4));
    assertEquals(Poly.constant(BigInteger.TWO), PolyGcd.gcd(six, four));
    assertEquals(six, PolyGcd.gcd(Poly.ZERO, six));
    assertEquals(Poly.ZERO, PolyGcd.gcd(Poly.ZERO, Poly.ZERO));
  }

  @Test
  void divisionUndoesMultiplication() {
    Random random = new Random(9);
    for (int i = 0; i < 500; i++) {
      Poly a = poly(random, 3, 4);
      Poly b = poly(random, 3, 4);
      if (!b.isZero()) {
        assertEquals(a, PolyGcd.divideExactly(a.times(b), b));
      }
    }
  }

  @Test
  void factorsMultiplyToThePolynomial() {
    Random random = new Random(10);
    for (int i = 0; i < 150; i++) {
      WorkBudget.reset();
      Poly a = poly(random, 1, 3);
      Poly b = poly(random, 2, 2);
      if (a.isConstant() || b.isConstant()) {
        continue;
      }
      Poly primitive = PolyGcd.primitive(a.times(a).times(b));
      List<PolyGcd.Factor> factors = PolyGcd.factors(primitive);
      Poly product = Poly.ONE;
      for (PolyGcd.Factor factor : factors) {
        product = product.times(factor.base().pow(factor.multiplicity()));
      }
      assertEquals(primitive, product);
    }
  }

  private static Poly poly(Random random, int degree, int terms) {
    Poly sum = Poly.ZERO;
    for (int i = 0; i < terms; i++) {
      Monomial monomial = Monomial.ONE;
      for (Expr generator : List.of(Samples.X, Samples.Y, Samples.P)) {
        monomial = monomial.times(Monomial.of(generator, Rational.of(random.nextInt(degree + 1))));
      }
      sum = sum.plus(Poly.term(monomial, BigInteger.valueOf(random.nextInt(-5, 6))));
    }
    return sum;
  }
}
