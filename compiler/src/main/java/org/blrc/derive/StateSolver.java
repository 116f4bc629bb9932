package org.blrc.derive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Polar;
import org.blrc.symbolic.Solver;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Code;

/**
 * Solves the rule's equations natural_j(new) = right_j for the new values of coordinates (states or
 * parameters), one at a time. Where an equation is coupled to a value that is already solved, and
 * holds an opaque expectation that its solution determines, this is expressed through the new
 * value: so the new precision comes to stand in the mean's update.
 */
final class StateSolver {

  /** {@code natural(new values) = right}. */
  record Equation(Expr natural, Expr right) {}

  private final Model model;
  private final List<Equation> open;
  private final List<Equation> solved = new ArrayList<>();
  private final Map<Sym, Expr> values = new LinkedHashMap<>();
  private final Map<Sym, Sym> newValues = new HashMap<>();

  private StateSolver(Model model, List<Sym> states, List<Equation> equations) {
    this.model = model;
    states.forEach(state -> newValues.put(state, Symbols.newValue(state)));
    this.open =
        new ArrayList<>(
            equations.stream()
                .map(
                    equation ->
                        new Equation(
                            Normal.simplify(Walk.substitute(equation.natural(), newValues)),
                            equation.right()))
                .toList());
    takePolarApart(open);
  }

  /** In place of r cos(a) = x and r sin(a) = y, an equation for r and one for a. */
  static void takePolarApart(List<Equation> equations) {
    for (int i = 0; i < equations.size(); i++) {
      for (int j = 0; j < equations.size(); j++) {
        Equation x = equations.get(i);
        Equation y = equations.get(j);
        Optional<Polar> left = i == j ? Optional.empty() : Polar.of(x.natural(), y.natural());
        if (left.isPresent()) {
          Polar right = Polar.solved(x.right(), y.right());
          equations.set(i, new Equation(left.get().radius(), right.radius()));
          equations.set(j, new Equation(left.get().angle(), right.angle()));
        }
      }
    }
  }

  /** The new value of each state, in the order in which they were solved. */
  static Map<Sym, Expr> solve(Model model, List<Sym> states, List<Equation> equations) {
    StateSolver solver = new StateSolver(model, states, equations);
    while (solver.values.size() < states.size()) {
      solver.solveOne(states);
    }
    return solver.values;
  }

  private void solveOne(List<Sym> states) {
    List<Sym> unsolved = states.stream().filter(state -> !values.containsKey(state)).toList();
    Sym stuck = unsolved.getFirst();
    for (Equation equation : List.copyOf(open)) {
      List<Sym> unknowns =
          unsolved.stream()
              .filter(state -> Walk.contains(equation.natural(), newValues.get(state)))
              .toList();
      if (unknowns.size() == 1) {
        stuck = unknowns.getFirst();
        boolean coupled =
            values.keySet().stream()
                .anyMatch(known -> Walk.contains(equation.natural(), newValues.get(known)));
        Expr right = coupled ? eliminate(equation.right()) : equation.right();
        Optional<Expr> value = Solver.solve(equation.natural(), right, newValues.get(stuck));
        if (value.isPresent()) {
          values.put(stuck, value.get());
          solved.add(equation);
          open.remove(equation);
          return;
        }
      }
    }
    throw notSolvable(model, stuck, open);
  }

  /** Says that none of the equations that hold a new state can be solved for it. */
  static Failure notSolvable(Model model, Sym state, List<Equation> open) {
    List<String> equations =
        open.stream()
            .filter(each -> Walk.contains(each.natural(), Symbols.newValue(state)))
            .map(each -> text(each.natural()) + " = " + text(each.right()))
            .toList();
    return Failure.at(
            model.spec().posterior().span(),
            Code.NOT_SOLVABLE,
            "the update cannot be solved for `" + state.name() + "`")
        .note(String.join("\n", equations))
        .hint(
            "let each parameter bring in one more state through sums, products, powers, exp or"
                + " log; where a power has two roots, the state's domain has to choose one, as in `"
                + state.name()
                + ": positive`");
  }

  private static String text(Expr expr) {
    return ExprPrinter.TEXT.print(expr);
  }

  /**
   * Expresses opaque expectations through new states that are already known: of each known equation
   * the one that leaves the fewest of them.
   */
  private Expr eliminate(Expr right) {
    Expr result = right;
    for (Equation known : solved) {
      Expr before = result;
      result =
          Atoms.opaque(known.right()).stream()
              .filter(atom -> Walk.contains(before, atom))
              .flatMap(atom -> without(atom, before, known).stream())
              .min(StateSolver::byOpaque)
              .orElse(before);
    }
    return result;
  }

  private static int byOpaque(Expr left, Expr right) {
    int byOpaque = Integer.compare(Atoms.opaque(left).size(), Atoms.opaque(right).size());
    return byOpaque != 0 ? byOpaque : Integer.compare(Walk.size(left), Walk.size(right));
  }

  private static Optional<Expr> without(Expr atom, Expr expr, Equation known) {
    return Solver.solveLinear(Exprs.subtract(known.natural(), known.right()), atom)
        .map(value -> Normal.simplify(Walk.substitute(expr, atom, value)));
  }
}
