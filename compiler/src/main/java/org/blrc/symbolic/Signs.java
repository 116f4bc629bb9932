package org.blrc.symbolic;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.symbolic.Expr.Call;

/**
 * Products of signs: sign(u) u = |u|, sign(u) |u| = u, and sign(u)^3 = sign(u), at u = 0 as well.
 * That sign(u)^2 is 1 does not hold there, so it stays.
 */
final class Signs {

  private static final Rational MINUS_ONE = Rational.of(-1);

  private Signs() {}

  static boolean isSign(Expr generator) {
    return generator instanceof Call(Function function, _) && function == Function.SIGN;
  }

  static boolean isSize(Expr generator) {
    return generator instanceof Call(Function function, _) && function == Function.ABS;
  }

  /** The sign of a power. */
  static Fraction of(Expr base, Rational exponent) {
    boolean even = exponent.isInteger() && !exponent.numerator().testBit(0);
    if (Bounds.isPositive(base)) {
      return Fraction.ONE;
    }
    if (Bounds.isPositive(Exprs.negate(base))) {
      return even ? Fraction.ONE : Fraction.ONE.negate();
    }
    return switch (base) {
      // A root and the sum that it is a root of have one sign.
      case Expr.Add _ when !exponent.isInteger() ->
          Normal.fraction(Exprs.call(Function.SIGN, base));
      case Call(Function function, List<Expr> arguments) when function == Function.ABS ->
          Normal.fraction(Exprs.square(Exprs.call(Function.SIGN, arguments)));
      case Call call when isSign(call) -> Fraction.of(call, Rational.of(even ? 2 : 1));
      default ->
          Fraction.of(
              Exprs.call(Function.SIGN, base),
              Rational.of(even && !Bounds.isNonnegative(base) ? 2 : 1));
    };
  }

  /** The fraction with fewer signs and sizes, where there are any that can be joined. */
  static Optional<Fraction> simplified(Fraction fraction) {
    return cancelled(fraction).or(() -> joined(fraction));
  }

  /** The fraction with signs joined to what they are signs of, if there are any to join. */
  private static Optional<Fraction> joined(Fraction fraction) {
    Optional<Fraction> above = joined(fraction.numerator());
    Optional<Fraction> below = joined(fraction.denominator());
    return above.isEmpty() && below.isEmpty()
        ? Optional.empty()
        : Optional.of(
            above
                .orElseGet(() -> Fraction.of(fraction.numerator()))
                .times(below.orElseGet(() -> Fraction.of(fraction.denominator())).reciprocal()));
  }

  /**
   * The fraction with what its numerator and its denominator have of u, |u| and sign(u) in fewest
   * powers. Where u divides, it is not zero and sign(u) is u/|u|.
   */
  private static Optional<Fraction> cancelled(Fraction fraction) {
    Monomial above = fraction.numerator().monomialContent();
    Monomial below = fraction.denominator().monomialContent();
    for (Expr part : below.powers().keySet()) {
      Expr base = isSize(part) ? ((Call) part).arguments().getFirst() : part;
      Expr size = Exprs.call(Function.ABS, base);
      if (isSize(size)) {
        Expr sign = Exprs.call(Function.SIGN, base);
        Monomial before =
            only(above, base, size, sign).times(only(below, base, size, sign).pow(MINUS_ONE));
        Optional<Monomial> after = shortest(before, base, size, sign);
        if (after.isPresent() && !after.get().powers().equals(before.powers())) {
          return Optional.of(
              Fraction.of(fraction.numerator().times(only(above, base, size, sign).pow(MINUS_ONE)))
                  .times(
                      Fraction.of(
                              fraction
                                  .denominator()
                                  .times(only(below, base, size, sign).pow(MINUS_ONE)))
                          .reciprocal())
                  .times(power(after.get())));
        }
      }
    }
    return Optional.empty();
  }

  private static Monomial only(Monomial monomial, Expr... generators) {
    Monomial result = Monomial.ONE;
    for (Expr generator : generators) {
      result = result.times(Monomial.of(generator, monomial.exponent(generator)));
    }
    return result;
  }

  /** The same power of |u| and sign(u), where exponents are whole. */
  private static Optional<Monomial> shortest(Monomial powers, Expr base, Expr size, Expr sign) {
    if (!powers.powers().values().stream().allMatch(Rational::isInteger)) {
      return Optional.empty();
    }
    Rational degree = powers.exponent(base).plus(powers.exponent(size));
    boolean negative = powers.exponent(base).plus(powers.exponent(sign)).numerator().testBit(0);
    boolean odd = degree.numerator().testBit(0);
    if (degree.isZero()) {
      return Optional.of(negative ? Monomial.of(sign, Rational.ONE) : Monomial.ONE);
    }
    Rational step = Rational.of(degree.signum());
    return Optional.of(
        negative == odd
            ? Monomial.of(base, degree)
            : Monomial.of(base, degree.plus(step.negate())).times(Monomial.of(size, step)));
  }

  private static Fraction power(Monomial monomial) {
    return monomial.powers().entrySet().stream()
        .map(power -> Fraction.of(power.getKey(), power.getValue()))
        .reduce(Fraction.ONE, Fraction::times);
  }

  private static Optional<Fraction> joined(Poly poly) {
    return poly.generators().stream()
        .filter(Signs::isSign)
        .flatMap(sign -> joined(poly, (Call) sign).stream())
        .findFirst();
  }

  private static Optional<Fraction> joined(Poly poly, Call sign) {
    Expr argument = sign.arguments().getFirst();
    Expr size = Exprs.call(Function.ABS, argument);
    Poly without = Poly.ZERO;
    Poly besides = Poly.ZERO;
    Poly besidesSize = Poly.ZERO;
    Poly unsigned = Poly.ZERO;
    for (Map.Entry<Monomial, BigInteger> term : poly.terms().entrySet()) {
      Monomial monomial = term.getKey();
      Poly whole = Poly.term(monomial, term.getValue());
      if (monomial.exponent(sign).signum() <= 0) {
        without = without.plus(whole);
      } else if (isImplied(monomial, sign, argument, size)) {
        unsigned = unsigned.plus(Poly.term(monomial.without(sign), term.getValue()));
      } else if (isSize(size) && monomial.exponent(size).compareTo(Rational.ONE) >= 0) {
        besidesSize = besidesSize.plus(over(over(whole, sign), size));
      } else {
        besides = besides.plus(over(whole, sign));
      }
    }
    Poly.Division division = besides.dividedBy(Normal.fraction(argument).numerator());
    if (unsigned.isZero() && besidesSize.isZero() && division.quotient().isZero()) {
      return Optional.empty();
    }
    Poly rest = division.remainder().times(Monomial.of(sign, Rational.ONE));
    return Optional.of(
        Fraction.of(without.plus(unsigned).plus(rest))
            .plus(Fraction.of(besidesSize).times(Normal.fraction(argument)))
            .plus(Fraction.of(division.quotient()).times(Normal.fraction(size))));
  }

  /** Whether other factors make the sign's power 1: a root of u, or |u| beside its square. */
  private static boolean isImplied(Monomial monomial, Expr sign, Expr argument, Expr size) {
    Rational root = monomial.exponent(argument);
    boolean even = !monomial.exponent(sign).numerator().testBit(0);
    return (root.signum() > 0 && !root.isInteger())
        || (even && isSize(size) && monomial.exponent(size).signum() > 0);
  }

  private static Poly over(Poly poly, Expr generator) {
    return poly.times(Monomial.of(generator, MINUS_ONE));
  }
}
