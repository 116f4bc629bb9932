package org.blrc.derive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.family.FamilyFacts;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Solver;
import org.blrc.symbolic.Walk;

/** Writes a distribution in the parameters of another parameterisation of its family. */
final class ParameterSolver {

  private ParameterSolver() {}

  /** The values of {@code wanted}'s parameters at which it is {@code given}. */
  static Optional<Map<Sym, Expr>> solve(FamilyFacts wanted, FamilyFacts given) {
    FamilyFacts aligned = wanted.over(given.variable());
    List<Expr> left = new ArrayList<>(aligned.natural());
    List<Expr> right = new ArrayList<>();
    for (Expr statistic : aligned.statistics()) {
      for (int j = 0; j < given.statistics().size(); j++) {
        if (Normal.equal(statistic, given.statistics().get(j))) {
          right.add(given.natural().get(j));
        }
      }
    }
    return left.size() == right.size() ? solve(left, right, wanted.parameters()) : Optional.empty();
  }

  /** The values of the parameters that {@code left} depends on, at which it is {@code right}. */
  static Optional<Map<Sym, Expr>> solve(List<Expr> left, List<Expr> right, List<Sym> parameters) {
    List<Sym> wanted =
        parameters.stream()
            .filter(parameter -> left.stream().anyMatch(each -> Walk.contains(each, parameter)))
            .toList();
    List<StateSolver.Equation> equations = new ArrayList<>();
    for (int j = 0; j < left.size(); j++) {
      equations.add(new StateSolver.Equation(left.get(j), right.get(j)));
    }
    StateSolver.takePolarApart(equations);
    Map<Sym, Expr> values = new LinkedHashMap<>();
    while (values.size() < wanted.size()) {
      if (!solveOne(equations, wanted, values)) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  private static boolean solveOne(
      List<StateSolver.Equation> equations, List<Sym> parameters, Map<Sym, Expr> values) {
    for (StateSolver.Equation each : equations) {
      Expr equation = Normal.simplify(Walk.substitute(each.natural(), values));
      List<Sym> unknowns =
          parameters.stream()
              .filter(
                  parameter -> !values.containsKey(parameter) && Walk.contains(equation, parameter))
              .toList();
      if (unknowns.size() == 1) {
        Optional<Expr> value = Solver.solve(equation, each.right(), unknowns.getFirst());
        if (value.isPresent()) {
          values.put(unknowns.getFirst(), value.get());
          return true;
        }
      }
    }
    return false;
  }
}
