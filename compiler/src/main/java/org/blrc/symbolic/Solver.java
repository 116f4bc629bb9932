package org.blrc.symbolic;

import java.util.List;
import java.util.Optional;
import org.blrc.symbolic.Expr.Call;
import org.blrc.symbolic.Expr.Num;
import org.blrc.symbolic.Expr.Pow;
import org.blrc.symbolic.Expr.Sym;

/** Solves one equation for one unknown. */
public final class Solver {

  private Solver() {}

  /**
   * The value of {@code unknown} for which {@code left = right}, where {@code right} does not hold
   * it. Powers are inverted to the branch that lies in the unknown's domain.
   */
  public static Optional<Expr> solve(Expr left, Expr right, Sym unknown) {
    Expr target = right;
    Expr current = Normal.simplify(left);
    // Each round strips one layer: a linear form around an inner atom, then the atom itself.
    for (int depth = 0; depth < 32; depth++) {
      if (current.equals(unknown)) {
        return Optional.of(Normal.shorter(target));
      }
      Optional<Expr> atom = onlyAtom(current, unknown);
      if (atom.isEmpty()) {
        return Optional.empty();
      }
      Optional<Expr> linear = solveLinear(Exprs.subtract(current, target), atom.get());
      if (linear.isEmpty()) {
        return Optional.empty();
      }
      target = linear.get();
      if (atom.get().equals(unknown)) {
        return Optional.of(Normal.shorter(target));
      }
      switch (atom.get()) {
        case Pow(Expr base, Num(Rational exponent)) -> {
          boolean unique = isOdd(exponent) || Bounds.isNonnegative(base);
          if (!unique) {
            return Optional.empty();
          }
          target = root(target, exponent, Bounds.isNonnegative(base));
          current = base;
        }
        case Call(Function function, List<Expr> arguments) -> {
          Optional<Expr> inverse = inverse(function, target);
          if (inverse.isEmpty()) {
            return Optional.empty();
          }
          target = inverse.get();
          current = arguments.getFirst();
        }
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** The root of {@code zero} as an equation in {@code atom}, where it is linear in it. */
  public static Optional<Expr> solveLinear(Expr zero, Expr atom) {
    Optional<List<Expr>> coefficients =
        Normal.coefficients(Normal.quotient(zero).numerator(), atom, 1);
    return coefficients
        .filter(both -> !both.get(1).equals(Exprs.ZERO))
        .map(both -> Normal.simplify(Exprs.divide(Exprs.negate(both.get(0)), both.get(1))));
  }

  /** The one generator through which the unknown enters. */
  private static Optional<Expr> onlyAtom(Expr expr, Sym unknown) {
    Fraction fraction = Normal.fraction(expr);
    List<Monomial> monomials =
        java.util.stream.Stream.concat(
                fraction.numerator().terms().keySet().stream(),
                fraction.denominator().terms().keySet().stream())
            .toList();
    Expr found = null;
    for (Monomial monomial : monomials) {
      for (var power : monomial.powers().entrySet()) {
        if (Walk.contains(power.getKey(), unknown)) {
          Expr atom =
              power.getKey() instanceof Call(Function function, List<Expr> arguments)
                      && function == Function.EXP
                  ? Exprs.call(
                      function, Exprs.mul(Exprs.num(power.getValue()), arguments.getFirst()))
                  : Exprs.pow(power.getKey(), Exprs.num(power.getValue()));
          if (found != null && !found.equals(atom)) {
            return Optional.empty();
          }
          found = atom;
        }
      }
    }
    return Optional.ofNullable(found);
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

  private static Optional<Expr> inverse(Function function, Expr value) {
    return switch (function) {
      case EXP -> Optional.of(Exprs.call(Function.LOG, value));
      case LOG -> Optional.of(Exprs.call(Function.EXP, value));
      case TANH -> Optional.of(Exprs.call(Function.ATANH, value));
      case ATANH -> Optional.of(Exprs.call(Function.TANH, value));
      case SIGMOID ->
          Optional.of(
              Exprs.negate(
                  Exprs.call(Function.LOG, Exprs.subtract(Exprs.reciprocal(value), Exprs.ONE))));
      case SOFTPLUS ->
          Optional.of(
              Exprs.call(Function.LOG, Exprs.subtract(Exprs.call(Function.EXP, value), Exprs.ONE)));
      case ABS, SIGN, SIN, COS, LGAMMA, DIGAMMA, TRIGAMMA, ERF, MIN, MAX, CLAMP -> Optional.empty();
    };
  }
}
