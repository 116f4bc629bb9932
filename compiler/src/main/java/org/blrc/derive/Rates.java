package org.blrc.derive;

import java.util.HashMap;
import java.util.Map;
import org.blrc.symbolic.Bounds;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Span;

/** The rate of each state. */
record Rates(Map<Sym, Expr> byState, boolean common) {

  static Rates of(Model model) {
    Lowering lowering = Lowering.plain(model.scope());
    Map<Sym, Expr> result = new HashMap<>();
    switch (model.spec().rates()) {
      case Declaration.Rates.Common(Span _, var value) ->
          model.coordinates().forEach(state -> result.put(state, lowering.expr(value)));
      case Declaration.Rates.Blocks(Span span, var values) -> {
        Map<String, Expr> byName = new HashMap<>();
        values.forEach(named -> byName.put(named.name().text(), lowering.expr(named.value())));
        for (Sym state : model.coordinates()) {
          Expr rate = byName.get(state.name());
          if (rate == null) {
            throw Failure.at(
                span, Code.MISSING_CLAUSE, "the state `" + state.name() + "` has no rate");
          }
          result.put(state, rate);
        }
      }
    }
    for (Expr rate : result.values()) {
      if (Bounds.of(rate).isDisjointFrom(Domain.POSITIVE)) {
        throw Failure.at(
            model.spec().rates().span(),
            Code.DOMAIN,
            "the rate `" + ExprPrinter.TEXT.print(rate) + "` is never positive");
      }
    }
    boolean common = result.values().stream().distinct().count() <= 1;
    return new Rates(Map.copyOf(result), common);
  }

  Expr of(Sym state) {
    return byState.get(state);
  }
}
