package org.blrc.symbolic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.blrc.symbolic.Expr.Add;
import org.blrc.symbolic.Expr.Call;
import org.blrc.symbolic.Expr.Mul;
import org.blrc.symbolic.Expr.Num;
import org.blrc.symbolic.Expr.Pow;
import org.blrc.symbolic.Expr.Sym;

/**
 * Solves one equation for one unknown, from the outside in: each round takes one layer (a sum, a
 * product, a power, a function) off the side that holds the unknown. Where the unknown stands in
 * several places, the normal form may bring them together; what is then linear or quadratic in one
 * generator is solved for it.
 */
public final class Solver {

  private static final int MOST_LAYERS = 64;

  private Solver() {}

  /**
   * The value of {@code unknown} for which {@code left = right}, where {@code right} does not hold
   * it. Powers are inverted to the branch that lies in the unknown's domain.
   */
  public static Optional<Expr> solve(Expr left, Expr right, Sym unknown) {
    Optional<Side> side = Optional.of(new Side(left, right));
    for (int layer = 0; layer < MOST_LAYERS && side.isPresent(); layer++) {
      Expr current = side.get().expr();
      if (current.equals(unknown)) {
        return Optional.of(Normal.shorter(side.get().value()));
      }
      side = peel(side.get(), unknown);
    }
    return Optional.empty();
  }

  /** {@code expr = value}. */
  private record Side(Expr expr, Expr value) {}

  private static Optional<Side> peel(Side side, Sym unknown) {
    Optional<Side> inner =
        switch (side.expr()) {
          case Add(List<Expr> terms) ->
              withoutOthers(terms, side.value(), unknown, true)
                  .or(() -> exponentiated(terms, side.value(), unknown));
          case Mul(List<Expr> factors) -> withoutOthers(factors, side.value(), unknown, false);
          default -> inverted(side.expr(), side.value(), unknown);
        };
    return inner.or(() -> gathered(side, unknown));
  }

  /** Takes all terms or factors but one to the other side, where only one holds the unknown. */
  private static Optional<Side> withoutOthers(
      List<Expr> parts, Expr value, Sym unknown, boolean sum) {
    List<Expr> others = new ArrayList<>();
    List<Expr> holders = new ArrayList<>();
    for (Expr part : parts) {
      (Walk.contains(part, unknown) ? holders : others).add(part);
    }
    if (holders.size() != 1 || (!sum && Normal.isZero(Exprs.mul(others)))) {
      return Optional.empty();
    }
    return Optional.of(
        new Side(
            holders.getFirst(),
            sum
                ? Exprs.subtract(value, Exprs.add(others))
                : Exprs.divide(value, Exprs.mul(others))));
  }

  /**
   * Of logarithms, a sum is the logarithm of a product: where the unknown stands in multiples of
   * logarithms only, both sides are exponentiated.
   */
  private static Optional<Side> exponentiated(List<Expr> terms, Expr value, Sym unknown) {
    List<Expr> others = new ArrayList<>();
    List<Expr> powers = new ArrayList<>();
    Optional<Rational> unit = Optional.empty();
    for (Expr term : terms) {
      if (!Walk.contains(term, unknown)) {
        others.add(term);
      } else if (Exprs.withoutCoefficient(term) instanceof Call(Function f, List<Expr> arguments)
          && f == Function.LOG) {
        Rational multiple = Exprs.coefficient(term);
        unit = unit.or(() -> Optional.of(multiple));
        powers.add(
            Exprs.pow(arguments.getFirst(), Exprs.num(multiple.times(unit.get().reciprocal()))));
      } else {
        return Optional.empty();
      }
    }
    Expr rest = Exprs.subtract(value, Exprs.add(others));
    return unit.map(
        multiple -> {
          Expr logarithm = Normal.shorter(Exprs.divide(rest, Exprs.num(multiple)));
          Expr product = Exprs.mul(powers);
          return odds(product, logarithm, unknown)
              .map(solution -> new Side(unknown, solution))
              .orElseGet(() -> new Side(product, Exprs.call(Function.EXP, logarithm)));
        });
  }

  /**
   * The unknown of which a x / (c x + d) or (a x + b) / (c x) is exp(v), with a and c of opposite
   * signs, as of odds: the exponential may overflow, and what the unknown is then does not.
   */
  private static Optional<Expr> odds(Expr product, Expr logarithm, Sym unknown) {
    Normal.Quotient quotient = Normal.quotient(product);
    Optional<List<Expr>> above = Normal.coefficients(quotient.numerator(), unknown, 1);
    Optional<List<Expr>> below = Normal.coefficients(quotient.denominator(), unknown, 1);
    if (above.isEmpty() || below.isEmpty()) {
      return Optional.empty();
    }
    Expr a = above.get().get(1);
    Expr b = above.get().get(0);
    Expr c = below.get().get(1);
    Expr d = below.get().get(0);
    if (a.equals(Exprs.ZERO)) {
      return Optional.empty();
    }
    Expr ratio = Normal.simplify(Exprs.divide(c, Exprs.negate(a)));
    if (!Bounds.isPositive(ratio)) {
      return Optional.empty();
    }
    Expr argument = Exprs.add(logarithm, Exprs.call(Function.LOG, ratio));
    if (b.equals(Exprs.ZERO)) {
      return Optional.of(
          Exprs.mul(Exprs.divide(d, Exprs.negate(c)), Exprs.call(Function.SIGMOID, argument)));
    }
    return d.equals(Exprs.ZERO)
        ? Optional.of(
            Exprs.mul(
                Exprs.divide(b, Exprs.negate(a)),
                Exprs.call(Function.SIGMOID, Exprs.negate(argument))))
        : Optional.empty();
  }

  /** Takes off a power or a function. */
  private static Optional<Side> inverted(Expr expr, Expr value, Sym unknown) {
    return switch (expr) {
      case Pow(Expr base, Num(Rational exponent)) ->
          isOdd(exponent) || Bounds.isNonnegative(base)
              ? Optional.of(new Side(base, root(value, exponent, Bounds.isNonnegative(base))))
              : Optional.empty();
      case Pow(Expr base, Expr exponent)
          when !Walk.contains(base, unknown)
              && Bounds.isPositive(base)
              && !Normal.equal(base, Exprs.ONE) ->
          Optional.of(
              new Side(
                  exponent,
                  Exprs.divide(Exprs.call(Function.LOG, value), Exprs.call(Function.LOG, base))));
      // Both sides are positive where there is a solution, and there is one.
      case Pow(Expr base, Expr exponent)
          when !Walk.contains(exponent, unknown)
              && Bounds.isPositive(base)
              && (Bounds.isPositive(exponent) || Bounds.isPositive(Exprs.negate(exponent))) ->
          Optional.of(new Side(base, Exprs.pow(value, Exprs.reciprocal(exponent))));
      case Call(Function function, List<Expr> arguments) when arguments.size() == 1 ->
          function.inverse(value).map(inverse -> new Side(arguments.getFirst(), inverse));
      default -> Optional.empty();
    };
  }

  /** Brings the places of the unknown together in one generator. */
  private static Optional<Side> gathered(Side side, Sym unknown) {
    Expr zero = Exprs.subtract(side.expr(), side.value());
    for (Expr atom : atoms(side.expr(), unknown)) {
      Optional<Expr> root = solveLinear(zero, atom).or(() -> solveQuadratic(zero, atom));
      if (root.isPresent() && !Walk.contains(root.get(), unknown) && !atom.equals(side.expr())) {
        return Optional.of(new Side(atom, root.get()));
      }
    }
    return Optional.empty();
  }

  /** The root of {@code zero} as an equation in {@code atom}, where it is linear in it. */
  public static Optional<Expr> solveLinear(Expr zero, Expr atom) {
    return coefficients(zero, atom, 1)
        .filter(both -> !both.get(1).equals(Exprs.ZERO))
        .map(both -> Normal.simplify(Exprs.divide(Exprs.negate(both.get(0)), both.get(1))));
  }

  /**
   * The root of a quadratic equation a x^2 + b x + c = 0 in an atom that cannot be negative, where
   * a and b have one sign: their polynomial is then monotone in it, and only one root can lie in
   * its domain.
   */
  private static Optional<Expr> solveQuadratic(Expr zero, Expr atom) {
    return coefficients(zero, atom, 2)
        .flatMap(
            c -> {
              Expr square = c.get(2);
              Expr linear = c.get(1);
              boolean monotone =
                  Bounds.isNonnegative(atom)
                      && Bounds.isPositive(square)
                      && Bounds.isNonnegative(linear);
              if (!monotone) {
                return Optional.empty();
              }
              Expr discriminant =
                  Exprs.subtract(Exprs.square(linear), Exprs.mul(Exprs.num(4), square, c.get(0)));
              return Optional.of(
                  Exprs.divide(
                      Exprs.subtract(Exprs.sqrt(discriminant), linear),
                      Exprs.mul(Exprs.TWO, square)));
            });
  }

  /**
   * The coefficients in an atom, with the sign that makes the leading one positive if it can be
   * told.
   */
  private static Optional<List<Expr>> coefficients(Expr zero, Expr atom, int degree) {
    return Normal.coefficients(Normal.quotient(zero).numerator(), atom, degree)
        .map(
            all ->
                Bounds.isPositive(Exprs.negate(all.getLast()))
                    ? all.stream().map(Exprs::negate).toList()
                    : all);
  }

  /** The generators through which the unknown enters, with their powers, lowest first. */
  private static List<Expr> atoms(Expr expr, Sym unknown) {
    Fraction fraction = Normal.fraction(expr);
    return Stream.of(fraction.numerator(), fraction.denominator())
        .flatMap(poly -> poly.terms().keySet().stream())
        .flatMap(monomial -> monomial.powers().entrySet().stream())
        .filter(power -> Walk.contains(power.getKey(), unknown))
        .sorted((left, right) -> left.getValue().compareTo(right.getValue()))
        .map(power -> atom(power.getKey(), power.getValue()))
        .distinct()
        .toList();
  }

  private static Expr atom(Expr generator, Rational exponent) {
    return generator instanceof Call(Function function, List<Expr> arguments)
            && function == Function.EXP
        ? Exprs.call(function, Exprs.mul(Exprs.num(exponent), arguments.getFirst()))
        : Exprs.pow(generator, Exprs.num(exponent));
  }

  /** The value whose power is {@code power}; of an odd power it has the same sign. */
  private static Expr root(Expr power, Rational exponent, boolean nonnegative) {
    Expr inverse = Exprs.num(exponent.reciprocal());
    boolean signed = !nonnegative && !exponent.reciprocal().isInteger();
    return signed
        ? Exprs.mul(
            Exprs.call(Function.SIGN, power), Exprs.pow(Exprs.call(Function.ABS, power), inverse))
        : Exprs.pow(power, inverse);
  }

  private static boolean isOdd(Rational exponent) {
    return exponent.isInteger() && exponent.numerator().testBit(0);
  }
}
