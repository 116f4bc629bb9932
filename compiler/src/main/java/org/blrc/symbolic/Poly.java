package org.blrc.symbolic;

import java.math.BigInteger;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A polynomial with integer coefficients over opaque generators, whose exponents may be rational.
 */
record Poly(SortedMap<Monomial, BigInteger> terms) {

  static final Poly ZERO = new Poly(new TreeMap<>(Monomial.LEXICOGRAPHIC));
  static final Poly ONE = constant(BigInteger.ONE);

  static Poly constant(BigInteger value) {
    return term(Monomial.ONE, value);
  }

  static Poly term(Monomial monomial, BigInteger coefficient) {
    TreeMap<Monomial, BigInteger> terms = new TreeMap<>(Monomial.LEXICOGRAPHIC);
    if (coefficient.signum() != 0) {
      terms.put(monomial, coefficient);
    }
    return new Poly(terms);
  }

  boolean isZero() {
    return terms.isEmpty();
  }

  boolean isConstant() {
    return terms.isEmpty() || (terms.size() == 1 && terms.firstKey().isOne());
  }

  boolean isOne() {
    return isConstant() && !isZero() && terms.get(Monomial.ONE).equals(BigInteger.ONE);
  }

  Monomial leadingMonomial() {
    return terms.lastKey();
  }

  BigInteger leadingCoefficient() {
    return terms.get(terms.lastKey());
  }

  Poly plus(Poly other) {
    WorkBudget.spend(terms.size() + other.terms.size());
    TreeMap<Monomial, BigInteger> sum = new TreeMap<>(terms);
    other.terms.forEach((monomial, coefficient) -> accumulate(sum, monomial, coefficient));
    return new Poly(sum);
  }

  Poly minus(Poly other) {
    return plus(other.times(BigInteger.ONE.negate()));
  }

  Poly times(BigInteger factor) {
    if (factor.signum() == 0) {
      return ZERO;
    }
    TreeMap<Monomial, BigInteger> product = new TreeMap<>(Monomial.LEXICOGRAPHIC);
    terms.forEach((monomial, coefficient) -> product.put(monomial, coefficient.multiply(factor)));
    return new Poly(product);
  }

  Poly times(Monomial factor) {
    TreeMap<Monomial, BigInteger> product = new TreeMap<>(Monomial.LEXICOGRAPHIC);
    terms.forEach((monomial, coefficient) -> product.put(monomial.times(factor), coefficient));
    return new Poly(product);
  }

  Poly times(Poly other) {
    WorkBudget.spend((long) terms.size() * other.terms.size());
    TreeMap<Monomial, BigInteger> product = new TreeMap<>(Monomial.LEXICOGRAPHIC);
    terms.forEach(
        (left, a) ->
            other.terms.forEach(
                (right, b) -> accumulate(product, left.times(right), a.multiply(b))));
    return new Poly(product);
  }

  Poly pow(int exponent) {
    Poly result = ONE;
    for (int i = 0; i < exponent; i++) {
      result = result.times(this);
    }
    return result;
  }

  private static void accumulate(
      TreeMap<Monomial, BigInteger> sum, Monomial monomial, BigInteger coefficient) {
    sum.merge(
        monomial,
        coefficient,
        (left, right) -> {
          BigInteger total = left.add(right);
          return total.signum() == 0 ? null : total;
        });
  }

  SortedSet<Expr> generators() {
    TreeSet<Expr> generators = new TreeSet<>(ExprOrder::compare);
    terms.keySet().forEach(monomial -> generators.addAll(monomial.powers().keySet()));
    return generators;
  }

  /** The greatest integer that divides every coefficient, with the sign of the leading one. */
  BigInteger integerContent() {
    BigInteger content = BigInteger.ZERO;
    for (BigInteger coefficient : terms.values()) {
      content = content.gcd(coefficient);
    }
    return isZero() || leadingCoefficient().signum() > 0 ? content : content.negate();
  }

  /** The greatest monomial that divides every term (exponents may be negative). */
  Monomial monomialContent() {
    WorkBudget.spend(terms.size());
    TreeMap<Expr, Rational> least = new TreeMap<>(ExprOrder::compare);
    TreeMap<Expr, Integer> occurrences = new TreeMap<>(ExprOrder::compare);
    for (Monomial monomial : terms.keySet()) {
      monomial
          .powers()
          .forEach(
              (generator, exponent) -> {
                least.merge(generator, exponent, (a, b) -> a.compareTo(b) < 0 ? a : b);
                occurrences.merge(generator, 1, Integer::sum);
              });
    }
    // Where a generator is absent, its exponent is zero.
    least
        .entrySet()
        .removeIf(
            entry ->
                entry.getValue().signum() > 0 && occurrences.get(entry.getKey()) < terms.size());
    return new Monomial(least);
  }

  Poly dividedBy(BigInteger divisor) {
    TreeMap<Monomial, BigInteger> quotient = new TreeMap<>(Monomial.LEXICOGRAPHIC);
    terms.forEach((monomial, coefficient) -> quotient.put(monomial, coefficient.divide(divisor)));
    return new Poly(quotient);
  }

  Poly dividedBy(Monomial divisor) {
    return times(divisor.pow(Rational.of(-1)));
  }

  /** A polynomial as a multiple of another and a rest. */
  record Division(Poly quotient, Poly remainder) {}

  /** Division by the leading term, wherever it divides with an integer coefficient. */
  Division dividedBy(Poly divisor) {
    Monomial leading = divisor.leadingMonomial().pow(Rational.of(-1));
    BigInteger coefficient = divisor.leadingCoefficient();
    Poly quotient = ZERO;
    Poly remainder = ZERO;
    Poly rest = this;
    while (!rest.isZero()) {
      Monomial monomial = rest.leadingMonomial().times(leading);
      BigInteger[] times = rest.leadingCoefficient().divideAndRemainder(coefficient);
      boolean divides =
          times[1].signum() == 0
              && monomial.powers().values().stream().allMatch(power -> power.signum() > 0);
      Poly top = term(rest.leadingMonomial(), rest.leadingCoefficient());
      Poly factor = divides ? term(monomial, times[0]) : ZERO;
      quotient = quotient.plus(factor);
      remainder = divides ? remainder : remainder.plus(top);
      rest = rest.minus(divides ? factor.times(divisor) : top);
    }
    return new Division(quotient, remainder);
  }

  /** The coefficients as a polynomial in one generator, by exponent. */
  SortedMap<Rational, Poly> coefficients(Expr generator) {
    WorkBudget.spend(terms.size());
    TreeMap<Rational, Poly> result = new TreeMap<>();
    for (Map.Entry<Monomial, BigInteger> entry : terms.entrySet()) {
      Rational exponent = entry.getKey().exponent(generator);
      result.merge(exponent, term(entry.getKey().without(generator), entry.getValue()), Poly::plus);
    }
    return result;
  }
}
