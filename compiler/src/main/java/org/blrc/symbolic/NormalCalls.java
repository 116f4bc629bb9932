package org.blrc.symbolic;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.blrc.symbolic.Expr.Call;
import org.blrc.symbolic.Expr.Num;

/** The normal form of function values. */
final class NormalCalls {

  private NormalCalls() {}

  static Fraction fraction(Function function, List<Expr> arguments) {
    List<Expr> simple = arguments.stream().map(Normal::simplify).toList();
    Expr first = simple.getFirst();
    return switch (function) {
      case EXP -> exponential(first);
      case LOG -> logarithm(Normal.fraction(first));
      case ABS -> absolute(Normal.fraction(first));
      case SIGN -> signum(Normal.fraction(first));
      case LOG1P -> logarithm(Fraction.ONE.plus(Normal.fraction(first)));
      case EXPM1 -> exponential(first).plus(Fraction.ONE.negate());
      default -> reflected(function, simple);
    };
  }

  /** Of an odd or even function, only values at arguments without a minus are kept. */
  private static Fraction reflected(Function function, List<Expr> arguments) {
    Expr first = arguments.getFirst();
    boolean even = function.shape() == FunctionFacts.Shape.EVEN;
    if (Exprs.coefficient(first).signum() >= 0 || !(even || function.shape().isOdd())) {
      return opaque(Exprs.call(function, arguments));
    }
    Fraction value = opaque(Exprs.call(function, Exprs.negate(first)));
    return even ? value : value.negate();
  }

  private static Fraction opaque(Expr value) {
    return value instanceof Call ? Fraction.of(value, Rational.ONE) : Normal.fraction(value);
  }

  /** exp(c u + ...) is the product of the c-th powers of exp(u). */
  private static Fraction exponential(Expr argument) {
    Fraction product = Fraction.ONE;
    for (Expr term : Exprs.terms(terms(Normal.fraction(argument)))) {
      Rational coefficient = Exprs.coefficient(term);
      Expr rest = Exprs.withoutCoefficient(term);
      Expr base = Exprs.call(Function.EXP, rest);
      product =
          product.times(
              base instanceof Call
                  ? Fraction.of(base, coefficient)
                  : Normal.power(Normal.fraction(base), coefficient));
    }
    return product;
  }

  /** The sum of the numerator's terms, each over the denominator. */
  static Expr terms(Fraction fraction) {
    if (fraction.isZero()) {
      return Exprs.ZERO;
    }
    return Exprs.add(
        fraction.numerator().terms().entrySet().stream()
            .map(
                term ->
                    Presentation.of(
                        Fraction.reduced(
                            Poly.term(term.getKey(), term.getValue()), fraction.denominator())))
            .toList());
  }

  /** Factors that cannot be negative come out of a logarithm as terms. */
  private static Fraction logarithm(Fraction argument) {
    if (argument.isZero()) {
      return Fraction.of(new Call(Function.LOG, List.of(Exprs.ZERO)), Rational.ONE);
    }
    Split above = split(argument.numerator());
    Split below = split(argument.denominator());
    Fraction outside = above.outside().plus(below.outside().negate());
    if (above.inside().isOne()) {
      return outside.plus(logarithmOf(Fraction.of(below.inside())).negate());
    }
    // The signs of what is left may only be positive together.
    return outside.plus(logarithmOf(Fraction.reduced(above.inside(), below.inside())));
  }

  private static Fraction logarithmOf(Fraction inside) {
    return inside.equals(Fraction.ONE)
        ? Fraction.ZERO
        : Fraction.of(Exprs.call(Function.LOG, Presentation.of(inside)), Rational.ONE);
  }

  /** A polynomial as exp(outside) times inside. */
  private record Split(Fraction outside, Poly inside) {}

  private static Split split(Poly poly) {
    BigInteger integers = poly.integerContent();
    Fraction sum = Fraction.ZERO;
    for (Map.Entry<BigInteger, Integer> prime : Primes.of(integers.abs()).entrySet()) {
      Expr number = new Num(new Rational(prime.getKey(), BigInteger.ONE));
      Fraction log = Fraction.of(Exprs.call(Function.LOG, number), Rational.ONE);
      sum = sum.plus(log.times(Fraction.of(Rational.of(prime.getValue()))));
    }
    Poly inside = Poly.constant(BigInteger.valueOf(integers.signum()));
    for (Map.Entry<Expr, Rational> entry : poly.monomialContent().powers().entrySet()) {
      if (Bounds.isNonnegative(entry.getKey())) {
        Expr log = Exprs.call(Function.LOG, entry.getKey());
        sum = sum.plus(opaqueOrPlain(log).times(Fraction.of(entry.getValue())));
      } else {
        inside = inside.times(Monomial.of(entry.getKey(), entry.getValue()));
      }
    }
    for (PolyGcd.Factor factor : PolyGcd.factors(PolyGcd.primitive(poly))) {
      Expr base = Presentation.expanded(factor.base());
      if (Bounds.isNonnegative(base)) {
        Fraction log = Fraction.of(Exprs.call(Function.LOG, base), Rational.ONE);
        sum = sum.plus(log.times(Fraction.of(Rational.of(factor.multiplicity()))));
      } else {
        inside = inside.times(factor.base().pow(factor.multiplicity()));
      }
    }
    return new Split(sum, inside);
  }

  private static Fraction opaqueOrPlain(Expr log) {
    return log instanceof Call ? Fraction.of(log, Rational.ONE) : Normal.fraction(log);
  }

  private static Fraction absolute(Fraction argument) {
    return argument.isZero()
        ? Fraction.ZERO
        : absolute(argument.numerator()).times(absolute(argument.denominator()).reciprocal());
  }

  private static Fraction absolute(Poly poly) {
    Fraction product = Fraction.of(Poly.constant(poly.integerContent().abs()));
    for (Map.Entry<Expr, Rational> entry : poly.monomialContent().powers().entrySet()) {
      Expr base = Exprs.call(Function.ABS, entry.getKey());
      product = product.times(Fraction.of(base, entry.getValue()));
    }
    for (PolyGcd.Factor factor : PolyGcd.factors(PolyGcd.primitive(poly))) {
      Expr base = Exprs.call(Function.ABS, Presentation.expanded(factor.base()));
      Fraction size =
          base instanceof Call ? Fraction.of(base, Rational.ONE) : Fraction.of(factor.base());
      product = product.times(size.pow(factor.multiplicity()));
    }
    return product;
  }

  /** Factors that cannot be negative do not matter to a sign. */
  private static Fraction signum(Fraction argument) {
    Poly product = argument.numerator().times(argument.denominator());
    Fraction sign = Fraction.ONE;
    if (product.isZero()) {
      return Fraction.ZERO;
    }
    if (product.integerContent().signum() < 0) {
      sign = sign.negate();
    }
    Poly inside = Poly.ONE;
    for (Map.Entry<Expr, Rational> entry : product.monomialContent().powers().entrySet()) {
      if (!Bounds.isPositive(entry.getKey())) {
        inside = inside.times(Monomial.of(entry.getKey(), entry.getValue()));
      }
    }
    for (PolyGcd.Factor factor : PolyGcd.factors(PolyGcd.primitive(product))) {
      if (!Bounds.isPositive(Presentation.expanded(factor.base()))) {
        inside = inside.times(factor.base().pow(factor.multiplicity()));
      }
    }
    return inside.isOne()
        ? sign
        : sign.times(
            Fraction.of(Exprs.call(Function.SIGN, Presentation.expanded(inside)), Rational.ONE));
  }
}
