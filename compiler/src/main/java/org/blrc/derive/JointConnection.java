package org.blrc.derive;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.blrc.derive.Step.Line;
import org.blrc.family.FamilyFacts;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Walk;

/**
 * The Levi-Civita connection of states that move together.
 *
 * @param values one for each state, of two directions of each
 */
record JointConnection(List<Sym> states, List<Expr> values) {

  /** Absent where the posterior does not tell the states apart. */
  static Optional<JointConnection> of(List<Sym> states, FamilyFacts posterior) {
    return posterior
        .connection(states, left(states), right(states))
        .map(values -> new JointConnection(states, values));
  }

  /**
   * In the update of one state.
   *
   * @param places what names stand for in the update of each
   */
  Value.Bilinear in(Sym update, List<Scope> places) {
    return new Value.Bilinear(
        values.get(states.indexOf(update)), left(states), right(states), places);
  }

  /** What it makes of the same direction twice. */
  List<Line> lines() {
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

  private static List<Sym> left(List<Sym> states) {
    return states.stream().map(Symbols::direction).toList();
  }

  private static List<Sym> right(List<Sym> states) {
    return states.stream().map(Symbols::secondDirection).toList();
  }
}
