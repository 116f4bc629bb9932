package org.blrc.symbolic;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A polynomial with integer coefficients in numbered variables: what divisions and greatest common
 * divisors work on.
 *
 * @param variables how many there are
 * @param terms coefficients by exponents, in lexicographic order, none of them zero
 */
record IntPoly(int variables, TreeMap<int[], BigInteger> terms) {

  static IntPoly zero(int variables) {
    return new IntPoly(variables, new TreeMap<>(Arrays::compare));
  }

  static IntPoly constant(int variables, BigInteger value) {
    IntPoly result = zero(variables);
    result.accumulate(new int[variables], value);
    return result;
  }

  /** Adds to a polynomial under construction. */
  void accumulate(int[] exponents, BigInteger coefficient) {
    if (coefficient.signum() != 0) {
      terms.merge(
          exponents,
          coefficient,
          (left, right) -> {
            BigInteger sum = left.add(right);
            return sum.signum() == 0 ? null : sum;
          });
    }
  }

  boolean isZero() {
    return terms.isEmpty();
  }

  boolean isConstant() {
    return terms.isEmpty()
        || (terms.size() == 1 && Arrays.stream(terms.firstKey()).allMatch(each -> each == 0));
  }

  boolean isOne() {
    return isConstant() && !isZero() && terms.firstEntry().getValue().equals(BigInteger.ONE);
  }

  BigInteger leadingCoefficient() {
    return terms.lastEntry().getValue();
  }

  int degree(int variable) {
    int degree = 0;
    for (int[] exponents : terms.keySet()) {
      degree = Math.max(degree, exponents[variable]);
    }
    return degree;
  }

  /** The greatest magnitude of a coefficient. */
  BigInteger height() {
    BigInteger height = BigInteger.ZERO;
    for (BigInteger coefficient : terms.values()) {
      height = height.max(coefficient.abs());
    }
    return height;
  }

  /** The greatest integer that divides every coefficient, with the sign of the leading one. */
  BigInteger content() {
    BigInteger content = BigInteger.ZERO;
    for (BigInteger coefficient : terms.values()) {
      content = content.gcd(coefficient);
    }
    return isZero() || leadingCoefficient().signum() > 0 ? content : content.negate();
  }

  /** Without its integer content, with a positive leading coefficient. */
  IntPoly primitive() {
    BigInteger content = content();
    return isZero() || content.equals(BigInteger.ONE) ? this : dividedBy(content);
  }

  IntPoly dividedBy(BigInteger divisor) {
    IntPoly result = zero(variables);
    terms.forEach((exponents, value) -> result.terms.put(exponents, value.divide(divisor)));
    return result;
  }

  IntPoly plus(IntPoly other) {
    WorkBudget.spend(terms.size() + other.terms.size());
    IntPoly result = new IntPoly(variables, new TreeMap<>(terms));
    other.terms.forEach(result::accumulate);
    return result;
  }

  IntPoly minus(IntPoly other) {
    WorkBudget.spend(terms.size() + other.terms.size());
    IntPoly result = new IntPoly(variables, new TreeMap<>(terms));
    other.terms.forEach((exponents, value) -> result.accumulate(exponents, value.negate()));
    return result;
  }

  IntPoly times(IntPoly other) {
    WorkBudget.spend((long) terms.size() * other.terms.size());
    IntPoly result = zero(variables);
    for (Map.Entry<int[], BigInteger> left : terms.entrySet()) {
      for (Map.Entry<int[], BigInteger> right : other.terms.entrySet()) {
        result.accumulate(
            shifted(left.getKey(), right.getKey(), 1), left.getValue().multiply(right.getValue()));
      }
    }
    return result;
  }

  private static int[] shifted(int[] exponents, int[] by, int sign) {
    int[] result = exponents.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] += sign * by[i];
    }
    return result;
  }

  /** The quotient, or nothing where the divisor does not divide. */
  Optional<IntPoly> dividedBy(IntPoly divisor) {
    IntPoly quotient = zero(variables);
    IntPoly remainder = new IntPoly(variables, new TreeMap<>(terms));
    int[] leading = divisor.terms.lastKey();
    while (!remainder.isZero()) {
      WorkBudget.spend(divisor.terms.size());
      Map.Entry<int[], BigInteger> top = remainder.terms.lastEntry();
      int[] exponents = shifted(top.getKey(), leading, -1);
      BigInteger[] division = top.getValue().divideAndRemainder(divisor.leadingCoefficient());
      if (division[1].signum() != 0 || Arrays.stream(exponents).anyMatch(each -> each < 0)) {
        return Optional.empty();
      }
      quotient.terms.put(exponents, division[0]);
      BigInteger factor = division[0].negate();
      divisor.terms.forEach(
          (each, value) ->
              remainder.accumulate(shifted(each, exponents, 1), value.multiply(factor)));
    }
    return Optional.of(quotient);
  }

  IntPoly derivative(int variable) {
    IntPoly result = zero(variables);
    terms.forEach(
        (exponents, value) -> {
          if (exponents[variable] > 0) {
            result.accumulate(
                with(exponents, variable, exponents[variable] - 1),
                value.multiply(BigInteger.valueOf(exponents[variable])));
          }
        });
    return result;
  }

  /** The coefficients as a polynomial in one variable, by degree; absent ones are zero. */
  IntPoly[] coefficients(int variable) {
    WorkBudget.spend(terms.size());
    IntPoly[] result = new IntPoly[degree(variable) + 1];
    Arrays.setAll(result, _ -> zero(variables));
    terms.forEach(
        (exponents, value) ->
            result[exponents[variable]].terms.put(with(exponents, variable, 0), value));
    return result;
  }

  /** The value at an integer in place of one variable. */
  IntPoly at(int variable, BigInteger point) {
    IntPoly result = zero(variables);
    BigInteger[] powers = new BigInteger[degree(variable) + 1];
    powers[0] = BigInteger.ONE;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1].multiply(point);
    }
    WorkBudget.spend(terms.size() * (1L + powers[powers.length - 1].bitLength() / 256));
    terms.forEach(
        (exponents, value) ->
            result.accumulate(
                with(exponents, variable, 0), value.multiply(powers[exponents[variable]])));
    return result;
  }

  static int[] with(int[] exponents, int variable, int exponent) {
    int[] changed = exponents.clone();
    changed[variable] = exponent;
    return changed;
  }
}
