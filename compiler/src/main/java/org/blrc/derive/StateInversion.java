package org.blrc.derive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.blrc.derive.StateSolver.Equation;
import org.blrc.family.Matrix;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Solver;
import org.blrc.symbolic.Walk;

/**
 * From the new parameters of the posterior to the new states: solves <em>argument(new states) = new
 * parameter</em> for each state.
 *
 * <p>An equation with one unknown state comes first; where each has several, one of them is solved
 * for a state in terms of the others, which goes into the rest. A new parameter on a right side
 * stays visible as its argument at the new states wherever these are known by then.
 */
final class StateInversion {

  private final Model model;
  private final Coordinates coordinates;

  /** The new value of each coordinate, in the order in which they were solved. */
  private final Map<Sym, Expr> parameters = new LinkedHashMap<>();

  private final List<Equation> natural = new ArrayList<>();
  private final List<Equation> open = new ArrayList<>();
  private final Map<Sym, Expr> newArguments = new LinkedHashMap<>();
  private final Map<Sym, Expr> values = new LinkedHashMap<>();

  /** States whose values are in terms of states that were still unknown. */
  private final Set<Sym> eliminated = new HashSet<>();

  /**
   * @param parameters the new value of each coordinate, in terms of old ones and of new ones that
   *     come before it
   * @param natural the equations that they solve
   */
  StateInversion(
      Model model, Coordinates coordinates, Map<Sym, Expr> parameters, List<Equation> natural) {
    this.model = model;
    this.coordinates = coordinates;
    Map<Sym, Sym> newStates = new HashMap<>();
    model.coordinates().forEach(state -> newStates.put(state, Symbols.newValue(state)));
    parameters.forEach(
        (symbol, value) -> {
          this.parameters.put(symbol, coordinates.inStates(value));
          Expr argument = Walk.substitute(coordinates.values().get(symbol), newStates);
          newArguments.put(symbol, argument);
          open.add(new Equation(argument, this.parameters.get(symbol)));
        });
    for (Equation equation : natural) {
      this.natural.add(
          new Equation(
              Walk.substitute(equation.natural(), newArguments),
              coordinates.inStates(equation.right())));
    }
  }

  /** The new value of each state, in the order in which they were solved. */
  Map<Sym, Expr> solve() {
    while (values.size() < model.coordinates().size()) {
      if (!solveOne(1) && !solveOne(Integer.MAX_VALUE)) {
        throw notSolvable();
      }
    }
    return values;
  }

  /** Solves an equation with at most the given number of unknown states for one of them. */
  private boolean solveOne(int most) {
    for (Equation equation : List.copyOf(open)) {
      List<Sym> unknowns = unknowns(equation.natural());
      if (unknowns.isEmpty() || unknowns.size() > most) {
        continue;
      }
      for (Sym state : unknowns) {
        Optional<Expr> value =
            uncoupled(equation, state)
                .or(() -> solved(equation.natural(), visible(equation.right()), state));
        if (value.isPresent()) {
          values.put(state, value.get());
          open.remove(equation);
          if (unknowns.size() > 1) {
            eliminate(state, value.get());
          }
          return true;
        }
      }
    }
    return false;
  }

  private void eliminate(Sym state, Expr value) {
    eliminated.add(state);
    open.replaceAll(
        other ->
            new Equation(
                Walk.substitute(other.natural(), Symbols.newValue(state), value), other.right()));
  }

  /**
   * The state from a natural parameter that depends on it alone, where its own equation brings in
   * other states: a mean of a/s with precision s makes a a natural parameter.
   */
  private Optional<Expr> uncoupled(Equation equation, Sym state) {
    if (states(equation.natural()).size() == 1) {
      return Optional.empty();
    }
    return natural.stream()
        .filter(each -> states(each.natural()).equals(List.of(state)))
        .flatMap(each -> solved(each.natural(), each.right(), state).stream())
        .findFirst();
  }

  private static Optional<Expr> solved(Expr left, Expr right, Sym state) {
    return Solver.solve(left, right, Symbols.newValue(state));
  }

  /** New parameters in terms of new states that are known, else through their own values. */
  private Expr visible(Expr right) {
    Map<Expr, Expr> replacements = new HashMap<>();
    for (Sym symbol : parameters.keySet()) {
      Expr newValue = Symbols.newValue(symbol);
      if (Walk.contains(right, newValue)) {
        Expr argument = newArguments.get(symbol);
        boolean known =
            states(argument).stream()
                .allMatch(state -> values.containsKey(state) && !eliminated.contains(state));
        replacements.put(newValue, known ? argument : visible(parameters.get(symbol)));
      }
    }
    return Walk.substitute(right, replacements);
  }

  private List<Sym> unknowns(Expr expr) {
    return states(expr).stream().filter(state -> !values.containsKey(state)).toList();
  }

  private List<Sym> states(Expr expr) {
    return model.coordinates().stream()
        .filter(state -> Walk.contains(expr, Symbols.newValue(state)))
        .toList();
  }

  private Failure notSolvable() {
    boolean singular =
        Matrix.solve(
                Matrix.jacobian(List.copyOf(coordinates.values().values()), model.coordinates()),
                model.coordinates().stream().map(_ -> Exprs.ONE).toList())
            .isEmpty();
    if (singular) {
      return OwnStep.degenerate(model);
    }
    Sym stuck =
        model.coordinates().stream()
            .filter(state -> !values.containsKey(state))
            .findFirst()
            .orElseThrow();
    return StateSolver.notSolvable(model, stuck, open);
  }
}
