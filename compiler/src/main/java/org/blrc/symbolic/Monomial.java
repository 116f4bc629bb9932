package org.blrc.symbolic;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * A product of powers of opaque generators. Exponents are nonzero rationals; generators are ordered
 * by {@link ExprOrder}.
 */
record Monomial(TreeMap<Expr, Rational> powers) {

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
    var lefts = left.powers.descendingMap().entrySet().iterator();
    var rights = right.powers.descendingMap().entrySet().iterator();
    while (lefts.hasNext() && rights.hasNext()) {
      Map.Entry<Expr, Rational> a = lefts.next();
      Map.Entry<Expr, Rational> b = rights.next();
      int order = ExprOrder.compare(a.getKey(), b.getKey());
      if (order != 0) {
        return order > 0 ? a.getValue().signum() : -b.getValue().signum();
      }
      int difference = a.getValue().compareTo(b.getValue());
      if (difference != 0) {
        return difference;
      }
    }
    if (lefts.hasNext()) {
      return lefts.next().getValue().signum();
    }
    return rights.hasNext() ? -rights.next().getValue().signum() : 0;
  }
}
