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
 * Sums and means over all coordinates. Expressions speak of one coordinate; such a sum is the same
 * number at each of them.
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

  /** The mean over all coordinates. */
  public static Reduce average(Expr body) {
    return new Reduce(true, INDEX, new Axis.Coordinates(), body);
  }

  /** Whether an expression is a sum or a mean over all coordinates. */
  public static boolean isSum(Expr expr) {
    return expr instanceof Reduce reduce && reduce.axis() instanceof Axis.Coordinates;
  }

  public static boolean isAverage(Expr expr) {
    return expr instanceof Reduce reduce && reduce.mean() && isSum(reduce);
  }

  /** Whether it reads as the square of a norm. */
  static boolean isOfSquares(Reduce reduce) {
    return !reduce.mean()
        && isSum(reduce)
        && Exprs.factors(reduce.body()).stream().allMatch(CoordinateSums::isSquare);
  }

  private static boolean isSquare(Expr factor) {
    return factor instanceof Pow(Expr _, Num(Rational power))
        ? power.isInteger() && !power.numerator().testBit(0)
        : Bounds.isNonnegative(factor);
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
   * Whether an expression may differ between coordinates that have the same hyper-parameters; rates
   * are made of these.
   */
  public static boolean varies(Expr expr) {
    return varies(expr, false);
  }

  /**
   * @param byGroup whether hyper-parameters may differ: groups of coordinates have values of their
   *     own
   */
  private static boolean varies(Expr expr, boolean byGroup) {
    return switch (expr) {
      case Sym symbol ->
          switch (symbol.kind()) {
            case CONSTANT, STEP_NUMBER, INDEX -> false;
            case HYPER, RATE -> byGroup;
            case STATE, NEW, PARAMETER, LOCAL -> !symbol.shared();
            case VARIABLE, ANSWER, META -> true;
          };
      case Oracle _, Expect _, Draw _, Noise _ -> true;
      default ->
          !isSum(expr) && Walk.children(expr).stream().anyMatch(child -> varies(child, byGroup));
    };
  }

  /** The normal form of a mean, which is linear in what differs between coordinates. */
  static Fraction averageFraction(Expr body) {
    return NormalLinear.fraction(
        body, CoordinateSums::isBound, CoordinateSums::average, Fraction.ONE);
  }

  /** Random variables are bound by expectations, which differ as a whole. */
  private static boolean isBound(Expr part) {
    return part.equals(INDEX)
        || (varies(part) && !(part instanceof Sym symbol && symbol.kind() == Sym.Kind.VARIABLE));
  }

  /** The normal form of a sum: what is the same for all coordinates comes out. */
  static Fraction sumFraction(Expr body) {
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
      if (!varies(power.getKey(), true)) {
        product = product.times(Fraction.of(power.getKey(), power.getValue()));
      }
    }
    return product;
  }
}
