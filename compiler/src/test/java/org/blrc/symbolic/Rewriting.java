package org.blrc.symbolic;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.blrc.symbolic.Expr.Sym;

/** Laws that are applied one after the other, each somewhere in an expression. */
record Rewriting(List<Step> steps) {

  /**
   * One application.
   *
   * @param place which of the parts that the law changes, counted from the outside
   * @param other what helps
   */
  record Step(Law law, int place, Expr other) {
    @Override
    public String toString() {
      return "%s at %d with %s".formatted(law, place, ExprPrinter.TEXT.print(other));
    }
  }

  static Arbitrary<Rewriting> any() {
    return Combinators.combine(
            Arbitraries.of(Law.values()), Arbitraries.integers().between(0, 9), Samples.small())
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(Rewriting::new);
  }

  Expr of(Expr expr) {
    Expr result = expr;
    for (Step step : steps) {
      result = apply(step, result);
    }
    return result;
  }

  private static Expr apply(Step step, Expr expr) {
    List<Expr> results = new ArrayList<>();
    everywhere(step, expr, results);
    return results.isEmpty() ? expr : results.get(step.place % results.size());
  }

  /** The expression with each of its parts rewritten in turn. */
  private static void everywhere(Step step, Expr expr, List<Expr> results) {
    if (expr instanceof Sym symbol && symbol.kind() == Sym.Kind.INDEX) {
      return;
    }
    Expr rewritten = step.law.at(expr, step.other);
    if (!rewritten.equals(expr)) {
      results.add(rewritten);
    }
    List<Expr> children = Walk.children(expr);
    // A power with a number as its exponent has values where others have none.
    boolean numeric = expr instanceof Expr.Pow(_, Expr.Num _);
    for (int i = 0; i < (numeric ? 1 : children.size()); i++) {
      List<Expr> inner = new ArrayList<>();
      everywhere(step, children.get(i), inner);
      for (Expr changed : inner) {
        int[] at = {i};
        results.add(Walk.mapChildren(expr, child -> at[0]-- == 0 ? changed : child));
      }
    }
  }
}
