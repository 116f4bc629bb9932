package org.blrc.derive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.derive.Step.Line;
import org.blrc.symbolic.Calculus;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.ComponentNames;

/**
 * The logarithm of the responsibility of a component of a mixture, as a function of the random
 * variable at the old parameters. A derivation refers to it by a name; what it is gets written out
 * at the end.
 */
final class Responsibility {

  /** What rules call it. Its rank tells it from functions that the caller answers for. */
  static final Value.OracleFunction NAME =
      new Value.OracleFunction("log_responsibility", -1, 0, Optional.empty());

  private final Value.OracleFunction name;
  private final Sym variable;
  private final Map<Integer, Expr> derivatives = new HashMap<>();

  /**
   * @param variable that of the component
   */
  Responsibility(Sym variable, Expr logarithm) {
    this.name = name(variable.rank() + 1);
    this.variable = variable;
    derivatives.put(0, logarithm);
  }

  /**
   * What derivations call that of a component.
   *
   * @param component its number, from 1
   */
  static Value.OracleFunction name(int component) {
    return new Value.OracleFunction(
        ComponentNames.of(NAME.name(), component),
        NAME.rank() - component + 1,
        0,
        Optional.empty());
  }

  /** Whether it is the responsibility of some component. */
  static boolean is(Expr.Oracle oracle) {
    return oracle.rank() <= NAME.rank();
  }

  /** Names with that of the component's own responsibility. */
  Scope in(Scope names) {
    return names.with(NAME.name(), name);
  }

  Expr at(Expr point) {
    return name.apply(Optional.empty(), point);
  }

  Expr logarithm() {
    return derivatives.get(0);
  }

  private Expr derivative(int order) {
    Expr known = derivatives.get(order);
    if (known == null) {
      known = Normal.shorter(Calculus.derivative(derivative(order - 1), variable));
      derivatives.put(order, known);
    }
    return known;
  }

  /** An expression with what the name stands for in its place. */
  Expr writtenOut(Expr expr) {
    Expr inner = Walk.mapChildren(expr, this::writtenOut);
    return inner instanceof Expr.Oracle oracle && oracle.rank() == name.rank()
        ? Exprs.mul(
            new Value.Lambda(variable, derivative(oracle.order()))
                .apply(Optional.empty(), oracle.point()),
            oracle.direction().orElse(Exprs.ONE))
        : inner;
  }

  Step writtenOut(Step step) {
    return new Step(
        step.title(),
        step.lines().stream().map(this::writtenOut).toList(),
        step.justification(),
        step.source(),
        step.grade(),
        step.replacements()
            .map(
                all ->
                    all.stream()
                        .map(
                            each -> new Replacement(writtenOut(each.from()), writtenOut(each.to())))
                        .toList()),
        step.rule());
  }

  private Line writtenOut(Line line) {
    return switch (line) {
      case Line.Equation(Quantity left, Expr right) -> new Line.Equation(left, writtenOut(right));
      case Line.Change(Quantity left, Expr before, Expr after) ->
          new Line.Change(left, writtenOut(before), writtenOut(after));
      case Line.Rule _, Line.Note _ -> line;
    };
  }

  /** An expression with what the names of all these stand for. */
  static Expr allWrittenOut(List<Responsibility> all, Expr expr) {
    Expr result = expr;
    for (Responsibility each : all) {
      result = each.writtenOut(result);
    }
    return result;
  }

  static Equations allWrittenOut(List<Responsibility> all, Equations equations) {
    return equations.map(update -> update.map(expr -> allWrittenOut(all, expr)));
  }

  static List<Step> allWrittenOut(List<Responsibility> all, List<Step> steps) {
    return steps.stream()
        .map(
            step -> {
              Step result = step;
              for (Responsibility each : all) {
                result = each.writtenOut(result);
              }
              return result;
            })
        .toList();
  }
}
