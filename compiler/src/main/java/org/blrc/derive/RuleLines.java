package org.blrc.derive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.blrc.derive.Step.Line;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Declaration.Action;

/** What the step of a rule shows. */
final class RuleLines {

  private RuleLines() {}

  /** The rewrites as they were written, for the report. */
  static List<Line> of(
      RuleInstance rule, List<Model> subjects, Equations before, RulePass.Result result) {
    Equations after = result.progress().equations();
    List<Line> lines = new ArrayList<>();
    for (Action action : rule.actions()) {
      if (action instanceof Action.Rewrite || action instanceof Action.AddNoise) {
        lines.add(new Line.Rule(action.span().oneLine()));
      }
    }
    lines.addAll(result.facts());
    draws(after).stream()
        .filter(draw -> !draws(before).contains(draw))
        .map(
            draw -> new Line.Equation(new Quantity.Value(draw), EquationForm.drawn(draw, subjects)))
        .forEach(lines::add);
    Map<Sym, Update> old = new HashMap<>();
    before.updates().forEach(update -> old.put(update.state(), update));
    for (Update update : after.updates()) {
      Update was = old.get(update.state());
      if (was == null) {
        lines.add(new Line.Equation(new Quantity.NewValue(update.state()), update.value()));
      } else if (!was.equals(update)) {
        lines.add(
            new Line.Change(new Quantity.NewValue(update.state()), was.value(), update.value()));
      }
    }
    return lines;
  }

  /** The draws that the equations name. */
  static List<Expr> draws(Equations equations) {
    return equations.updates().stream()
        .flatMap(update -> Walk.find(update.value(), Expr.Draw.class::isInstance).stream())
        .distinct()
        .toList();
  }
}
