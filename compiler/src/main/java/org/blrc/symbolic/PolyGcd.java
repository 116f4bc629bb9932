package org.blrc.symbolic;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Greatest common divisors, exact division and square-free factors of multivariate polynomials, by
 * primitive remainder sequences in one generator after the other (Knuth, The Art of Computer
 * Programming 2, section 4.6.1).
 */
final class PolyGcd {

  /** A factor and how often it occurs. */
  record Factor(Poly base, int multiplicity) {}

  private PolyGcd() {}

  static Poly gcd(Poly left, Poly right) {
    if (left.isZero()) {
      return normalise(right);
    }
    if (right.isZero()) {
      return normalise(left);
    }
    BigInteger integers = left.integerContent().gcd(right.integerContent());
    Monomial monomials = commonMonomial(left.monomialContent(), right.monomialContent());
    Poly a = primitive(left);
    Poly b = primitive(right);
    Poly rest = a.isConstant() || b.isConstant() ? Poly.ONE : gcdOfPrimitives(a, b);
    return normalise(rest.times(monomials).times(integers));
  }

  /** The polynomial without integer and monomial content, with a positive leading coefficient. */
  static Poly primitive(Poly poly) {
    return poly.isZero()
        ? poly
        : poly.dividedBy(poly.monomialContent()).dividedBy(poly.integerContent());
  }

  private static Poly normalise(Poly poly) {
    return poly.isZero() || poly.leadingCoefficient().signum() > 0
        ? poly
        : poly.times(BigInteger.ONE.negate());
  }

  private static Monomial commonMonomial(Monomial left, Monomial right) {
    Monomial common = Monomial.ONE;
    for (var entry : left.powers().entrySet()) {
      Rational other = right.exponent(entry.getKey());
      Rational least = entry.getValue().compareTo(other) < 0 ? entry.getValue() : other;
      if (least.signum() > 0) {
        common = common.times(Monomial.of(entry.getKey(), least));
      }
    }
    return common;
  }

  private static Poly gcdOfPrimitives(Poly left, Poly right) {
    if (left.equals(right)) {
      return left;
    }
    SortedSet<Expr> shared = new TreeSet<>(left.generators());
    SortedSet<Expr> rightGenerators = right.generators();
    shared.retainAll(rightGenerators);
    if (shared.isEmpty()) {
      return Poly.ONE;
    }
    // A generator in only one of them cannot be in the divisor: only the contents with respect to
    // it matter.
    for (Expr generator : left.generators()) {
      if (!rightGenerators.contains(generator)) {
        return gcd(content(left, generator), right);
      }
    }
    for (Expr generator : rightGenerators) {
      if (!left.generators().contains(generator)) {
        return gcd(left, content(right, generator));
      }
    }
    Expr main = shared.last();
    Poly leftContent = content(left, main);
    Poly rightContent = content(right, main);
    Poly a = divideExactly(left, leftContent);
    Poly b = divideExactly(right, rightContent);
    if (degree(a, main).compareTo(degree(b, main)) < 0) {
      Poly swap = a;
      a = b;
      b = swap;
    }
    while (!b.isZero() && degree(b, main).signum() > 0) {
      Poly remainder = pseudoRemainder(a, b, main);
      a = b;
      b = remainder.isZero() ? remainder : primitivePart(remainder, main);
    }
    Poly divisor = b.isZero() ? primitivePart(a, main) : Poly.ONE;
    return divisor.times(gcd(leftContent, rightContent));
  }

  private static Poly primitivePart(Poly poly, Expr generator) {
    Poly part = divideExactly(poly, content(poly, generator));
    return normalise(part.dividedBy(part.integerContent()));
  }

  /** The greatest common divisor of the coefficients with respect to one generator. */
  static Poly content(Poly poly, Expr generator) {
    Poly content = Poly.ZERO;
    for (Poly coefficient : poly.coefficients(generator).values()) {
      content = gcd(content, coefficient);
      if (content.isOne()) {
        break;
      }
    }
    return content;
  }

  static Rational degree(Poly poly, Expr generator) {
    return poly.isZero() ? Rational.ZERO : poly.coefficients(generator).lastKey();
  }

  private static Poly pseudoRemainder(Poly dividend, Poly divisor, Expr main) {
    Rational divisorDegree = degree(divisor, main);
    Poly leading = divisor.coefficients(main).get(divisorDegree);
    Poly remainder = dividend;
    while (!remainder.isZero() && degree(remainder, main).compareTo(divisorDegree) >= 0) {
      WorkBudget.spend(10);
      SortedMap<Rational, Poly> coefficients = remainder.coefficients(main);
      Rational top = coefficients.lastKey();
      Monomial shift = Monomial.of(main, top.plus(divisorDegree.negate()));
      remainder = remainder.times(leading).minus(divisor.times(coefficients.get(top)).times(shift));
      if (!remainder.isZero()) {
        // Without this the coefficients grow exponentially.
        remainder = remainder.dividedBy(remainder.integerContent());
      }
    }
    return remainder;
  }

  /** Division without remainder; the divisor must divide. */
  static Poly divideExactly(Poly dividend, Poly divisor) {
    if (divisor.isOne()) {
      return dividend;
    }
    Poly quotient = Poly.ZERO;
    Poly remainder = dividend;
    while (!remainder.isZero()) {
      Monomial monomial =
          remainder.leadingMonomial().times(divisor.leadingMonomial().pow(Rational.of(-1)));
      BigInteger[] division =
          remainder.leadingCoefficient().divideAndRemainder(divisor.leadingCoefficient());
      if (division[1].signum() != 0) {
        throw new IllegalStateException("division with a remainder");
      }
      Poly term = Poly.term(monomial, division[0]);
      quotient = quotient.plus(term);
      remainder = remainder.minus(divisor.times(term));
    }
    return quotient;
  }

  /**
   * Splits a primitive polynomial into factors: contents with respect to each generator, then
   * square-free parts.
   */
  static List<Factor> factors(Poly primitive) {
    List<Factor> result = new ArrayList<>();
    if (primitive.isConstant()) {
      return result;
    }
    for (Expr generator : primitive.generators()) {
      Poly content = content(primitive, generator);
      if (!content.isConstant()) {
        result.addAll(factors(primitive(content)));
        result.addAll(factors(primitive(divideExactly(primitive, content))));
        return merged(result);
      }
    }
    Expr main = primitive.generators().last();
    Poly repeated = gcd(primitive, derivative(primitive, main));
    if (repeated.isConstant()) {
      return List.of(new Factor(primitive, 1));
    }
    Poly radical = divideExactly(primitive, repeated);
    result.addAll(factors(primitive(radical)));
    result.addAll(factors(primitive(repeated)));
    return merged(result);
  }

  private static List<Factor> merged(List<Factor> factors) {
    List<Factor> result = new ArrayList<>();
    for (Factor factor : factors) {
      int at = 0;
      while (at < result.size() && !result.get(at).base().equals(factor.base())) {
        at++;
      }
      if (at == result.size()) {
        result.add(factor);
      } else {
        result.set(
            at, new Factor(factor.base(), result.get(at).multiplicity() + factor.multiplicity()));
      }
    }
    return result;
  }

  /** The derivative, up to a constant factor where exponents are fractions. */
  private static Poly derivative(Poly poly, Expr generator) {
    BigInteger scale = BigInteger.ONE;
    for (Rational exponent : poly.coefficients(generator).keySet()) {
      scale = scale.multiply(exponent.denominator()).divide(scale.gcd(exponent.denominator()));
    }
    Poly sum = Poly.ZERO;
    for (var entry : poly.coefficients(generator).entrySet()) {
      Rational exponent = entry.getKey();
      if (!exponent.isZero()) {
        BigInteger factor = exponent.times(new Rational(scale, BigInteger.ONE)).numerator();
        Rational unit = Rational.of(1).times(new Rational(BigInteger.ONE, scale));
        sum =
            sum.plus(
                entry
                    .getValue()
                    .times(Monomial.of(generator, exponent.plus(unit.negate())))
                    .times(factor));
      }
    }
    return sum;
  }
}
