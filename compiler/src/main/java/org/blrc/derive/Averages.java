package org.blrc.derive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.symbolic.CoordinateSums;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Walk;

/**
 * Makes one mean over all coordinates of several that have the same factor beside them, so that one
 * pass takes it. The normal form keeps them apart.
 */
final class Averages {

  private Averages() {}

  static Expr merged(Expr expr) {
    Expr inner = Walk.mapChildren(expr, Averages::merged);
    if (!(inner instanceof Expr.Add(List<Expr> terms))) {
      return inner;
    }
    Map<Expr, List<Expr>> bodies = new LinkedHashMap<>();
    List<Expr> others = new ArrayList<>();
    for (Expr term : terms) {
      Optional<Expr.Reduce> average = average(term);
      if (average.isPresent()) {
        List<Expr> beside = new ArrayList<>(Exprs.factors(Exprs.withoutCoefficient(term)));
        beside.remove(average.get());
        bodies
            .computeIfAbsent(Exprs.mul(beside), _ -> new ArrayList<>())
            .add(Exprs.mul(new Expr.Num(Exprs.coefficient(term)), average.get().body()));
      } else {
        others.add(term);
      }
    }
    if (bodies.values().stream().allMatch(each -> each.size() == 1)) {
      return inner;
    }
    bodies.forEach(
        (beside, body) -> others.add(Exprs.mul(beside, CoordinateSums.average(Exprs.add(body)))));
    return Exprs.add(others);
  }

  /** The only mean among the factors of a term. */
  private static Optional<Expr.Reduce> average(Expr term) {
    List<Expr> found = Exprs.factors(term).stream().filter(CoordinateSums::isAverage).toList();
    return found.size() == 1 ? Optional.of((Expr.Reduce) found.getFirst()) : Optional.empty();
  }
}
