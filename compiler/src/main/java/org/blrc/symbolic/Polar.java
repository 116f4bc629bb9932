package org.blrc.symbolic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blrc.symbolic.Expr.Call;

/**
 * Polar coordinates of two expressions: x = radius cos(angle) and y = radius sin(angle).
 *
 * @param radius positive
 */
public record Polar(Expr radius, Expr angle) {

  /** Those that the expressions are written in. */
  public static Optional<Polar> of(Expr x, Expr y) {
    for (Expr factor : Exprs.factors(x)) {
      if (factor instanceof Call(Function function, List<Expr> arguments)
          && function == Function.COS) {
        Expr angle = arguments.getFirst();
        Expr radius = Normal.simplify(Exprs.divide(x, factor));
        Expr sine = Exprs.mul(radius, Exprs.call(Function.SIN, angle));
        if (Bounds.isPositive(radius) && Normal.equal(y, sine)) {
          return Optional.of(new Polar(radius, angle));
        }
      }
    }
    return Optional.empty();
  }

  /** Those of any two expressions, unless both are zero. */
  public static Polar solved(Expr x, Expr y) {
    return new Polar(
        Exprs.sqrt(Exprs.add(Exprs.square(x), Exprs.square(y))), Exprs.call(Function.ATAN2, y, x));
  }

  /** The angle of a point up to whole turns, without what both coordinates have in common. */
  public static Expr direction(Expr x, Expr y) {
    List<Expr> across = new ArrayList<>(Exprs.factors(Normal.simplify(x)));
    List<Expr> upwards = new ArrayList<>(Exprs.factors(Normal.simplify(y)));
    for (Expr factor : List.copyOf(across)) {
      if (Bounds.isNonnegative(factor) && upwards.remove(factor)) {
        across.remove(factor);
      }
    }
    Expr cosine = Exprs.mul(across);
    Expr sine = Exprs.mul(upwards);
    return of(cosine, sine)
        .map(Polar::angle)
        .orElseGet(() -> Exprs.call(Function.ATAN2, sine, cosine));
  }
}
