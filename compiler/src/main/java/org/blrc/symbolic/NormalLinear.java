package org.blrc.symbolic;

import java.math.BigInteger;
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
      Expr body, Predicate<Expr> bound, UnaryOperator<Expr> functional, Expr ofOne) {
    Fraction inner = Normal.fraction(body);
    boolean denominatorBound =
        inner.denominator().generators().stream()
            .anyMatch(generator -> Walk.contains(generator, bound));
    Fraction sum = Fraction.ZERO;
    for (Map.Entry<Monomial, BigInteger> term : inner.numerator().terms().entrySet()) {
      Fraction outside = Fraction.of(Poly.constant(term.getValue()));
      Fraction inside = Fraction.ONE;
      for (Map.Entry<Expr, Rational> power : term.getKey().powers().entrySet()) {
        Fraction factor = Fraction.of(power.getKey(), power.getValue());
        if (Walk.contains(power.getKey(), bound)) {
          inside = inside.times(factor);
        } else {
          outside = outside.times(factor);
        }
      }
      Fraction denominator = Fraction.of(inner.denominator()).reciprocal();
      if (denominatorBound) {
        inside = inside.times(denominator);
      } else {
        outside = outside.times(denominator);
      }
      sum = sum.plus(outside.times(apply(inside, functional, ofOne)));
    }
    return sum;
  }

  private static Fraction apply(Fraction inside, UnaryOperator<Expr> functional, Expr ofOne) {
    if (inside.equals(Fraction.ONE)) {
      return Normal.fraction(ofOne);
    }
    Expr body = Presentation.of(inside);
    Expr whole = functional.apply(body);
    if (body instanceof Reduce data && !(data.axis() instanceof Axis.Draws) && commutes(whole)) {
      // Finite sums commute with expectations and with means over draws.
      Expr pushed = functional.apply(data.body());
      Expr normal = Normal.simplify(pushed);
      return Normal.fraction(new Reduce(data.mean(), data.index(), data.axis(), normal));
    }
    return Fraction.of(whole, Rational.ONE);
  }

  private static boolean commutes(Expr functional) {
    return functional instanceof Expect
        || (functional instanceof Reduce reduce && reduce.axis() instanceof Axis.Draws);
  }
}
