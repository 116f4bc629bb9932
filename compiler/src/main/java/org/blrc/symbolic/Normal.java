package org.blrc.symbolic;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.blrc.symbolic.Expr.Add;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Call;
import org.blrc.symbolic.Expr.Component;
import org.blrc.symbolic.Expr.Draw;
import org.blrc.symbolic.Expr.Expect;
import org.blrc.symbolic.Expr.Mul;
import org.blrc.symbolic.Expr.Noise;
import org.blrc.symbolic.Expr.Num;
import org.blrc.symbolic.Expr.Oracle;
import org.blrc.symbolic.Expr.Pow;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Expr.Vector;

/**
 * The canonical normal form: a quotient of polynomials over opaque generators (symbols, function
 * values, expectations, roots). It decides equality and does all cancelling.
 *
 * <p>Powers with rational exponents are powers of their base; a root of a sum is a generator whose
 * integer powers are expanded; exp turns sums into products; expectations and reductions are linear
 * and keep only what depends on what they bind.
 *
 * <p>What it calls equal is equal. But sums are expanded, and only factors that are repeated or
 * hold different generators are found again. So it misses what a factorization would show, as in
 * |x^2 - y^2| = |x - y| |x + y|; what is positive as a sum of squares, as in |p + (x + y)^2|; that
 * a sum is the square of one with roots or sizes, as in the root of (p + |x|)^2; and, inside a
 * function's argument, that fractions agree because their roots do, as in sin(1/(1 + sqrt(2))).
 */
public final class Normal {

  private static final Memo<Fraction> FRACTIONS = new Memo<>();
  private static final Memo<Expr> SIMPLIFIED = new Memo<>();

  private Normal() {}

  static void forget() {
    FRACTIONS.clear();
    SIMPLIFIED.clear();
  }

  /** Whether two expressions are equal as functions of their symbols, over the symbols' domains. */
  public static boolean equal(Expr left, Expr right) {
    return left.equals(right) || isZero(Exprs.subtract(left, right));
  }

  public static boolean isZero(Expr expr) {
    Fraction fraction = fraction(expr);
    // Where the denominator is not zero, signs of its factors are 1 or -1.
    return fraction.isZero()
        || expandRoots(Fraction.of(fraction.numerator().times(fraction.denominator()))).isZero();
  }

  /** Whether generators of a kind divide the denominator. */
  public static boolean hasPole(Expr expr, Predicate<Expr> kind) {
    return fraction(expr).denominator().monomialContent().powers().keySet().stream().anyMatch(kind);
  }

  /** The expression in normal form, factored and collected for reading. */
  public static Expr simplify(Expr expr) {
    return SIMPLIFIED.get(expr, key -> Presentation.of(fraction(key)));
  }

  /** The normal form, or its terms over its denominator one by one where that is shorter. */
  private static Expr apart(Expr expr) {
    Expr whole = simplify(expr);
    Expr terms = NormalCalls.terms(fraction(expr));
    return Walk.size(terms) < Walk.size(whole) ? terms : whole;
  }

  /**
   * The normal form where it is much shorter, that is where something cancels, else the expression
   * as it stands: its shape may say more than a common denominator.
   */
  public static Expr tidy(Expr expr) {
    Expr simplified = simplify(expr);
    return 3 * Walk.size(simplified) < 2 * Walk.size(expr) ? simplified : expr;
  }

  /** The shorter of the expression and its normal form. */
  public static Expr shorter(Expr expr) {
    Expr simplified = simplify(expr);
    return Walk.size(simplified) <= Walk.size(expr) ? simplified : expr;
  }

  /** Numerator and denominator, each factored and collected. */
  public record Quotient(Expr numerator, Expr denominator) {}

  public static Quotient quotient(Expr expr) {
    Fraction fraction = fraction(expr);
    return new Quotient(
        Presentation.of(Fraction.of(fraction.numerator())),
        Presentation.of(Fraction.of(fraction.denominator())));
  }

  /**
   * The coefficients of {@code expr} as a polynomial in {@code atom}, by degree, or nothing if it
   * is no polynomial in it of at most the given degree. The atom may be a power of a generator.
   */
  public static Optional<List<Expr>> coefficients(Expr expr, Expr atom, int degree) {
    Fraction fraction = fraction(expr);
    Optional<Map.Entry<Expr, Rational>> power = onlyPower(fraction(atom));
    if (power.isEmpty() || mentions(fraction.denominator(), power.get().getKey())) {
      return Optional.empty();
    }
    Expr generator = power.get().getKey();
    Map<Rational, Poly> byExponent = fraction.numerator().coefficients(generator);
    Poly[] coefficients = new Poly[degree + 1];
    Arrays.fill(coefficients, Poly.ZERO);
    for (Map.Entry<Rational, Poly> entry : byExponent.entrySet()) {
      Rational exponent = entry.getKey().times(power.get().getValue().reciprocal());
      boolean tooHigh = exponent.compareTo(Rational.of(degree)) > 0;
      if (!exponent.isInteger() || tooHigh || mentionsInside(entry.getValue(), generator)) {
        return Optional.empty();
      }
      coefficients[exponent.numerator().intValueExact()] = entry.getValue();
    }
    Fraction denominator = Fraction.of(fraction.denominator()).reciprocal();
    return Optional.of(
        Arrays.stream(coefficients)
            .map(coefficient -> Presentation.of(Fraction.of(coefficient).times(denominator)))
            .toList());
  }

  /** The generator and exponent, where a fraction is a positive power of one generator. */
  private static Optional<Map.Entry<Expr, Rational>> onlyPower(Fraction fraction) {
    if (!fraction.denominator().isOne() || fraction.numerator().terms().size() != 1) {
      return Optional.empty();
    }
    Monomial monomial = fraction.numerator().leadingMonomial();
    return fraction.numerator().leadingCoefficient().equals(BigInteger.ONE)
            && monomial.powers().size() == 1
        ? Optional.of(monomial.powers().firstEntry())
        : Optional.empty();
  }

  private static boolean mentions(Poly poly, Expr generator) {
    return poly.generators().contains(generator) || mentionsInside(poly, generator);
  }

  private static boolean mentionsInside(Poly poly, Expr generator) {
    return poly.generators().stream()
        .anyMatch(other -> !other.equals(generator) && Walk.contains(other, generator));
  }

  static Fraction fraction(Expr expr) {
    return FRACTIONS.get(expr, Normal::compute);
  }

  /** Adds halves, so that the work grows little faster than the number of terms. */
  private static Fraction sum(List<Expr> terms) {
    int half = terms.size() / 2;
    return switch (terms.size()) {
      case 0 -> Fraction.ZERO;
      case 1 -> fraction(terms.getFirst());
      default -> sum(terms.subList(0, half)).plus(sum(terms.subList(half, terms.size())));
    };
  }

  private static Fraction compute(Expr expr) {
    WorkBudget.spend(1);
    return switch (expr) {
      case Num(Rational value) -> Fraction.of(value);
      case Sym _, Noise _ -> Fraction.of(expr, Rational.ONE);
      case Draw(Sym variable, Expr index) ->
          Fraction.of(new Draw(variable, simplify(index)), Rational.ONE);
      case Add(List<Expr> terms) -> expandRoots(sum(terms));
      case Mul(List<Expr> factors) ->
          expandRoots(factors.stream().map(Normal::fraction).reduce(Fraction.ONE, Fraction::times));
      case Pow(Expr base, Expr exponent) -> power(base, simplify(exponent));
      case Call(Function function, List<Expr> arguments) ->
          NormalCalls.fraction(function, arguments);
      case Vector(List<Expr> components) ->
          Fraction.of(new Vector(components.stream().map(Normal::apart).toList()), Rational.ONE);
      case Component(Expr of, int number) -> component(of, number);
      case Oracle oracle -> oracle(oracle);
      case Expect(Sym variable, Expr body) ->
          NormalLinear.fraction(
              body,
              part ->
                  part.equals(variable)
                      || (part instanceof Noise(_, _, _, Optional<Expr> index) && index.isEmpty()),
              inner -> new Expect(variable, inner),
              Fraction.ONE);
      case Reduce(boolean mean, Sym _, Axis.Coordinates _, Expr body) ->
          mean ? CoordinateSums.averageFraction(body) : CoordinateSums.sumFraction(body);
      case Reduce(boolean mean, Sym index, Axis axis, Expr body) ->
          NormalLinear.fraction(
              body,
              index::equals,
              inner -> new Reduce(mean, index, axis, inner),
              ofOne(mean, index, axis));
    };
  }

  private static Fraction oracle(Oracle oracle) {
    Optional<Expr> direction = oracle.direction().map(Normal::apart);
    return direction.filter(Exprs.ZERO::equals).isPresent()
        ? Fraction.ZERO
        : Fraction.of(
            new Oracle(
                oracle.function(),
                oracle.rank(),
                oracle.order(),
                oracle.example(),
                apart(oracle.point()),
                direction),
            Rational.ONE);
  }

  private static Fraction component(Expr of, int number) {
    Expr component = Exprs.component(simplify(of), number);
    return component instanceof Component
        ? Fraction.of(component, Rational.ONE)
        : fraction(component);
  }

  /** The sum or mean of ones; a minibatch has as many terms as the caller gives it. */
  private static Fraction ofOne(boolean mean, Sym index, Axis axis) {
    if (mean) {
      return Fraction.ONE;
    }
    return switch (axis) {
      case Axis.Data data -> fraction(data.size());
      case Axis.Draws draws -> fraction(draws.count());
      case Axis.Batch _, Axis.Coordinates _ ->
          Fraction.of(new Reduce(false, index, axis, Exprs.ONE), Rational.ONE);
    };
  }

  private static Fraction power(Expr base, Expr exponent) {
    if (base instanceof Call(Function function, List<Expr> arguments) && function == Function.EXP) {
      return Exponentials.of(Exprs.mul(exponent, arguments.getFirst()));
    }
    if (exponent instanceof Num(Rational value)) {
      return power(fraction(base), value);
    }
    Expr plainBase = simplify(base);
    if (Bounds.isPositive(plainBase)) {
      return Exponentials.of(Exprs.mul(exponent, Exprs.call(Function.LOG, plainBase)));
    }
    // b^(u + v) = b^u b^v, with numeric factors of each term as exponents of a generator.
    Fraction product = Fraction.ONE;
    for (Exponentials.Multiple term : Exponentials.multiples(exponent)) {
      product =
          product.times(
              term.unit().equals(Exprs.ONE)
                  ? power(fraction(plainBase), term.coefficient())
                  : Fraction.of(Exprs.pow(plainBase, term.unit()), term.coefficient()));
    }
    return product;
  }

  static Fraction power(Fraction base, Rational exponent) {
    if (exponent.isInteger()) {
      if (exponent.numerator().bitLength() > 6) {
        return Fraction.of(Presentation.of(base), exponent);
      }
      return expandRoots(base.pow(exponent.numerator().intValueExact()));
    }
    if (base.isZero()) {
      return exponent.signum() > 0 ? Fraction.ZERO : Fraction.of(Exprs.ZERO, exponent);
    }
    Split above = split(base.numerator(), exponent);
    Split below = split(base.denominator(), exponent);
    Fraction outside = above.outside().times(below.outside().reciprocal());
    return expandRoots(outside.times(root(above.inside(), below.inside(), exponent)));
  }

  /** The power of a polynomial as outside times the power of inside. */
  private record Split(Fraction outside, Poly inside) {}

  /**
   * Factors that cannot be negative come out of a root; even powers come out as absolute values.
   */
  private static Split split(Poly poly, Rational exponent) {
    SignedFactors factors = SignedFactors.of(poly);
    Fraction outside = integerPower(factors.size(), exponent);
    for (SignedFactors.Factor factor : factors.nonnegative()) {
      // Every power of the square of a sign, which is 0 or 1, is its square.
      Rational power =
          Signs.isSign(factor.base()) ? Rational.of(2) : factor.power().times(exponent);
      outside = outside.times(Fraction.of(factor.base(), power));
    }
    return new Split(outside, factors.rest());
  }

  /** (above / below)^exponent, where only the quotient is known not to be negative. */
  private static Fraction root(Poly above, Poly below, Rational exponent) {
    if (below.isOne()) {
      return rootOf(above, exponent);
    }
    if (above.isConstant()) {
      return rootOf(below.times(above), exponent.negate());
    }
    Expr size = Exprs.call(Function.ABS, Presentation.expanded(below));
    return rootOf(above.times(below), exponent)
        .times(opaquePower(size, exponent.times(Rational.of(-2))));
  }

  /** A power of a function's value, if it has not turned out to be something simpler. */
  static Fraction opaquePower(Expr value, Rational exponent) {
    return value instanceof Call
        ? expandRoots(Fraction.of(value, exponent))
        : power(fraction(value), exponent);
  }

  private static Fraction rootOf(Poly inside, Rational exponent) {
    return inside.isOne() ? Fraction.ONE : Fraction.of(Presentation.expanded(inside), exponent);
  }

  /** A power of a natural number, as powers of its prime factors as far as they are found. */
  private static Fraction integerPower(BigInteger base, Rational exponent) {
    Fraction product = Fraction.ONE;
    for (Map.Entry<BigInteger, Integer> prime : Primes.of(base).entrySet()) {
      Rational power = exponent.times(Rational.of(prime.getValue()));
      Expr number = Exprs.num(new Rational(prime.getKey(), BigInteger.ONE));
      product =
          product.times(
              power.isInteger()
                  ? Fraction.of(
                      new Rational(prime.getKey(), BigInteger.ONE)
                          .pow(power.numerator().intValueExact()))
                  : Fraction.of(number, power));
    }
    return product;
  }

  /**
   * Turns integer powers of roots of sums and of numbers back into what they are powers of, and
   * moves roots and signs that divide the whole denominator into the numerator.
   */
  static Fraction expandRoots(Fraction fraction) {
    if (hasWholeRoot(fraction.numerator()) || hasWholeRoot(fraction.denominator())) {
      // What comes out may hold whole powers of other roots.
      return expandRoots(
          expandRoots(fraction.numerator())
              .times(expandRoots(fraction.denominator()).reciprocal()));
    }
    Optional<Fraction> joined = Signs.simplified(fraction).or(() -> Exponentials.joined(fraction));
    if (joined.isPresent()) {
      return expandRoots(joined.get());
    }
    Monomial complement = Monomial.ONE;
    Monomial signs = Monomial.ONE;
    for (Map.Entry<Expr, Rational> power :
        fraction.denominator().monomialContent().powers().entrySet()) {
      if (isRootBase(power.getKey())) {
        complement =
            complement.times(
                Monomial.of(power.getKey(), Rational.ONE.plus(power.getValue().negate())));
      } else if (Signs.isSign(power.getKey())) {
        signs = signs.times(Monomial.of(power.getKey(), power.getValue()));
      }
    }
    if (!signs.isOne()) {
      // 1/sign(u) is sign(u) where it is anything.
      return expandRoots(
          Fraction.reduced(
              fraction.numerator().times(signs), fraction.denominator().dividedBy(signs)));
    }
    if (complement.isOne()) {
      return withoutSines(fraction);
    }
    Fraction numerator = Fraction.of(fraction.numerator().times(complement));
    return expandRoots(numerator)
        .times(expandRoots(fraction.denominator().times(complement)).reciprocal());
  }

  /**
   * A sine that divides the denominator goes, where that cancels: (1 - cos(x)^2) / sin(x) = sin(x).
   */
  private static Fraction withoutSines(Fraction fraction) {
    Poly below = fraction.denominator();
    for (Map.Entry<Expr, Rational> power : below.monomialContent().powers().entrySet()) {
      if (isSine(power.getKey()) && power.getValue().equals(Rational.ONE)) {
        Monomial sine = Monomial.of(power.getKey(), Rational.ONE);
        Fraction without =
            expandRoots(fraction.numerator().times(sine))
                .times(expandRoots(below.times(sine)).reciprocal());
        if (without.denominator().terms().size() <= below.terms().size()) {
          return expandRoots(without);
        }
      }
    }
    return fraction;
  }

  private static boolean hasWholeRoot(Poly poly) {
    for (Monomial monomial : poly.terms().keySet()) {
      for (Map.Entry<Expr, Rational> power : monomial.powers().entrySet()) {
        if (wholePart(power.getKey(), power.getValue()) > 0) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * The part of an exponent that can be expanded: |x|^2 = x^2, sin(x)^2 = 1 - cos(x)^2, sign(x)^3 =
   * sign(x), and any root to its whole power.
   */
  private static int wholePart(Expr generator, Rational exponent) {
    if (exponent.numerator().bitLength() > 16) {
      return 0;
    }
    int whole = exponent.numerator().divide(exponent.denominator()).intValueExact();
    if (isRootBase(generator)) {
      return whole;
    }
    if (Signs.isSign(generator)) {
      return Math.max(0, (whole - 1) / 2 * 2);
    }
    return Signs.isSize(generator) || isSine(generator) ? whole - whole % 2 : 0;
  }

  private static boolean isSine(Expr generator) {
    return generator instanceof Call(Function function, List<Expr> _) && function == Function.SIN;
  }

  private static boolean isRootBase(Expr generator) {
    return generator instanceof Add || generator instanceof Mul || generator instanceof Num;
  }

  private static Fraction wholePower(Expr generator, int whole) {
    if (!(generator instanceof Call(Function _, List<Expr> arguments))) {
      return fraction(generator).pow(whole);
    }
    if (!isSine(generator)) {
      return fraction(arguments.getFirst()).pow(whole);
    }
    Fraction cosine = Fraction.of(Exprs.call(Function.COS, arguments), Rational.of(2));
    return Fraction.ONE.plus(cosine.negate()).pow(whole / 2);
  }

  private static Fraction expandRoots(Poly poly) {
    Fraction sum = Fraction.ZERO;
    for (Map.Entry<Monomial, BigInteger> entry : poly.terms().entrySet()) {
      Fraction term = Fraction.of(Poly.constant(entry.getValue()));
      for (Map.Entry<Expr, Rational> power : entry.getKey().powers().entrySet()) {
        Expr generator = power.getKey();
        int whole = wholePart(generator, power.getValue());
        if (whole > 0 && !Signs.isSign(generator)) {
          term = term.times(wholePower(generator, whole));
        }
        Rational rest = power.getValue().plus(Rational.of(-whole));
        if (!rest.isZero()) {
          term = term.times(Fraction.of(generator, rest));
        }
      }
      sum = sum.plus(term);
    }
    return sum;
  }
}
