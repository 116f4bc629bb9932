package org.blrc.symbolic;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A polynomial as a product of factors that cannot be negative, as far as that can be told, and a
 * rest. Roots and logarithms come apart at them.
 *
 * @param size the greatest integer that divides it
 * @param rest of either sign
 */
record SignedFactors(BigInteger size, List<Factor> nonnegative, Poly rest) {

  /** A power of something that cannot be negative, or an even power of a sign. */
  record Factor(Expr base, Rational power) {}

  static SignedFactors of(Poly poly) {
    BigInteger integers = poly.integerContent();
    List<Factor> nonnegative = new ArrayList<>();
    Poly rest = Poly.constant(BigInteger.valueOf(integers.signum()));
    for (Map.Entry<Expr, Rational> entry : poly.monomialContent().powers().entrySet()) {
      Poly whole = Poly.term(Monomial.of(entry.getKey(), entry.getValue()), BigInteger.ONE);
      rest = rest.times(withoutNonnegative(entry.getKey(), entry.getValue(), whole, nonnegative));
    }
    for (PolyGcd.Factor factor : PolyGcd.factors(PolyGcd.primitive(poly))) {
      rest =
          rest.times(
              withoutNonnegative(
                  Presentation.expanded(factor.base()),
                  Rational.of(factor.multiplicity()),
                  factor.base().pow(factor.multiplicity()),
                  nonnegative));
    }
    return new SignedFactors(integers.abs(), List.copyOf(nonnegative), rest);
  }

  /** Adds a power where it has a sign, and returns what is left of it. */
  private static Poly withoutNonnegative(
      Expr base, Rational power, Poly whole, List<Factor> nonnegative) {
    boolean even = power.isInteger() && !power.numerator().testBit(0);
    if (isNonnegative(base, power) || (even && Signs.isSign(base))) {
      nonnegative.add(new Factor(base, power));
      return Poly.ONE;
    }
    if (Bounds.isPositive(Exprs.negate(base))) {
      nonnegative.add(new Factor(Exprs.negate(base), power));
      return even ? Poly.ONE : Poly.constant(BigInteger.ONE.negate());
    }
    if (even) {
      nonnegative.add(new Factor(Exprs.call(Function.ABS, base), power));
      return Poly.ONE;
    }
    return whole;
  }

  /** Whether a power cannot be negative where it has a value: a root never is. */
  static boolean isNonnegative(Expr base, Rational power) {
    return !power.isInteger() || Bounds.isNonnegative(base);
  }

  /** Whether nothing comes apart. */
  boolean isSingle() {
    return size.equals(BigInteger.ONE)
        && rest.isOne()
        && nonnegative.size() == 1
        && nonnegative.getFirst().power().isOne();
  }
}
