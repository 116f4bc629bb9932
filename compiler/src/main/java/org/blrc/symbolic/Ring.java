package org.blrc.symbolic;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Numbers the generators of some polynomials, and scales their exponents to integers: a generator
 * with exponents in halves is the square of a variable.
 *
 * @param generators in order; the greatest is variable 0, so that both orders of terms agree
 * @param scales what exponents are multiplied by
 */
record Ring(List<Expr> generators, List<BigInteger> scales) {

  static Ring of(Poly... polynomials) {
    SortedSet<Expr> generators = new TreeSet<>(ExprOrder::compare);
    Map<Expr, BigInteger> scales = new TreeMap<>(ExprOrder::compare);
    for (Poly poly : polynomials) {
      for (Monomial monomial : poly.terms().keySet()) {
        monomial
            .powers()
            .forEach(
                (generator, exponent) -> {
                  generators.add(generator);
                  scales.merge(generator, exponent.denominator(), Ring::leastCommonMultiple);
                });
      }
    }
    List<Expr> ordered = new ArrayList<>(generators).reversed();
    return new Ring(ordered, ordered.stream().map(scales::get).toList());
  }

  private static BigInteger leastCommonMultiple(BigInteger left, BigInteger right) {
    return left.multiply(right).divide(left.gcd(right));
  }

  /** A polynomial without negative exponents as one in the variables. */
  IntPoly inVariables(Poly poly) {
    IntPoly result = IntPoly.zero(generators.size());
    poly.terms()
        .forEach(
            (monomial, coefficient) -> {
              int[] exponents = new int[generators.size()];
              for (int i = 0; i < exponents.length; i++) {
                exponents[i] =
                    monomial
                        .exponent(generators.get(i))
                        .times(new Rational(scales.get(i), BigInteger.ONE))
                        .numerator()
                        .intValueExact();
              }
              result.accumulate(exponents, coefficient);
            });
    return result;
  }

  Poly inGenerators(IntPoly poly) {
    TreeMap<Monomial, BigInteger> terms = new TreeMap<>(Monomial.LEXICOGRAPHIC);
    poly.terms()
        .forEach(
            (exponents, coefficient) -> {
              TreeMap<Expr, Rational> powers = new TreeMap<>(ExprOrder::compare);
              for (int i = 0; i < exponents.length; i++) {
                if (exponents[i] != 0) {
                  powers.put(
                      generators.get(i),
                      new Rational(BigInteger.valueOf(exponents[i]), scales.get(i)));
                }
              }
              terms.put(new Monomial(powers), coefficient);
            });
    return new Poly(terms);
  }
}
