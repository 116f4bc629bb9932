package org.blrc.symbolic;

import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A product of powers of opaque generators. Exponents are nonzero rationals; generators are ordered
 * by {@link ExprOrder}.
 */
record Monomial(SortedMap<Expr, Rational> powers) {

  static final Monomial ONE = new Monomial(new TreeMap<>(ExprOrder::compare));

  /** Lexicographic, greatest generator first: compatible with multiplication. */
  static final Comparator<Monomial> LEXICOGRAPHIC = Monomial::compareLexicographically;

  static Monomial of(Expr generator, Rational exponent) {
    if (exponent.isZero()) {
      return ONE;
    }
    TreeMap<Expr, Rational> powers = new TreeMap<>(ExprOrder::compare);
    powers.put(generator, exponent);
    return new Monomial(powers);
  }

  Monomial times(Monomial other) {
    if (other.powers.isEmpty()) {
      return this;
    }
    TreeMap<Expr, Rational> product = new TreeMap<>(powers);
    other.powers.forEach(
        (generator, exponent) ->
            product.merge(
                generator,
                exponent,
                (left, right) -> {
                  Rational sum = left.plus(right);
                  return sum.isZero() ? null : sum;
                }));
    return new Monomial(product);
  }

  Monomial pow(Rational exponent) {
    TreeMap<Expr, Rational> result = new TreeMap<>(ExprOrder::compare);
    if (!exponent.isZero()) {
      powers.forEach((generator, power) -> result.put(generator, power.times(exponent)));
    }
    return new Monomial(result);
  }

  Rational exponent(Expr generator) {
    return powers.getOrDefault(generator, Rational.ZERO);
  }

  Monomial without(Expr generator) {
    TreeMap<Expr, Rational> rest = new TreeMap<>(powers);
    rest.remove(generator);
    return new Monomial(rest);
  }

  boolean isOne() {
    return powers.isEmpty();
  }

  private static int compareLexicographically(Monomial left, Monomial right) {
    TreeMap<Expr, Rational> all = new TreeMap<>(ExprOrder::compare);
    all.putAll(left.powers);
    all.putAll(right.powers);
    for (Map.Entry<Expr, Rational> entry : all.descendingMap().entrySet()) {
      int difference = left.exponent(entry.getKey()).compareTo(right.exponent(entry.getKey()));
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }
}
