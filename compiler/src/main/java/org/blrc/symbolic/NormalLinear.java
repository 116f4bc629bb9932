package org.blrc.symbolic;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Expect;
import org.blrc.symbolic.Expr.Reduce;

/**
 * The normal form of linear functionals (expectations, sums, means): constants come out, sums come
 * apart, and data sums stand outside expectations and means over draws.
 */
final class NormalLinear {

  private NormalLinear() {}

  /**
   * @param bound whether a symbol is bound by the functional
   * @param functional builds the functional of a body that depends on what it binds
   * @param ofOne the functional's value at the constant 1
   */
  static Fraction fraction(
      Expr body, Predicate<Expr> bound, UnaryOperator<Expr> functional, Fraction ofOne) {
    Fraction inner = Normal.fraction(body);
    Poly bottomInside = Poly.ONE;
    Poly bottomOutside = Poly.constant(inner.denominator().integerContent());
    for (Poly factor : factors(inner.denominator())) {
      if (factor.generators().stream().anyMatch(each -> varies(each, bound))) {
        bottomInside = bottomInside.times(factor);
      } else {
        bottomOutside = bottomOutside.times(factor);
      }
    }
    Fraction insideDenominator = Fraction.of(bottomInside).reciprocal();
    Fraction outsideDenominator = Fraction.of(bottomOutside).reciprocal();
    Fraction sum = Fraction.ZERO;
    for (Map.Entry<Monomial, BigInteger> term : inner.numerator().terms().entrySet()) {
      Fraction outside = Fraction.of(Poly.constant(term.getValue()));
      Fraction inside = Fraction.ONE;
      for (Map.Entry<Expr, Rational> power : term.getKey().powers().entrySet()) {
        Fraction factor = Fraction.of(power.getKey(), power.getValue());
        if (varies(power.getKey(), bound)) {
          inside = inside.times(factor);
        } else {
          outside = outside.times(factor);
        }
      }
      Fraction whole = inside.times(insideDenominator);
      Fraction simple = Normal.expandRoots(whole);
      Fraction value =
          simple.equals(whole)
              ? apply(whole, functional, ofOne)
              : fraction(Presentation.of(simple), bound, functional, ofOne);
      sum = sum.plus(outside.times(outsideDenominator).times(value));
    }
    return sum;
  }

  /** Whether an expression holds what is bound, and not by another functional inside it. */
  private static boolean varies(Expr expr, Predicate<Expr> bound) {
    boolean hidden =
        switch (expr) {
          case Reduce reduce -> bound.test(reduce.index());
          case Expect expectation -> bound.test(expectation.variable());
          default -> false;
        };
    return !hidden
        && (bound.test(expr)
            || Walk.children(expr).stream().anyMatch(child -> varies(child, bound)));
  }

  /** A denominator's factors, without its integer content. */
  private static List<Poly> factors(Poly poly) {
    List<Poly> result = new ArrayList<>();
    poly.monomialContent()
        .powers()
        .forEach(
            (generator, power) ->
                result.add(Poly.term(Monomial.of(generator, power), BigInteger.ONE)));
    PolyGcd.factors(PolyGcd.primitive(poly))
        .forEach(factor -> result.add(factor.base().pow(factor.multiplicity())));
    return result;
  }

  private static Fraction apply(Fraction inside, UnaryOperator<Expr> functional, Fraction ofOne) {
    if (inside.equals(Fraction.ONE)) {
      return ofOne;
    }
    Expr body = Presentation.of(inside);
    Expr whole = functional.apply(body);
    if (commutes(whole)) {
      for (Expr factor : Exprs.factors(body)) {
        if (factor instanceof Reduce data
            && (data.axis() instanceof Axis.Data || data.axis() instanceof Axis.Batch)) {
          // Finite sums commute with expectations and with means over draws.
          List<Expr> factors = new ArrayList<>(Exprs.factors(body));
          factors.remove(factor);
          factors.add(data.body());
          Expr normal = Normal.simplify(functional.apply(Exprs.mul(factors)));
          return Normal.fraction(new Reduce(data.mean(), data.index(), data.axis(), normal));
        }
      }
    }
    return Fraction.of(whole, Rational.ONE);
  }

  private static boolean commutes(Expr functional) {
    return functional instanceof Expect
        || (functional instanceof Reduce reduce && reduce.axis() instanceof Axis.Draws);
  }
}
