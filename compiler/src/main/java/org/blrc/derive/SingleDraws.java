package org.blrc.derive;

import java.util.List;
import java.util.Optional;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Walk;

/** The mean over one draw is written as that draw, and may be referred to as it is written. */
final class SingleDraws {

  private SingleDraws() {}

  /** An expression with the estimates of some equations in place of what reads like them. */
  static Expr asEstimated(Expr expr, List<Expr> equations) {
    if (!Walk.contains(expr, Expr.Draw.class::isInstance)) {
      return expr;
    }
    Optional<Expr> estimate =
        equations.stream()
            .flatMap(equation -> Walk.find(equation, part -> readsLike(part, expr)).stream())
            .findFirst();
    return estimate.orElseGet(() -> Walk.mapChildren(expr, child -> asEstimated(child, equations)));
  }

  /**
   * An expression in which the mean over one draw of something stands by itself: the mean over one
   * draw of a product is the product of such means.
   */
  static Expr apart(Expr expr, Expr mean) {
    if (!(mean instanceof Expr.Reduce reduce) || !isSingle(reduce)) {
      return expr;
    }
    return expr instanceof Expr.Reduce each && isSingle(each) && each.index().equals(reduce.index())
        ? new Expr.Reduce(
            true, each.index(), each.axis(), Walk.substitute(each.body(), reduce.body(), mean))
        : Walk.mapChildren(expr, child -> apart(child, mean));
  }

  private static boolean isSingle(Expr.Reduce reduce) {
    return reduce.mean()
        && reduce.axis() instanceof Axis.Draws(Expr count)
        && count.equals(Exprs.ONE);
  }

  private static boolean readsLike(Expr part, Expr expr) {
    return part instanceof Expr.Reduce && written(part).equals(expr);
  }

  private static Expr written(Expr expr) {
    Expr inner = Walk.mapChildren(expr, SingleDraws::written);
    return inner instanceof Expr.Reduce reduce && isSingle(reduce)
        ? Walk.substitute(reduce.body(), reduce.index(), Exprs.ONE)
        : inner;
  }
}
