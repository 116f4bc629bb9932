package org.blrc.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.blrc.symbolic.Rational;
import org.blrc.syntax.ComponentScope.Place;
import org.blrc.syntax.Declaration.Component;
import org.blrc.syntax.Declaration.DataAxis;
import org.blrc.syntax.Declaration.Distribution;
import org.blrc.syntax.Declaration.Family;
import org.blrc.syntax.Declaration.Mixing;
import org.blrc.syntax.Declaration.NamedTerm;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.Declaration.Rates;
import org.blrc.syntax.Declaration.Running;
import org.blrc.syntax.Declaration.Variable;
import org.blrc.syntax.Term.Name;

/**
 * Writes an optimizer out in single components: of a state with three of them it makes three
 * states, of an argument with three of them three arguments. All that follows knows one number for
 * each coordinate only.
 */
final class Components {

  private final FamilyForms families;
  private final Consumer<Diagnostic> report;
  private boolean sound = true;

  /** The names of what has components, with their numbers. */
  private final Map<String, Integer> counts = new HashMap<>();

  private final ComponentScope scope = ComponentScope.of(counts, Map.of(), this::refuse);
  private final ComponentTerms terms = new ComponentTerms(scope);

  /** Those of the random variable, once the posterior's family is known to give it any. */
  private Optional<Integer> variableComponents = Optional.empty();

  private Components(FamilyForms families, Consumer<Diagnostic> report) {
    this.families = families;
    this.report = report;
  }

  /**
   * The optimizer in single components.
   *
   * @param report takes what does not fit
   * @return absent where something was reported
   */
  static Optional<Optimizer> single(
      Optimizer optimizer, FamilyForms families, Consumer<Diagnostic> report) {
    Components components = new Components(families, report);
    Optimizer result = components.optimizer(optimizer);
    return components.sound ? Optional.of(result) : Optional.empty();
  }

  private void refuse(Diagnostic problem) {
    sound = false;
    report.accept(problem);
  }

  private Optimizer optimizer(Optimizer optimizer) {
    count(optimizer);
    // Of a mixture, each component has its own.
    optimizer
        .step()
        .filter(_ -> optimizer.posterior().mixing().isEmpty())
        .ifPresent(step -> moveTogether(step, optimizer));
    List<Component> mixture = mixture(optimizer.posterior());
    Distribution posterior =
        optimizer.posterior().mixing().isEmpty()
            ? distribution(optimizer.posterior(), terms)
            : mixture.stream()
                .findFirst()
                .map(Component::distribution)
                .orElse(optimizer.posterior());
    Optional<Distribution> choice = optimizer.posterior().mixing().flatMap(this::choice);
    Optional<Distribution> prior = optimizer.prior().map(each -> prior(each));
    ComponentScope ofVariable =
        variableComponents
            .map(count -> scope.withWhole(posterior.variable().text(), count))
            .orElse(scope);
    if (sound) {
      optimizer.prior().ifPresent(given -> sameSize(optimizer.posterior(), given));
    }
    return new Optimizer(
        optimizer.span(),
        optimizer.name(),
        optimizer.hypers().stream().flatMap(this::variables).toList(),
        optimizer.states().stream().flatMap(this::variables).toList(),
        optimizer.data().stream()
            .map(axis -> new DataAxis(axis.span(), axis.name(), terms.term(axis.size())))
            .toList(),
        posterior,
        mixture,
        choice,
        prior,
        new ComponentTerms(ofVariable).term(optimizer.loss()),
        rates(optimizer.rates()),
        optimizer.step(),
        optimizer.gradient(),
        new ComponentRules(ofVariable, families.unit()).all(optimizer.approximations()));
  }

  private void count(Optimizer optimizer) {
    Set<String> single = new HashSet<>();
    optimizer.data().forEach(axis -> single.add(axis.name().text()));
    single.add(optimizer.posterior().variable().text());
    variables(optimizer)
        .filter(variable -> variable.count().isEmpty())
        .forEach(variable -> single.add(variable.name().text()));
    variables(optimizer)
        .filter(variable -> variable.count().isPresent())
        .forEach(
            variable -> {
              Name name = variable.name();
              if (single.contains(name.text()) || counts.containsKey(name.text())) {
                refuse(
                    Diagnostic.at(
                        name.span(),
                        Code.DUPLICATE_NAME,
                        "`%s` is declared twice".formatted(name.text())));
              }
              Counts.of(name, variable.count().get(), scope)
                  .ifPresent(count -> counts.put(name.text(), count));
            });
  }

  private static Stream<Variable> variables(Optimizer optimizer) {
    return Stream.concat(optimizer.hypers().stream(), optimizer.states().stream());
  }

  /** The components of one state have no steps of their own. */
  private void moveTogether(Name step, Optimizer optimizer) {
    optimizer.states().stream()
        .filter(state -> state.count().isPresent() && step.text().equals("blockwise"))
        .findFirst()
        .ifPresent(
            state ->
                refuse(
                    Diagnostic.at(
                            step.span(),
                            Code.SHAPE,
                            "the components of `%s` take one step together"
                                .formatted(state.name().text()))
                        .withHint("leave this out: `step joint` is the default")));
  }

  private Stream<Variable> variables(Variable variable) {
    Name name = variable.name();
    Integer count = counts.get(name.text());
    List<ComponentScope> values =
        variable.running().map(each -> values(each, name)).orElse(List.of());
    if (count == null) {
      return Stream.of(
          new Variable(
              variable.span(),
              name,
              Optional.empty(),
              terms.domain(variable.domain()),
              variable.value().map(terms::term),
              Optional.empty(),
              variable.shared()));
    }
    return places(name.text(), count)
        .map(
            place ->
                new Variable(
                    variable.span(),
                    ComponentNames.of(name, place.number()),
                    Optional.empty(),
                    terms.domain(variable.domain()),
                    variable.value().map(valueTerms(values, place)::term),
                    Optional.empty(),
                    variable.shared()));
  }

  /** The scopes of values that are stated for each component. */
  private List<ComponentScope> values(Running running, Name of) {
    int count = counts.getOrDefault(of.text(), 0);
    if (count == 0) {
      scope.refuse(
          running.index().span(),
          "`%s` has one component, which has one value".formatted(of.text()),
          "what has several is declared with their number, as in `%s[3]: real`"
              .formatted(of.text()));
      return List.of();
    }
    if (!(running.axis() instanceof Term.Axis.Range(Span span, Term from, Term to))) {
      scope.refuse(
          running.axis().span(),
          "values run over whole numbers",
          "write `for %s in 1..%d`".formatted(running.index().text(), count));
      return List.of();
    }
    List<ComponentScope> values = scope.each(running.index(), from, to);
    if (sound && (scope.number(from).orElse(1) != 1 || values.size() != count)) {
      scope.refuse(
          span,
          "`%s` has the components 1 to %d".formatted(of.text(), count),
          "write `for %s in 1..%d`".formatted(running.index().text(), count));
    }
    return values;
  }

  private ComponentTerms valueTerms(List<ComponentScope> values, Place place) {
    return place.number() <= values.size()
        ? new ComponentTerms(values.get(place.number() - 1).at(place))
        : terms.at(place);
  }

  static Stream<Place> places(String name, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> new Place(number, count, "`" + name + "`"));
  }

  /** The components of a mixture; none where a distribution is no mixture. */
  private List<Component> mixture(Distribution use) {
    if (use.mixing().isEmpty()) {
      return List.of();
    }
    Mixing mixing = use.mixing().get();
    if (!(mixing.axis() instanceof Term.Axis.Range(Span _, Term from, Term to))) {
      scope.refuse(
          mixing.axis().span(),
          "a mixture runs over whole numbers",
          "write the first and the last one, as in `mixture(k in 1..3)`");
      return List.of();
    }
    List<Component> components = new ArrayList<>();
    for (ComponentScope at : scope.each(mixing.index(), from, to)) {
      ComponentTerms here = new ComponentTerms(at);
      components.add(
          new Component(
              distribution(use, here),
              at.numbers().get(mixing.index().text()),
              mixing.weight().map(here::term).orElse(new Term.Literal(mixing.span(), Rational.ONE)),
              mixing.together()));
    }
    if (components.isEmpty()) {
      scope.refuse(
          mixing.axis().span(),
          "a mixture has at least one component",
          "write the first one first");
    }
    return List.copyOf(components);
  }

  /** The distribution of a mixture's component. */
  private Optional<Distribution> choice(Mixing mixing) {
    mixing
        .choice()
        .filter(given -> !given.variable().text().equals(mixing.index().text()))
        .ifPresent(
            given ->
                scope.refuse(
                    given.variable().span(),
                    "the components are told by `%s`".formatted(mixing.index().text()),
                    "write `with %s ~ %s`"
                        .formatted(mixing.index().text(), given.family().span().excerpt())));
    Optional<Integer> ofVariable = variableComponents;
    Optional<Distribution> choice = mixing.choice().map(given -> distribution(given, terms));
    variableComponents = ofVariable;
    return choice;
  }

  private Distribution prior(Distribution use) {
    use.mixing()
        .ifPresent(
            mixing ->
                scope.refuse(
                    mixing.span(),
                    "a prior is no mixture",
                    "what a prior is but for its family can be part of the loss"));
    return distribution(use, terms);
  }

  private Distribution distribution(Distribution use, ComponentTerms here) {
    Optional<Integer> size = use.size().flatMap(here.scope()::number);
    List<Diagnostic> problems = new ArrayList<>();
    Map<String, Integer> parameters = new LinkedHashMap<>();
    Optional<Family> family = families.resolve(use, size, problems::add);
    variableComponents = variableComponents.or(() -> family.flatMap(Family::components));
    family
        .map(Family::parameters)
        .ifPresent(
            all ->
                all.forEach(
                    each ->
                        parameters.merge(
                            ComponentNames.declared(each.name().text()),
                            ComponentNames.isComponent(each.name().text()) ? 1 : 0,
                            Integer::sum)));
    if (!problems.isEmpty()) {
      problems.forEach(this::refuse);
      return use;
    }
    return new Distribution(
        use.span(),
        use.variable(),
        use.family(),
        Optional.empty(),
        use.arguments().stream()
            .flatMap(each -> single(each, parameters.getOrDefault(each.name().text(), 0), here))
            .toList(),
        Optional.empty());
  }

  private void sameSize(Distribution posterior, Distribution prior) {
    Optional<Integer> of = posterior.size().flatMap(size -> WholeNumbers.value(size, Map.of()));
    Optional<Integer> before = prior.size().flatMap(size -> WholeNumbers.value(size, Map.of()));
    boolean same = posterior.family().text().equals(prior.family().text());
    if (same && of.isPresent() && before.isPresent() && !of.equals(before)) {
      refuse(
          Diagnostic.at(
              prior.size().get().span(),
              Code.SHAPE,
              "the prior has the size %d, the posterior %d".formatted(before.get(), of.get())));
    }
  }

  private Rates rates(Rates rates) {
    return switch (rates) {
      case Rates.Common(Span span, Term value) -> new Rates.Common(span, terms.term(value));
      case Rates.Blocks(Span span, List<NamedTerm> values) ->
          new Rates.Blocks(
              span,
              values.stream()
                  .flatMap(each -> single(each, counts.getOrDefault(each.name().text(), 0), terms))
                  .toList());
    };
  }

  /** What is given for something with components, for each of them; for one number as it is. */
  private Stream<NamedTerm> single(NamedTerm given, int count, ComponentTerms here) {
    Name name = given.name();
    return count == 0
        ? Stream.of(new NamedTerm(name, here.term(given.value())))
        : places(name.text(), count)
            .map(
                place ->
                    new NamedTerm(
                        ComponentNames.of(name, place.number()),
                        here.at(place).term(given.value())));
  }
}
