package org.blrc.syntax;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.blrc.syntax.ComponentScope.Place;
import org.blrc.syntax.Declaration.Action;
import org.blrc.syntax.Declaration.Approximation;
import org.blrc.syntax.Declaration.Scope;
import org.blrc.syntax.Term.Argument;
import org.blrc.syntax.Term.Name;

/**
 * Writes approximations out in single components: one that names something with three of them as a
 * whole is applied three times, once to each. States that it adds then have three as well.
 */
final class ComponentRules {

  private final Map<String, Integer> counts;
  private final Unit unit;
  private final ComponentTerms terms;

  /**
   * @param scope of the optimizer, whose counts take those of added states
   */
  ComponentRules(ComponentScope scope, Unit unit) {
    this.counts = scope.counts();
    this.unit = unit;
    this.terms = new ComponentTerms(scope.withDraws());
  }

  List<Approximation> all(List<Approximation> approximations) {
    List<Approximation> result = new ArrayList<>();
    for (Approximation given : approximations) {
      Approximation approximation = given instanceof Approximation.Use use ? spread(use) : given;
      Set<String> whole = new TreeSet<>();
      names(approximation, whole);
      if (whole.isEmpty()) {
        result.add(at(approximation, terms, Optional.empty()));
        continue;
      }
      String first = whole.iterator().next();
      Components.places(first, counts.get(first))
          .map(place -> at(approximation, terms.at(place), Optional.of(place)))
          .forEach(result::add);
      added(approximation).forEach(state -> counts.put(state.text(), counts.get(first)));
    }
    return List.copyOf(result);
  }

  /** What takes several states takes the components of one together. */
  private Approximation.Use spread(Approximation.Use use) {
    Optional<Declaration.Rule> rule = unit.rule(use.rule().text());
    Optional<String> several = rule.flatMap(Declaration.Rule::several);
    if (several.isEmpty()) {
      return use;
    }
    int last = rule.get().parameters().size() - 1;
    List<Argument> arguments = new ArrayList<>();
    for (int i = 0; i < use.arguments().size(); i++) {
      Argument argument = use.arguments().get(i);
      boolean taken =
          argument.name().map(name -> several.get().equals(name.text())).orElse(false)
              || (argument.name().isEmpty() && i >= last);
      if (taken
          && argument.value() instanceof Term.Reference(Span span, String name)
          && counts.containsKey(name)) {
        Components.places(name, counts.get(name))
            .map(place -> new Term.Reference(span, ComponentNames.of(name, place.number())))
            .forEach(each -> arguments.add(new Argument(argument.name(), each)));
      } else {
        arguments.add(argument);
      }
    }
    return new Approximation.Use(use.span(), use.rule(), arguments, use.target());
  }

  private Approximation at(
      Approximation approximation, ComponentTerms here, Optional<Place> place) {
    return switch (approximation) {
      case Approximation.Inline(Span span, Action.Rewrite rewrite) ->
          new Approximation.Inline(
              span,
              new Action.Rewrite(
                  rewrite.span(),
                  rewrite
                      .scope()
                      .map(
                          scope ->
                              new Scope(scope.span(), scope.part(), state(scope.state(), place))),
                  here.term(rewrite.from()),
                  here.term(rewrite.to())));
      case Approximation.Use use -> {
        List<Argument> arguments = new ArrayList<>();
        for (Argument argument : use.arguments()) {
          boolean renames = argument.name().filter(name -> isAdded(use, name)).isPresent();
          if (!renames || place.isEmpty()) {
            arguments.add(new Argument(argument.name(), here.term(argument.value())));
          }
        }
        place.ifPresent(
            at ->
                states(use)
                    .forEach(
                        (inRule, chosen) ->
                            arguments.add(
                                new Argument(
                                    Optional.of(new Name(chosen.span(), inRule)),
                                    new Term.Reference(
                                        chosen.span(),
                                        ComponentNames.of(chosen.text(), at.number()))))));
        yield new Approximation.Use(
            use.span(), use.rule(), arguments, use.target().map(name -> state(name, place)));
      }
    };
  }

  private Name state(Name name, Optional<Place> place) {
    return place.isPresent() && counts.containsKey(name.text())
        ? ComponentNames.of(name, place.get().number())
        : name;
  }

  /** The states that a rule adds, by its names for them, with the names that they get. */
  private Map<String, Name> states(Approximation.Use use) {
    Map<String, Name> states = new LinkedHashMap<>();
    unit.rule(use.rule().text())
        .ifPresent(
            rule ->
                rule.actions().stream()
                    .filter(Action.AddState.class::isInstance)
                    .map(action -> ((Action.AddState) action).variable().name().text())
                    .forEach(name -> states.put(name, chosen(use, name))));
    return states;
  }

  private static Name chosen(Approximation.Use use, String inRule) {
    for (Argument argument : use.arguments()) {
      if (argument.name().filter(name -> name.text().equals(inRule)).isPresent()
          && argument.value() instanceof Term.Reference(Span span, String name)) {
        return new Name(span, name);
      }
    }
    return new Name(use.rule().span(), inRule);
  }

  private boolean isAdded(Approximation.Use use, Name name) {
    return states(use).containsKey(name.text());
  }

  private List<Name> added(Approximation approximation) {
    return approximation instanceof Approximation.Use use
        ? List.copyOf(states(use).values())
        : List.of();
  }

  /** The names of things with components that stand for all of them. */
  private void names(Approximation approximation, Set<String> whole) {
    switch (approximation) {
      case Approximation.Inline(Span _, Action.Rewrite rewrite) -> {
        rewrite.scope().ifPresent(scope -> name(scope.state().text(), whole));
        names(rewrite.from(), whole);
        names(rewrite.to(), whole);
      }
      case Approximation.Use use -> {
        use.target().ifPresent(target -> name(target.text(), whole));
        use.arguments().forEach(argument -> names(argument.value(), whole));
      }
    }
  }

  private void name(String name, Set<String> whole) {
    if (counts.containsKey(name)) {
      whole.add(name);
    }
  }

  private void names(Term term, Set<String> whole) {
    switch (term) {
      case Term.Literal _, Term.Component _ -> {}
      case Term.Fold fold -> names(fold.body(), whole);
      case Term.Reference(Span _, String name) -> name(name, whole);
      case Term.Negate negate -> names(negate.operand(), whole);
      case Term.Binary binary -> {
        names(binary.left(), whole);
        names(binary.right(), whole);
      }
      case Term.Apply apply -> {
        names(apply.head(), whole);
        apply.arguments().forEach(argument -> names(argument.value(), whole));
      }
      case Term.Expectation expectation -> names(expectation.body(), whole);
      case Term.Reduction reduction -> names(reduction.body(), whole);
    }
  }
}
