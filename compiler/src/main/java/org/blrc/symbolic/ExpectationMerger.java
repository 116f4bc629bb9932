package org.blrc.symbolic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.blrc.symbolic.Expr.Expect;
import org.blrc.symbolic.Expr.Oracle;
import org.blrc.symbolic.Expr.Sym;

/**
 * Reads E[x g] - m E[g] as E[(x - m) g]: expectations of one derivative with different weights
 * become one.
 */
final class ExpectationMerger {

  private ExpectationMerger() {}

  private record Key(Sym variable, List<Expr> derivatives) {}

  static List<Expr> merged(List<Expr> terms) {
    Map<Key, List<Expr>> weights = new LinkedHashMap<>();
    List<Expr> others = new ArrayList<>();
    for (Expr term : terms) {
      List<Expr> outside = new ArrayList<>();
      Expect expectation = null;
      for (Expr factor : Exprs.factors(term)) {
        if (factor instanceof Expect found && expectation == null) {
          expectation = found;
        } else {
          outside.add(factor);
        }
      }
      List<Expr> derivatives = expectation == null ? List.of() : derivatives(expectation.body());
      if (derivatives.isEmpty()) {
        others.add(term);
      } else {
        List<Expr> weight = new ArrayList<>(Exprs.factors(expectation.body()));
        weight.removeAll(derivatives);
        weight.addAll(outside);
        weights
            .computeIfAbsent(new Key(expectation.variable(), derivatives), _ -> new ArrayList<>())
            .add(Exprs.mul(weight));
      }
    }
    if (weights.values().stream().allMatch(list -> list.size() == 1)) {
      return terms;
    }
    weights.forEach(
        (key, list) -> {
          List<Expr> body = new ArrayList<>(key.derivatives());
          boolean turned =
              list.stream()
                  .anyMatch(
                      weight ->
                          Walk.contains(weight, key.variable())
                              && Exprs.coefficient(weight).signum() < 0);
          Expr sign = turned ? Exprs.MINUS_ONE : Exprs.ONE;
          body.add(Exprs.mul(sign, Exprs.add(list)));
          others.add(Exprs.mul(sign, new Expect(key.variable(), Exprs.mul(body))));
        });
    return others;
  }

  private static List<Expr> derivatives(Expr body) {
    return Exprs.factors(body).stream()
        .filter(
            factor ->
                factor instanceof Oracle
                    || (factor instanceof Expr.Pow(Expr base, _) && base instanceof Oracle))
        .toList();
  }
}
