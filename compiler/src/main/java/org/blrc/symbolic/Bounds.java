package org.blrc.symbolic;

import java.util.List;
import org.blrc.symbolic.Expr.Add;
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
 * Intervals that certainly contain the value of an expression whose symbols lie in their domains.
 */
public final class Bounds {

  private Bounds() {}

  /** Whether one value is never below another. */
  static boolean isAtLeast(Expr upper, Expr lower) {
    return of(upper).lower() >= of(lower).upper();
  }

  public static boolean isNonnegative(Expr expr) {
    return of(expr).isNonnegative();
  }

  public static boolean isPositive(Expr expr) {
    return of(expr).isPositive();
  }

  public static Domain of(Expr expr) {
    return switch (expr) {
      case Num(Rational value) -> {
        double number = value.toDouble();
        yield new Domain(number, true, number, true);
      }
      case Sym symbol -> symbol.domain();
      case Noise noise -> noise.distribution().domain();
      case Add(List<Expr> terms) ->
          terms.stream().map(Bounds::of).reduce(Bounds::sum).orElse(Domain.REAL);
      case Mul(List<Expr> factors) ->
          factors.stream().map(Bounds::of).reduce(Bounds::product).orElse(Domain.REAL);
      case Pow(Expr base, Expr exponent) -> power(base, exponent);
      case Call(Function function, List<Expr> arguments) when function == Function.LOG ->
          logarithm(of(arguments.getFirst()));
      case Call(Function function, List<Expr> arguments) ->
          function.shape().isSigned()
              ? signed(function.range(), of(arguments.getFirst()))
              : function.range();
      case Expect(_, Expr body) -> onlySign(of(body));
      case Reduce(_, _, _, Expr body) -> onlySign(of(body));
      case Draw(Sym variable, _) -> variable.domain();
      case Component(Expr of, _) -> of(of);
      case Oracle _, Vector _ -> Domain.REAL;
    };
  }

  /** The values of a function that has the sign of its argument. */
  private static Domain signed(Domain range, Domain argument) {
    if (argument.isNonnegative()) {
      return new Domain(0, !argument.isPositive(), range.upper(), range.upperClosed());
    }
    return argument.isNegative() ? new Domain(range.lower(), range.lowerClosed(), 0, false) : range;
  }

  /** A logarithm has the sign of what its argument is above 1. */
  private static Domain logarithm(Domain argument) {
    boolean above = argument.lower() >= 1;
    boolean below = argument.upper() <= 1;
    return new Domain(
        above ? 0 : Double.NEGATIVE_INFINITY,
        above && argument.lower() == 1 && argument.lowerClosed(),
        below ? 0 : Double.POSITIVE_INFINITY,
        below && argument.upper() == 1 && argument.upperClosed());
  }

  private static Domain onlySign(Domain domain) {
    return domain.isPositive()
        ? Domain.POSITIVE
        : domain.isNonnegative() ? Domain.NONNEGATIVE : Domain.REAL;
  }

  private static Domain power(Expr base, Expr exponent) {
    Domain of = of(base);
    if (of.isPositive()) {
      return Domain.POSITIVE;
    }
    boolean even =
        exponent instanceof Num(Rational value)
            && value.isInteger()
            && !value.numerator().testBit(0);
    boolean root = exponent instanceof Num(Rational value) && !value.denominator().testBit(0);
    return of.isNonnegative() || even || root ? Domain.NONNEGATIVE : Domain.REAL;
  }

  private static Domain sum(Domain left, Domain right) {
    return new Domain(
        left.lower() + right.lower(),
        left.lowerClosed() && right.lowerClosed(),
        left.upper() + right.upper(),
        left.upperClosed() && right.upperClosed());
  }

  private static Domain product(Domain left, Domain right) {
    if (left.lower() == left.upper() && left.lower() < 0) {
      return product(negate(left), negate(right));
    }
    if (right.lower() == right.upper() && right.lower() < 0) {
      return product(negate(left), negate(right));
    }
    if (left.isNonnegative() && right.isNonnegative()) {
      return new Domain(
          multiply(left.lower(), right.lower()),
          !(left.isPositive() && right.isPositive())
              || (left.lower() > 0
                  && right.lower() > 0
                  && left.lowerClosed()
                  && right.lowerClosed()),
          multiply(left.upper(), right.upper()),
          left.upperClosed() && right.upperClosed());
    }
    if (left.isNonnegative() && !right.isNonnegative() && right.upper() <= 0) {
      return negate(product(left, negate(right)));
    }
    if (right.isNonnegative() && !left.isNonnegative() && left.upper() <= 0) {
      return negate(product(negate(left), right));
    }
    return Domain.REAL;
  }

  private static double multiply(double left, double right) {
    return left == 0 || right == 0 ? 0 : left * right;
  }

  private static Domain negate(Domain domain) {
    return new Domain(-domain.upper(), domain.upperClosed(), -domain.lower(), domain.lowerClosed());
  }
}
