package org.blrc.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Num;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Rational;
import org.blrc.symbolic.Walk;

/**
 * Means of sums of products of at most two means over the same n independent draws: E[mean(a)
 * mean(b)] = (E[a b] + (n - 1) E[a] E[b]) / n. It takes integrals over a single draw only.
 *
 * @param isDrawn whether an expression depends on draws
 * @param value the value of an expression that does not
 * @param single the mean of a mean over draws, which is that of its body for one draw
 */
record MeansOfDraws(
    Predicate<Expr> isDrawn, ToDoubleFunction<Expr> value, ToDoubleFunction<Reduce> single) {

  /** The mean of an expression, where it is of this form. */
  OptionalDouble of(Expr expr) {
    if (!isDrawn.test(expr)) {
      return OptionalDouble.of(value.applyAsDouble(expr));
    }
    return switch (expr) {
      case Expr.Add(List<Expr> terms) -> sum(terms);
      case Expr.Mul(List<Expr> factors) -> product(factors);
      case Expr.Pow(Expr base, Num(Rational exponent)) when exponent.equals(Rational.of(2)) ->
          product(List.of(base, base));
      case Reduce reduce when isOverDraws(reduce) ->
          OptionalDouble.of(single.applyAsDouble(reduce));
      default -> OptionalDouble.empty();
    };
  }

  private OptionalDouble sum(List<Expr> terms) {
    double sum = 0;
    for (Expr term : terms) {
      OptionalDouble mean = of(term);
      if (mean.isEmpty()) {
        return mean;
      }
      sum += mean.getAsDouble();
    }
    return OptionalDouble.of(sum);
  }

  private OptionalDouble product(List<Expr> factors) {
    List<Expr> drawn = factors.stream().filter(isDrawn).toList();
    double scale =
        factors.stream().filter(isDrawn.negate()).mapToDouble(value).reduce(1, (a, b) -> a * b);
    return drawnProduct(drawn).stream().map(mean -> scale * mean).findFirst();
  }

  private OptionalDouble drawnProduct(List<Expr> factors) {
    for (int i = 0; i < factors.size(); i++) {
      if (factors.get(i) instanceof Expr.Add(List<Expr> terms)) {
        List<Expr> others = new ArrayList<>(factors);
        others.remove(i);
        return sum(terms.stream().map(term -> Exprs.mul(term, Exprs.mul(others))).toList());
      }
    }
    return switch (factors.size()) {
      case 1 -> of(factors.getFirst());
      case 2 ->
          factors.getFirst() instanceof Reduce left
                  && factors.getLast() instanceof Reduce right
                  && isOverDraws(left)
                  && left.axis().equals(right.axis())
              ? OptionalDouble.of(pair(left, right))
              : OptionalDouble.empty();
      default -> OptionalDouble.empty();
    };
  }

  private double pair(Reduce left, Reduce right) {
    Expr body = Exprs.mul(left.body(), Walk.substitute(right.body(), right.index(), left.index()));
    double together =
        single.applyAsDouble(new Reduce(left.mean(), left.index(), left.axis(), body));
    double count = value.applyAsDouble(((Axis.Draws) left.axis()).count());
    double apart = single.applyAsDouble(left) * single.applyAsDouble(right);
    return (together + (count - 1) * apart) / count;
  }

  /** A mean over draws whose body speaks of one draw at a time. */
  private static boolean isOverDraws(Reduce reduce) {
    return reduce.mean()
        && reduce.axis() instanceof Axis.Draws
        && !Walk.contains(
            reduce.body(),
            part -> part instanceof Reduce inner && inner.axis() instanceof Axis.Draws);
  }
}
