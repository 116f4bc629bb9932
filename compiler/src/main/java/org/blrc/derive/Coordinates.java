package org.blrc.derive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.blrc.family.FamilyFacts;
import org.blrc.symbolic.CoordinateSums;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Walk;

/**
 * The coordinates of the posterior in which the rule's step is taken.
 *
 * <p>Where the states are as many as the parameters that they determine, these are the family's own
 * parameters: the step is then the same whatever functions of the states stand for them, and only
 * its last part, solving for the states, sees these functions. Otherwise they are the states.
 *
 * @param symbols a state where it stands for a parameter by itself, else the parameter
 * @param values each coordinate as a function of the states
 * @param facts the posterior as a function of the coordinates
 */
record Coordinates(List<Sym> symbols, Map<Sym, Expr> values, FamilyFacts facts) {

  static Coordinates of(Model model) {
    List<Sym> live =
        model.family().parameters().stream()
            .filter(
                parameter -> Walk.contains(model.arguments().get(parameter), Coordinates::isState))
            .toList();
    long varying =
        model.family().natural().stream()
            .filter(natural -> Walk.contains(natural, live::contains))
            .count();
    boolean determined = live.size() == model.coordinates().size() && varying == live.size();
    return determined && !model.blockwise() && sharesParameters(model)
        ? parameters(model, live)
        : states(model);
  }

  /**
   * Whether the coordinates share as many natural parameters as states. If not, what they share
   * makes a curved sub-family, as a shared mean does where each has a precision of its own.
   */
  static boolean sharesParameters(Model model) {
    long states = model.coordinates().stream().filter(Sym::shared).count();
    long naturals =
        model.posterior().natural().stream()
            .filter(natural -> Walk.contains(natural, Coordinates::isState))
            .filter(natural -> !CoordinateSums.varies(natural))
            .count();
    return states == naturals;
  }

  private static Coordinates states(Model model) {
    Map<Sym, Expr> values = new LinkedHashMap<>();
    model.coordinates().forEach(state -> values.put(state, state));
    return new Coordinates(model.coordinates(), values, model.posterior());
  }

  private static Coordinates parameters(Model model, List<Sym> live) {
    Set<Expr> bare = new HashSet<>();
    Map<Sym, Expr> replaced = new LinkedHashMap<>();
    Map<Sym, Expr> values = new LinkedHashMap<>();
    model
        .arguments()
        .forEach(
            (parameter, argument) -> {
              if (!live.contains(parameter)) {
                replaced.put(parameter, argument);
              } else if (argument instanceof Sym state && bare.add(state)) {
                replaced.put(parameter, state);
                values.put(state, state);
              } else {
                Sym symbol = distinct(parameter, !CoordinateSums.varies(argument), model.scope());
                replaced.put(parameter, symbol);
                values.put(symbol, argument);
              }
            });
    return new Coordinates(
        new ArrayList<>(values.keySet()),
        values,
        model.family().with(replaced).over(model.variable()));
  }

  /** A parameter whose name does not read like something else in the spec. */
  private static Sym distinct(Sym parameter, boolean shared, Scope scope) {
    String name = parameter.name();
    while (scope.find(name).isPresent()) {
      name += "_q";
    }
    return new Sym(parameter.kind(), name, parameter.rank(), parameter.domain(), shared);
  }

  static boolean isState(Expr expr) {
    return expr instanceof Sym symbol && symbol.kind() == Sym.Kind.STATE;
  }

  /** Whether every coordinate is a state. */
  boolean areStates() {
    return values.entrySet().stream().allMatch(entry -> entry.getKey().equals(entry.getValue()));
  }

  boolean mentionedIn(Expr expr) {
    return Walk.contains(expr, symbols::contains);
  }

  /** An expression in the coordinates as one in the states. */
  Expr inStates(Expr expr) {
    return Walk.substitute(expr, values);
  }
}
