package org.blrc.derive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.blrc.derive.Step.Line;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Code;
import org.blrc.syntax.Span;

/** The Levi-Civita connections that a rule asks for. */
final class Connections {

  private final Model model;
  private final Span span;

  /** As the text at {@code span} asks for them. */
  Connections(Model model, Span span) {
    this.model = model;
    this.span = span;
  }

  /** That of one state, for tangents that are read where they stand. */
  Value.Bilinear of(Sym state) {
    refuseGroups();
    List<Sym> tied = model.blockwise() ? List.of() : model.tiedTo(state);
    if (!tied.isEmpty()) {
      throw Failure.at(
              span,
              Code.SHAPE,
              "the step moves `%s` together with %s, to which its Fisher information ties it"
                  .formatted(state.name(), names(tied)))
          .hint("name them together, in a rule that takes several states: `geodesic(a, b)`");
    }
    Expr coefficient = model.connection(state).orElseThrow(() -> none(List.of(state)));
    Sym left = Symbols.direction(state);
    Sym right = Symbols.secondDirection(state);
    return new Value.Bilinear(
        Exprs.mul(coefficient, left, right), List.of(left), List.of(right), List.of());
  }

  /**
   * That of several states, in the update of each.
   *
   * @param places what names stand for in the update of each
   */
  Map<Sym, Value.Bilinear> of(List<Sym> states, List<Scope> places) {
    List<Expr> values = values(states);
    Map<Sym, Value.Bilinear> result = new HashMap<>();
    for (int k = 0; k < states.size(); k++) {
      result.put(
          states.get(k), new Value.Bilinear(values.get(k), left(states), right(states), places));
    }
    return result;
  }

  /** What the connection of several states makes of one tangent. */
  List<Line> lines(List<Sym> states) {
    List<Expr> values = values(states);
    Map<Sym, Sym> equal =
        states.stream().collect(Collectors.toMap(Symbols::secondDirection, Symbols::direction));
    return IntStream.range(0, states.size())
        .<Line>mapToObj(
            k ->
                new Line.Equation(
                    new Quantity.JointConnection(states, states.get(k)),
                    Normal.shorter(Walk.substitute(values.get(k), equal))))
        .toList();
  }

  private List<Expr> values(List<Sym> states) {
    refuseGroups();
    return model
        .posterior()
        .connection(states, left(states), right(states))
        .orElseThrow(() -> none(states));
  }

  private static List<Sym> left(List<Sym> states) {
    return states.stream().map(Symbols::direction).toList();
  }

  private static List<Sym> right(List<Sym> states) {
    return states.stream().map(Symbols::secondDirection).toList();
  }

  private void refuseGroups() {
    if (model.family().group().isPresent()) {
      throw Failure.at(
              span, Code.PATTERN, "a group moves the posterior, and its step follows no connection")
          .hint("leave the rule out: the exponential map is exact");
    }
  }

  private Failure none(List<Sym> states) {
    return Failure.at(
        span,
        Code.PATTERN,
        "the posterior does not depend on %s, so there is no connection".formatted(names(states)));
  }

  private static String names(List<Sym> states) {
    return states.stream().map(state -> "`" + state.name() + "`").collect(Collectors.joining(", "));
  }
}
