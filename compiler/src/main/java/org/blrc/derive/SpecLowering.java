package org.blrc.derive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.blrc.family.FamilyFacts;
import org.blrc.symbolic.Bounds;
import org.blrc.symbolic.Calculus;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Function;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Code;
import org.blrc.syntax.ComponentNames;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Unit;

/** Gives the names of a spec their meaning. */
final class SpecLowering {

  private SpecLowering() {}

  /** The model, or, where the posterior is a mixture, one for each component. */
  static List<Model> models(Unit unit, Declaration.Optimizer spec) {
    List<Declaration.Component> mixture = spec.mixture();
    return mixture.size() < 2
        ? List.of(model(unit, spec, 0, spec.posterior().variable().text()))
        : IntStream.range(0, mixture.size())
            .mapToObj(k -> component(unit, spec, mixture.get(k).distribution(), k))
            .toList();
  }

  /**
   * The distribution of a mixture's component as the posterior of a model, still without its loss;
   * absent where none is given.
   */
  static Optional<Model> choice(Unit unit, Declaration.Optimizer spec) {
    return spec.choice()
        .filter(_ -> spec.mixture().size() > 1)
        .map(
            choice ->
                model(
                    unit, spec.choosing(choice), spec.mixture().size(), choice.variable().text()));
  }

  private static Model component(
      Unit unit, Declaration.Optimizer spec, Declaration.Distribution distribution, int k) {
    String variable = ComponentNames.of(distribution.variable().text(), k + 1);
    return model(unit, spec.with(distribution), k, variable);
  }

  /**
   * @param component the number of the component of the posterior, from 0; what tells the component
   *     comes after all of them
   * @param name of the random variable
   */
  private static Model model(Unit unit, Declaration.Optimizer spec, int component, String name) {
    Scope scope = Scope.ROOT;
    List<Model.Hyper> hypers = new ArrayList<>();
    for (Declaration.Variable variable : spec.hypers()) {
      Sym symbol = symbol(Sym.Kind.HYPER, variable, hypers.size());
      hypers.add(new Model.Hyper(symbol, variable.value().map(FamilyLowering::constant)));
      scope = scope.with(symbol.name(), symbol);
    }
    Lowering inHypers = Lowering.plain(scope);
    List<Model.State> states = new ArrayList<>();
    for (Declaration.Variable variable : spec.states()) {
      Sym symbol = symbol(Sym.Kind.STATE, variable, states.size());
      states.add(new Model.State(symbol, variable.value().map(inHypers::expr)));
      scope = scope.with(symbol.name(), symbol);
    }
    int axes = 0;
    for (Declaration.DataAxis axis : spec.data()) {
      Expr size = inHypers.expr(axis.size());
      scope =
          scope.with(
              axis.name().text(),
              new Value.AxisValue(new Expr.Axis.Data(axis.name().text(), axes++, size)));
    }

    Scope scopeOfArguments = scope;
    FamilyFacts family = family(unit, spec.posterior());
    Sym variable = new Sym(Sym.Kind.VARIABLE, name, component, family.variable().domain());
    Map<Sym, Expr> arguments = arguments(family, spec.posterior(), Lowering.plain(scope));
    checkFixed(unit, spec.posterior(), family, arguments);
    FamilyFacts posterior = family.with(arguments).over(variable);
    Optional<FamilyFacts> prior =
        spec.prior()
            .map(
                distribution -> {
                  FamilyFacts facts = family(unit, distribution);
                  return facts.with(arguments(facts, distribution, inHypers)).over(variable);
                });

    Scope withVariable =
        scope.withVariable(spec.posterior().variable().text(), variable, posterior.support());
    int rank = 0;
    for (String function : References.applied(spec.loss())) {
      if (withVariable.find(function).isEmpty() && !isKnown(function)) {
        withVariable =
            withVariable.with(
                function, new Value.OracleFunction(function, rank++, 0, Optional.empty()));
      }
    }
    Expr loss = Lowering.plain(withVariable).expr(spec.loss());
    List<Sym> coordinates =
        states.stream()
            .map(Model.State::symbol)
            .filter(
                state ->
                    arguments.values().stream()
                        .anyMatch(argument -> Walk.contains(argument, state)))
            .toList();
    spec.posterior()
        .arguments()
        .forEach(argument -> checkSmooth(argument, Lowering.plain(scopeOfArguments), coordinates));
    return new Model(
        spec,
        unit,
        withVariable,
        List.copyOf(hypers),
        List.copyOf(states),
        variable,
        family.over(variable),
        arguments,
        posterior,
        coordinates,
        prior,
        loss,
        false,
        List.of());
  }

  /** What tells one family from another stays as it is while the posterior moves. */
  private static void checkFixed(
      Unit unit,
      Declaration.Distribution distribution,
      FamilyFacts family,
      Map<Sym, Expr> arguments) {
    Declaration.Family declared =
        unit.family(distribution.family().text(), names(distribution)).orElseThrow();
    for (Sym parameter : family.parameters()) {
      if (declared.parameters().get(parameter.rank()).fixed()
          && Walk.contains(arguments.get(parameter), Coordinates::isState)) {
        throw Failure.at(
                distribution.span(),
                Code.STATES,
                "`%s` is fixed, so it cannot depend on a state".formatted(parameter.name()))
            .hint("give it a number or a hyper-parameter");
      }
    }
  }

  /** The rule follows the posterior's parameters along the states. */
  private static void checkSmooth(
      Declaration.NamedTerm argument, Lowering lowering, List<Sym> coordinates) {
    Expr value = lowering.expr(argument.value());
    for (Sym coordinate : coordinates) {
      try {
        Calculus.derivative(value, coordinate);
      } catch (Calculus.NotDifferentiable problem) {
        throw Failure.at(
                argument.value().span(),
                Code.STATES,
                "`%s` has no derivative by the state `%s` that can be written down"
                    .formatted(argument.name().text(), coordinate.name()))
            .note("in: " + ExprPrinter.TEXT.print(problem.expr()))
            .hint(
                "a state is kept in bounds by a rewrite such as `in update of %s: x ~> max(x, 0)`"
                    .formatted(coordinate.name()));
      }
    }
  }

  private static Sym symbol(Sym.Kind kind, Declaration.Variable variable, int rank) {
    return new Sym(
        kind,
        variable.name().text(),
        rank,
        FamilyLowering.domain(variable.domain()),
        variable.shared());
  }

  private static List<String> names(Declaration.Distribution distribution) {
    return distribution.arguments().stream().map(argument -> argument.name().text()).toList();
  }

  private static FamilyFacts family(Unit unit, Declaration.Distribution distribution) {
    return unit.family(distribution.family().text(), names(distribution))
        .map(SpecLowering::facts)
        .orElseThrow(
            () ->
                Failure.at(
                    distribution.family().span(),
                    Code.UNKNOWN_FAMILY,
                    "there is no family `"
                        + distribution.family().text()
                        + "` with these parameters"));
  }

  private static FamilyFacts facts(Declaration.Family family) {
    try {
      return FamilyLowering.facts(family);
    } catch (Calculus.NotDifferentiable problem) {
      throw Failure.at(
              family.name().span(),
              Code.FAMILY,
              "the family `%s` has no derivatives that can be written down"
                  .formatted(family.name().text()))
          .note("in: " + ExprPrinter.TEXT.print(problem.expr()));
    }
  }

  private static Map<Sym, Expr> arguments(
      FamilyFacts family, Declaration.Distribution distribution, Lowering lowering) {
    Map<String, Expr> byName = new HashMap<>();
    distribution
        .arguments()
        .forEach(argument -> byName.put(argument.name().text(), lowering.expr(argument.value())));
    Map<Sym, Expr> result = new LinkedHashMap<>();
    for (Sym parameter : family.parameters()) {
      Expr argument = byName.get(parameter.name());
      if (Bounds.of(argument).isDisjointFrom(parameter.domain())) {
        throw Failure.at(
                distribution.span(),
                Code.DOMAIN,
                "`"
                    + parameter.name()
                    + " = "
                    + ExprPrinter.TEXT.print(argument)
                    + "` never lies in the domain of `"
                    + parameter.name()
                    + "`")
            .hint("look at its sign and at the domains of the states in it");
      }
      result.put(parameter, argument);
    }
    return Collections.unmodifiableMap(result);
  }

  private static final Set<String> WORDS =
      Set.of(
          "sqrt",
          "grad",
          "hess",
          "new",
          "sample",
          "size",
          "connection",
          "norm",
          "average",
          "total");

  private static boolean isKnown(String function) {
    return Function.named(function).isPresent() || WORDS.contains(function);
  }
}
