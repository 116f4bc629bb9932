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

  /** With more unknowns in all equations, their elimination takes too long. */
  static final int MOST_ELIMINATED = 6;

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
    return solve(equations, wanted);
  }

  private static Optional<Map<Sym, Expr>> solve(
      List<StateSolver.Equation> equations, List<Sym> wanted) {
    Map<Sym, Expr> values = new LinkedHashMap<>();
    while (values.size() < wanted.size()) {
      if (!solveOne(equations, wanted, values)) {
        return eliminated(equations, wanted, values);
      }
    }
    return Optional.of(values);
  }

  /**
   * Where every equation that is left holds several parameters: solves one for one of them, as a
   * function of the others, and the rest without it.
   *
   * @param known values of other parameters
   */
  private static Optional<Map<Sym, Expr>> eliminated(
      List<StateSolver.Equation> equations, List<Sym> wanted, Map<Sym, Expr> known) {
    List<Sym> open = wanted.stream().filter(each -> !known.containsKey(each)).toList();
    if (open.size() > MOST_ELIMINATED) {
      return Optional.empty();
    }
    List<StateSolver.Equation> left =
        equations.stream()
            .map(each -> substituted(each, known))
            .filter(each -> Walk.contains(each.natural(), open::contains))
            .toList();
    for (StateSolver.Equation equation : left) {
      for (Sym parameter : open) {
        Optional<Map<Sym, Expr>> values = eliminated(parameter, equation, left, open);
        if (values.isPresent()) {
          Map<Sym, Expr> all = new LinkedHashMap<>(known);
          all.putAll(values.get());
          return Optional.of(all);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Map<Sym, Expr>> eliminated(
      Sym parameter,
      StateSolver.Equation from,
      List<StateSolver.Equation> equations,
      List<Sym> open) {
    if (open.size() < 2 || !Walk.contains(from.natural(), parameter)) {
      return Optional.empty();
    }
    List<StateSolver.Equation> rest = new ArrayList<>(equations);
    rest.remove(from);
    List<Sym> others = open.stream().filter(each -> !each.equals(parameter)).toList();
    return Solver.solve(from.natural(), from.right(), parameter)
        .flatMap(
            value ->
                solve(
                        rest.stream()
                            .map(each -> substituted(each, Map.of(parameter, value)))
                            .toList(),
                        others)
                    .map(
                        values -> {
                          Map<Sym, Expr> all = new LinkedHashMap<>(values);
                          all.put(parameter, Normal.shorter(Walk.substitute(value, values)));
                          return all;
                        }));
  }

  private static StateSolver.Equation substituted(
      StateSolver.Equation equation, Map<Sym, Expr> values) {
    return new StateSolver.Equation(
        Normal.simplify(Walk.substitute(equation.natural(), values)), equation.right());
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
