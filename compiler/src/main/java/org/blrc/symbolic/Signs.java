package org.blrc.symbolic;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.blrc.symbolic.Expr.Call;

/**
 * Products of signs: sign(u) |u| = u and sign(u) u = |u|, at u = 0 as well. That sign(u)^2 is 1
 * does not hold there, so it stays.
 */
final class Signs {

  private Signs() {}

  static boolean occurIn(Poly poly) {
    return poly.terms().keySet().stream().anyMatch(monomial -> pair(monomial) != null);
  }

  /** A sign of {@code argument} beside {@code partner}, which together are {@code product}. */
  private record Pair(Expr sign, Expr partner, Expr product) {}

  private static Pair pair(Monomial monomial) {
    for (Expr generator : monomial.powers().keySet()) {
      if (generator instanceof Call(Function function, List<Expr> arguments)
          && function == Function.SIGN
          && isWhole(monomial.exponent(generator))) {
        Expr argument = arguments.getFirst();
        Expr size = Exprs.call(Function.ABS, argument);
        if (isWhole(monomial.exponent(size))) {
          return new Pair(generator, size, argument);
        }
        if (isWhole(monomial.exponent(argument))) {
          return new Pair(generator, argument, size);
        }
      }
    }
    return null;
  }

  private static boolean isWhole(Rational exponent) {
    return exponent.isInteger() && exponent.signum() > 0;
  }

  static Fraction joined(Fraction fraction) {
    return Normal.expandRoots(
        joined(fraction.numerator()).times(joined(fraction.denominator()).reciprocal()));
  }

  private static Fraction joined(Poly poly) {
    Fraction sum = Fraction.ZERO;
    for (Map.Entry<Monomial, BigInteger> term : poly.terms().entrySet()) {
      Pair pair = pair(term.getKey());
      Fraction value;
      if (pair == null) {
        value = Fraction.of(Poly.term(term.getKey(), term.getValue()));
      } else {
        Monomial rest =
            term.getKey()
                .times(Monomial.of(pair.sign(), Rational.of(-1)))
                .times(Monomial.of(pair.partner(), Rational.of(-1)));
        value =
            Fraction.of(Poly.term(rest, term.getValue())).times(Normal.fraction(pair.product()));
      }
      sum = sum.plus(value);
    }
    return sum;
  }
}
