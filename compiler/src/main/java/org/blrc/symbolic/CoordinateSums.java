package org.blrc.symbolic;

import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Draw;
import org.blrc.symbolic.Expr.Expect;
import org.blrc.symbolic.Expr.Noise;
import org.blrc.symbolic.Expr.Num;
import org.blrc.symbolic.Expr.Oracle;
import org.blrc.symbolic.Expr.Pow;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Expr.Sym;

/**
 * Sums over all coordinates. Expressions speak of one coordinate; such a sum is the same number at
 * each of them.
 */
public final class CoordinateSums {

  private static final Sym INDEX = new Sym(Sym.Kind.INDEX, "coordinate", 0, Domain.REAL);

  private CoordinateSums() {}

  /** The Euclidean norm of the vector with these coordinates. */
  public static Expr norm(Expr coordinate) {
    return Exprs.sqrt(sum(Exprs.square(coordinate)));
  }

  public static Reduce sum(Expr body) {
    return new Reduce(false, INDEX, new Axis.Coordinates(), body);
  }

  public static boolean isSum(Expr expr) {
    return expr instanceof Reduce reduce && reduce.axis() instanceof Axis.Coordinates;
  }

  /** The coordinate of a vector whose norm is the root of a sum. */
  static Expr normed(Reduce sum) {
    return Exprs.mul(Exprs.factors(sum.body()).stream().map(CoordinateSums::root).toList());
  }

  private static Expr root(Expr factor) {
    if (factor instanceof Pow(Expr base, Num(Rational power))
        && power.isInteger()
        && !power.numerator().testBit(0)) {
      return Exprs.pow(base, new Num(power.times(Rational.of(1, 2))));
    }
    return Exprs.sqrt(factor);
  }

  /**
   * Whether an expression may differ between coordinates. Hyper-parameters may: groups of
   * coordinates have values of their own.
   */
  static boolean varies(Expr expr) {
    return switch (expr) {
      case Sym symbol ->
          switch (symbol.kind()) {
            case CONSTANT, STEP_NUMBER, INDEX -> false;
            case HYPER, STATE, NEW, RATE, PARAMETER, VARIABLE, ANSWER, LOCAL, META -> true;
          };
      case Oracle _, Expect _, Draw _, Noise _ -> true;
      default -> !isSum(expr) && Walk.children(expr).stream().anyMatch(CoordinateSums::varies);
    };
  }

  /** The normal form of a sum: what is the same for all coordinates comes out. */
  static Fraction fraction(Expr body) {
    Fraction whole = Normal.fraction(body);
    if (whole.isZero()) {
      return whole;
    }
    Fraction outside = common(whole.numerator()).times(common(whole.denominator()).reciprocal());
    Expr inside = Presentation.of(whole.times(outside.reciprocal()));
    return outside.times(Fraction.of(sum(inside), Rational.ONE));
  }

  private static Fraction common(Poly poly) {
    Fraction product = Fraction.of(Poly.constant(poly.integerContent().abs()));
    for (var power : poly.monomialContent().powers().entrySet()) {
      if (!varies(power.getKey())) {
        product = product.times(Fraction.of(power.getKey(), power.getValue()));
      }
    }
    return product;
  }
}
