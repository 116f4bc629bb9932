package org.blrc.symbolic;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.blrc.symbolic.Expr.Sym;

/**
 * Turns normal forms back into expressions that read well: factored, and collected by what is not a
 * coefficient.
 */
final class Presentation {

  private Presentation() {}

  static Expr of(Fraction fraction) {
    if (fraction.isZero()) {
      return Exprs.ZERO;
    }
    List<Expr> factors = new ArrayList<>();
    BigInteger top = fraction.numerator().integerContent();
    BigInteger bottom = fraction.denominator().integerContent();
    factors.addAll(factors(fraction.numerator(), Rational.ONE));
    factors.addAll(factors(fraction.denominator(), Rational.of(-1)));
    Rational coefficient = new Rational(top, bottom);
    if (coefficient.signum() < 0 && turnOne(factors)) {
      coefficient = coefficient.negate();
    }
    factors.addFirst(Exprs.num(coefficient));
    return Exprs.mul(withRootsJoined(withRootsCancelled(factors)));
  }

  /** Turns the sign of one sum that has a negative number in it, or mostly negative terms. */
  private static boolean turnOne(List<Expr> factors) {
    for (int i = 0; i < factors.size(); i++) {
      boolean below =
          factors.get(i) instanceof Expr.Pow(_, Expr exponent) && exponent.equals(Exprs.MINUS_ONE);
      Expr base = below ? Exprs.reciprocal(factors.get(i)) : factors.get(i);
      if (base instanceof Expr.Add(List<Expr> terms)) {
        long negative = terms.stream().filter(term -> Exprs.coefficient(term).signum() < 0).count();
        boolean negativeNumber =
            terms.getFirst() instanceof Expr.Num(Rational value) && value.signum() < 0;
        if (negativeNumber || 2 * negative >= terms.size()) {
          Expr turned = Exprs.negate(base);
          factors.set(i, below ? Exprs.reciprocal(turned) : turned);
          return true;
        }
      }
    }
    return false;
  }

  /**
   * One square root of a product in place of a product of square roots; not of several sums, which
   * would not be found again once their product is expanded.
   */
  private static List<Expr> withRootsJoined(List<Expr> factors) {
    List<Expr> result = new ArrayList<>();
    List<Expr> above = new ArrayList<>();
    List<Expr> below = new ArrayList<>();
    for (Expr factor : factors) {
      switch (factor) {
        case Expr.Pow(Expr base, Expr exponent) when exponent.equals(Exprs.HALF) -> above.add(base);
        case Expr.Pow(Expr base, Expr exponent) when exponent.equals(Exprs.negate(Exprs.HALF)) ->
            below.add(base);
        default -> result.add(factor);
      }
    }
    if (above.size() + below.size() < 2 || sums(above) > 1 || sums(below) > 1) {
      return factors;
    }
    if (!above.isEmpty()) {
      result.add(Exprs.sqrt(Exprs.mul(above)));
    }
    if (!below.isEmpty()) {
      result.add(Exprs.reciprocal(Exprs.sqrt(Exprs.mul(below))));
    }
    return result;
  }

  private static long sums(List<Expr> exprs) {
    return exprs.stream().filter(Expr.Add.class::isInstance).count();
  }

  /** The polynomial as a plain sum of products. */
  static Expr expanded(Poly poly) {
    List<Expr> terms = new ArrayList<>();
    poly.terms()
        .forEach(
            (monomial, coefficient) ->
                terms.add(Exprs.mul(Exprs.num(whole(coefficient)), of(monomial))));
    return Exprs.add(ExpectationMerger.merged(terms));
  }

  private static Rational whole(BigInteger value) {
    return new Rational(value, BigInteger.ONE);
  }

  private static Expr of(Monomial monomial) {
    List<Expr> factors = new ArrayList<>();
    monomial.powers().forEach((generator, exponent) -> factors.add(power(generator, exponent)));
    return Exprs.mul(withRootsJoined(factors));
  }

  private static Expr power(Expr generator, Rational exponent) {
    if (generator instanceof Expr.Call(Function function, List<Expr> arguments)
        && function == Function.EXP) {
      return Exprs.call(Function.EXP, Exprs.mul(Exprs.num(exponent), arguments.getFirst()));
    }
    return Exprs.pow(generator, Exprs.num(exponent));
  }

  private static List<Expr> factors(Poly poly, Rational exponent) {
    List<Expr> result = new ArrayList<>();
    Monomial content = wholePowers(poly);
    content
        .powers()
        .forEach((generator, power) -> result.add(power(generator, power.times(exponent))));
    Monomial roots = poly.monomialContent().times(content.pow(Rational.of(-1)));
    for (PolyGcd.Factor factor : PolyGcd.factors(PolyGcd.primitive(poly))) {
      Poly base = factor.base();
      if (factor.multiplicity() == 1) {
        base = base.times(roots);
        roots = Monomial.ONE;
      }
      Rational power = exponent.times(Rational.of(factor.multiplicity()));
      result.add(Exprs.pow(collected(base), Exprs.num(power)));
    }
    roots
        .powers()
        .forEach((generator, power) -> result.add(power(generator, power.times(exponent))));
    return result;
  }

  /**
   * The common monomial; of a sum only whole powers, so that h - sqrt(h) g does not become sqrt(h)
   * (sqrt(h) - g).
   */
  private static Monomial wholePowers(Poly poly) {
    Monomial content = poly.monomialContent();
    if (poly.terms().size() == 1) {
      return content;
    }
    Monomial whole = Monomial.ONE;
    for (Map.Entry<Expr, Rational> power : content.powers().entrySet()) {
      BigInteger floor = power.getValue().numerator().divide(power.getValue().denominator());
      whole = whole.times(Monomial.of(power.getKey(), new Rational(floor, BigInteger.ONE)));
    }
    return whole;
  }

  /** Collects a polynomial by its varying part; coefficients are in turn factored. */
  private static Expr collected(Poly poly) {
    Map<Monomial, Poly> byVaryingPart = new LinkedHashMap<>();
    poly.terms()
        .forEach(
            (monomial, coefficient) -> {
              Monomial constant = Monomial.ONE;
              Monomial varying = Monomial.ONE;
              for (Map.Entry<Expr, Rational> power : monomial.powers().entrySet()) {
                Monomial part = Monomial.of(power.getKey(), power.getValue());
                if (isCoefficient(power.getKey())) {
                  constant = constant.times(part);
                } else {
                  varying = varying.times(part);
                }
              }
              byVaryingPart.merge(varying, Poly.term(constant, coefficient), Poly::plus);
            });
    if (byVaryingPart.size() == poly.terms().size() || byVaryingPart.size() == 1) {
      return expanded(poly);
    }
    List<Expr> terms = new ArrayList<>();
    byVaryingPart.forEach(
        (varying, coefficient) -> terms.add(Exprs.mul(of(Fraction.of(coefficient)), of(varying))));
    return Exprs.add(ExpectationMerger.merged(terms));
  }

  /** Whether an expression is the same for all coordinates. */
  private static boolean isCoefficient(Expr expr) {
    return !Walk.contains(
        expr,
        part ->
            switch (part) {
              case Sym symbol ->
                  switch (symbol.kind()) {
                    case CONSTANT, HYPER, STEP_NUMBER, RATE -> false;
                    case STATE, NEW, PARAMETER, VARIABLE, INDEX, ANSWER, LOCAL, META -> true;
                  };
              case Expr.Oracle _, Expr.Expect _, Expr.Reduce _, Expr.Draw _, Expr.Noise _ -> true;
              default -> false;
            });
  }

  /**
   * A root and the sum that it is a root of are powers of the same base; products merge them by
   * themselves once equal.
   */
  private static List<Expr> withRootsCancelled(List<Expr> factors) {
    List<Expr> result = new ArrayList<>(factors);
    for (int i = 0; i < result.size(); i++) {
      if (result.get(i) instanceof Expr.Pow(Expr base, Expr exponent)
          && base instanceof Expr.Add
          && exponent instanceof Expr.Num(Rational power)
          && !power.isInteger()) {
        for (int j = 0; j < result.size(); j++) {
          Expr other =
              result.get(j) instanceof Expr.Pow(Expr otherBase, _) ? otherBase : result.get(j);
          if (j != i && other instanceof Expr.Add && !other.equals(base) && sameSum(base, other)) {
            result.set(i, Exprs.pow(other, exponent));
          }
        }
      }
    }
    return result;
  }

  private static boolean sameSum(Expr left, Expr right) {
    return Normal.fraction(left).equals(Normal.fraction(right));
  }
}
