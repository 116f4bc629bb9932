package org.blrc.symbolic;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Greatest common divisors, exact division and square-free factors of polynomials. */
final class PolyGcd {

  /** A factor and how often it occurs. */
  record Factor(Poly base, int multiplicity) {}

  private PolyGcd() {}

  /** The divisor, with a positive leading coefficient. */
  static Poly gcd(Poly left, Poly right) {
    if (left.isZero() || right.isZero()) {
      return normalise(left.isZero() ? right : left);
    }
    Monomial monomials = commonMonomial(left.monomialContent(), right.monomialContent());
    BigInteger integers = left.integerContent().gcd(right.integerContent());
    Poly contents = Poly.term(monomials, integers);
    if (left.terms().size() == 1 || right.terms().size() == 1) {
      return contents;
    }
    Poly a = primitive(left);
    Poly b = primitive(right);
    Ring ring = Ring.of(a, b);
    return normalise(
        ring.inGenerators(IntPolyGcd.gcd(ring.inVariables(a), ring.inVariables(b)))
            .times(contents));
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

  /** Division without remainder; the divisor must divide. */
  static Poly divideExactly(Poly dividend, Poly divisor) {
    if (divisor.isOne() || dividend.isZero()) {
      return dividend;
    }
    Monomial monomial =
        dividend.monomialContent().times(divisor.monomialContent().pow(Rational.of(-1)));
    Poly a = dividend.dividedBy(dividend.monomialContent());
    Poly b = divisor.dividedBy(divisor.monomialContent());
    Ring ring = Ring.of(a, b);
    IntPoly quotient =
        ring.inVariables(a)
            .dividedBy(ring.inVariables(b))
            .orElseThrow(() -> new IllegalStateException("division with a remainder"));
    return ring.inGenerators(quotient).times(monomial);
  }

  /**
   * Splits a primitive polynomial into factors that have no common divisor: contents with respect
   * to each generator, then square-free parts (Yun 1976).
   */
  static List<Factor> factors(Poly primitive) {
    if (primitive.isConstant()) {
      return List.of();
    }
    if (isPlainlyIrreducible(primitive)) {
      return List.of(new Factor(primitive, 1));
    }
    Ring ring = Ring.of(primitive);
    List<Factor> result = new ArrayList<>();
    for (IntPoly part : parts(ring.inVariables(primitive))) {
      squareFree(part, ring, result);
    }
    return result;
  }

  /**
   * Whether some generator occurs in one term only, and there linearly. Its coefficient is a
   * monomial and has no divisor in common with the other terms, so nothing divides the whole. Long
   * sums are of this kind.
   */
  private static boolean isPlainlyIrreducible(Poly primitive) {
    TreeMap<Expr, Integer> occurrences = new TreeMap<>(ExprOrder::compare);
    TreeMap<Expr, Rational> exponents = new TreeMap<>(ExprOrder::compare);
    for (Monomial monomial : primitive.terms().keySet()) {
      exponents.putAll(monomial.powers());
      monomial.powers().keySet().forEach(each -> occurrences.merge(each, 1, Integer::sum));
    }
    return primitive.terms().size() > 1
        && occurrences.keySet().stream()
            .anyMatch(
                generator ->
                    occurrences.get(generator) == 1
                        && exponents.get(generator).numerator().equals(BigInteger.ONE));
  }

  /** Splits off the contents with respect to each variable. */
  private static List<IntPoly> parts(IntPoly poly) {
    for (int variable = 0; variable < poly.variables(); variable++) {
      if (poly.degree(variable) > 0) {
        IntPoly content = IntPolyGcd.content(poly, variable).primitive();
        if (!content.isConstant()) {
          List<IntPoly> result = new ArrayList<>(parts(content));
          result.addAll(parts(poly.dividedBy(content).orElseThrow()));
          return result;
        }
      }
    }
    return List.of(poly);
  }

  /** A part has the same variables in each of its factors, so that one of them is enough. */
  private static void squareFree(IntPoly poly, Ring ring, List<Factor> result) {
    int variable = 0;
    while (poly.degree(variable) == 0) {
      variable++;
    }
    IntPoly derivative = poly.derivative(variable);
    IntPoly repeated = IntPolyGcd.gcd(poly, derivative);
    IntPoly rest = poly.dividedBy(repeated).orElseThrow();
    IntPoly next = derivative.dividedBy(repeated).orElseThrow().minus(rest.derivative(variable));
    for (int multiplicity = 1; !rest.isConstant(); multiplicity++) {
      IntPoly factor = IntPolyGcd.gcd(rest, next).primitive();
      if (!factor.isConstant()) {
        result.add(new Factor(ring.inGenerators(factor), multiplicity));
      }
      rest = rest.dividedBy(factor).orElseThrow();
      if (!rest.isConstant()) {
        next = next.dividedBy(factor).orElseThrow().minus(rest.derivative(variable));
      }
    }
  }
}
