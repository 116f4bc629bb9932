package org.blrc.symbolic;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.symbolic.Expr.Call;
import org.blrc.symbolic.Expr.Num;
import org.blrc.symbolic.Expr.Pow;

/**
 * The normal form of exponentials, and of powers b^u of positive numbers, which are exp(u log(b)):
 * exp(c u + d v) is the product of the c-th power of exp(u) and the d-th of exp(v). Where a sum
 * divides the exponent, its terms are not independent, and the exponential stays in one piece.
 */
final class Exponentials {

  private Exponentials() {}

  /** A rational multiple of something whose leading coefficient is 1. */
  record Multiple(Rational coefficient, Expr unit) {}

  static Fraction of(Expr argument) {
    return multiples(argument).stream()
        .map(Exponentials::power)
        .reduce(Fraction.ONE, Fraction::times);
  }

  /** An expression as a sum of multiples of independent ones. */
  static List<Multiple> multiples(Expr expr) {
    Fraction fraction = Normal.fraction(expr);
    if (fraction.isZero()) {
      return List.of();
    }
    return isSplit(fraction)
        ? fraction.numerator().terms().entrySet().stream()
            .map(term -> Poly.term(term.getKey(), term.getValue()))
            .map(term -> multiple(Fraction.reduced(term, fraction.denominator())))
            .toList()
        : List.of(multiple(fraction));
  }

  private static boolean isSplit(Fraction fraction) {
    return fraction.denominator().terms().size() == 1;
  }

  private static Multiple multiple(Fraction fraction) {
    BigInteger above = fraction.numerator().integerContent();
    BigInteger below = fraction.denominator().integerContent();
    Fraction unit =
        new Fraction(
            fraction.numerator().dividedBy(above), fraction.denominator().dividedBy(below));
    return new Multiple(new Rational(above, below), Presentation.of(unit));
  }

  private static Fraction power(Multiple argument) {
    Expr base = base(argument.unit());
    return argument(base).isPresent()
        ? Fraction.of(base, argument.coefficient())
        : Normal.power(Normal.fraction(base), argument.coefficient());
  }

  /** The exponential of a product, as a power where one of the factors is a logarithm. */
  private static Expr base(Expr product) {
    List<Expr> logarithms =
        Exprs.factors(product).stream().filter(Exponentials::isLogarithmOfPositive).toList();
    return logarithms.size() == 1 && logarithms.getFirst() instanceof Call(_, List<Expr> arguments)
        ? Exprs.pow(arguments.getFirst(), Exprs.divide(product, logarithms.getFirst()))
        : Exprs.call(Function.EXP, product);
  }

  private static boolean isLogarithmOfPositive(Expr factor) {
    return factor instanceof Call(Function function, List<Expr> arguments)
        && function == Function.LOG
        && Bounds.isPositive(arguments.getFirst());
  }

  /** The fraction with products of dependent exponentials as one, where there are any. */
  static Optional<Fraction> joined(Fraction fraction) {
    if (!hasDependent(fraction.numerator()) && !hasDependent(fraction.denominator())) {
      return Optional.empty();
    }
    return Optional.of(
        joined(fraction.numerator()).times(joined(fraction.denominator()).reciprocal()));
  }

  private static boolean hasDependent(Poly poly) {
    return poly.terms().keySet().stream().anyMatch(Exponentials::isDependent);
  }

  /** Whether several exponentials are factors, and an exponent stays in one piece. */
  private static boolean isDependent(Monomial monomial) {
    List<Expr> arguments =
        monomial.powers().keySet().stream().flatMap(each -> argument(each).stream()).toList();
    return arguments.size() > 1
        && !arguments.stream().map(Normal::fraction).allMatch(Exponentials::isSplit);
  }

  private static Fraction joined(Poly poly) {
    Fraction sum = Fraction.ZERO;
    for (Map.Entry<Monomial, BigInteger> term : poly.terms().entrySet()) {
      sum = sum.plus(joined(term.getKey()).times(Fraction.of(Poly.constant(term.getValue()))));
    }
    return sum;
  }

  private static Fraction joined(Monomial monomial) {
    if (!isDependent(monomial)) {
      return Fraction.of(Poly.term(monomial, BigInteger.ONE));
    }
    Monomial others = Monomial.ONE;
    Expr argument = Exprs.ZERO;
    for (Map.Entry<Expr, Rational> power : monomial.powers().entrySet()) {
      Optional<Expr> inner = argument(power.getKey());
      if (inner.isPresent()) {
        argument = Exprs.add(argument, Exprs.mul(Exprs.num(power.getValue()), inner.get()));
      } else {
        others = others.times(Monomial.of(power.getKey(), power.getValue()));
      }
    }
    return of(argument).times(Fraction.of(Poly.term(others, BigInteger.ONE)));
  }

  /** What a generator is the exponential of. */
  private static Optional<Expr> argument(Expr generator) {
    return switch (generator) {
      case Call(Function function, List<Expr> arguments) when function == Function.EXP ->
          Optional.of(arguments.getFirst());
      case Pow(Expr base, Expr exponent)
          when !(exponent instanceof Num) && Bounds.isPositive(base) ->
          Optional.of(Exprs.mul(exponent, Exprs.call(Function.LOG, base)));
      default -> Optional.empty();
    };
  }
}
