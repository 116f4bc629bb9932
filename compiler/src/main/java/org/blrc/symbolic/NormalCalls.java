package org.blrc.symbolic;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.blrc.symbolic.Expr.Add;
import org.blrc.symbolic.Expr.Call;
import org.blrc.symbolic.Expr.Mul;
import org.blrc.symbolic.Expr.Num;
import org.blrc.symbolic.Expr.Pow;

/** The normal form of function values. */
final class NormalCalls {

  private static final Rational LARGEST_COUNT = Rational.of(20);

  private NormalCalls() {}

  static Fraction fraction(Function function, List<Expr> arguments) {
    List<Expr> simple = arguments.stream().map(Normal::simplify).toList();
    Expr first = simple.getFirst();
    return switch (function) {
      case EXP -> Exponentials.of(first);
      case LOG -> logarithm(Normal.fraction(first));
      case ABS -> absolute(Normal.fraction(first));
      case SIGN -> signum(Normal.fraction(first));
      case LOG1P -> logarithm(Fraction.ONE.plus(Normal.fraction(first)));
      case EXPM1 -> Exponentials.of(first).plus(Fraction.ONE.negate());
      case LGAMMA ->
          isSmallCount(first)
              ? logarithm(Fraction.of(factorialBefore(first)))
              : reflected(function, simple);
      case EXPREL -> Normal.isZero(first) ? Fraction.ONE : reflected(function, simple);
      default -> reflected(function, simple);
    };
  }

  /** Whether the gamma function is the factorial of a number that is short enough to be read. */
  private static boolean isSmallCount(Expr expr) {
    return expr instanceof Num(Rational value)
        && value.isInteger()
        && value.signum() > 0
        && value.compareTo(LARGEST_COUNT) <= 0;
  }

  private static Rational factorialBefore(Expr count) {
    BigInteger end = ((Num) count).value().numerator();
    BigInteger product = BigInteger.ONE;
    for (BigInteger i = BigInteger.TWO; i.compareTo(end) < 0; i = i.add(BigInteger.ONE)) {
      product = product.multiply(i);
    }
    return new Rational(product, BigInteger.ONE);
  }

  /**
   * Of an odd or even function, only values at arguments that lead with a plus are kept; odd ones
   * are 0 at 0.
   */
  private static Fraction reflected(Function function, List<Expr> arguments) {
    Expr first = arguments.getFirst();
    boolean even = function.shape() == FunctionFacts.Shape.EVEN;
    Fraction argument = Normal.fraction(first);
    if (argument.isZero() && function.shape().isOdd()) {
      return Fraction.ZERO;
    }
    boolean minus = !argument.isZero() && argument.numerator().leadingCoefficient().signum() < 0;
    if (!minus || !(even || function.shape().isOdd())) {
      return opaque(Exprs.call(function, arguments));
    }
    Fraction value = opaque(Exprs.call(function, Normal.simplify(Exprs.negate(first))));
    return even ? value : value.negate();
  }

  private static Fraction opaque(Expr value) {
    return value instanceof Call ? Fraction.of(value, Rational.ONE) : Normal.fraction(value);
  }

  /** The sum of the numerator's terms, each over the denominator. */
  static Expr terms(Fraction fraction) {
    if (fraction.isZero()) {
      return Exprs.ZERO;
    }
    List<Expr> terms = new ArrayList<>();
    fraction
        .numerator()
        .terms()
        .forEach(
            (monomial, coefficient) ->
                terms.add(
                    Presentation.of(
                        Fraction.reduced(
                            Poly.term(monomial, coefficient), fraction.denominator()))));
    return Exprs.add(terms);
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
    SignedFactors factors = SignedFactors.of(poly);
    Fraction sum = Fraction.ZERO;
    for (Map.Entry<BigInteger, Integer> prime : Primes.of(factors.size()).entrySet()) {
      Expr number = new Num(new Rational(prime.getKey(), BigInteger.ONE));
      Fraction log = Fraction.of(Exprs.call(Function.LOG, number), Rational.ONE);
      sum = sum.plus(log.times(Fraction.of(Rational.of(prime.getValue()))));
    }
    for (SignedFactors.Factor factor : factors.nonnegative()) {
      if (!Signs.isSign(factor.base())) {
        sum = sum.plus(logarithm(factor.base()).times(Fraction.of(factor.power())));
      }
    }
    return new Split(sum, factors.rest());
  }

  /** The logarithm of a factor that cannot be negative. */
  private static Fraction logarithm(Expr factor) {
    return switch (factor) {
      case Call(Function function, List<Expr> arguments) when function == Function.EXP ->
          Normal.fraction(arguments.getFirst());
      case Pow(Expr base, Expr exponent) when Bounds.isPositive(base) ->
          Normal.fraction(Exprs.mul(exponent, Exprs.call(Function.LOG, base)));
      // What a root is a root of may come apart.
      case Add _, Mul _ when !SignedFactors.of(Normal.fraction(factor).numerator()).isSingle() ->
          logarithm(Normal.fraction(factor));
      default -> Fraction.of(Exprs.call(Function.LOG, factor), Rational.ONE);
    };
  }

  private static Fraction absolute(Fraction argument) {
    return argument.isZero()
        ? Fraction.ZERO
        : absolute(argument.numerator()).times(absolute(argument.denominator()).reciprocal());
  }

  private static Fraction absolute(Poly poly) {
    Fraction product = Fraction.of(Poly.constant(poly.integerContent().abs()));
    for (Map.Entry<Expr, Rational> entry : poly.monomialContent().powers().entrySet()) {
      product = product.times(absolute(entry.getKey(), entry.getValue()));
    }
    for (PolyGcd.Factor factor : PolyGcd.factors(PolyGcd.primitive(poly))) {
      Expr base = Exprs.call(Function.ABS, Presentation.expanded(factor.base()));
      product = product.times(Normal.opaquePower(base, Rational.of(factor.multiplicity())));
    }
    return Normal.expandRoots(product);
  }

  private static Fraction absolute(Expr generator, Rational power) {
    if (SignedFactors.isNonnegative(generator, power)) {
      return Fraction.of(generator, power);
    }
    return Signs.isSign(generator)
        ? Fraction.of(generator, Rational.of(2))
        : Normal.opaquePower(Exprs.call(Function.ABS, generator), power);
  }

  private static Fraction signum(Fraction argument) {
    Poly product = argument.numerator().times(argument.denominator());
    if (product.isZero()) {
      return Fraction.ZERO;
    }
    Fraction sign = Fraction.of(Rational.of(product.integerContent().signum()));
    for (Map.Entry<Expr, Rational> entry : product.monomialContent().powers().entrySet()) {
      sign = sign.times(Signs.of(entry.getKey(), entry.getValue()));
    }
    for (PolyGcd.Factor factor : PolyGcd.factors(PolyGcd.primitive(product))) {
      Expr base = Presentation.expanded(factor.base());
      sign = sign.times(Signs.of(base, Rational.of(factor.multiplicity())));
    }
    return Normal.expandRoots(sign);
  }
}
