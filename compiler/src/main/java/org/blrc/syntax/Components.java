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
import org.blrc.syntax.ComponentScope.Place;
import org.blrc.syntax.Declaration.DataAxis;
import org.blrc.syntax.Declaration.Distribution;
import org.blrc.syntax.Declaration.Family;
import org.blrc.syntax.Declaration.NamedTerm;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.Declaration.Rates;
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
    optimizer.step().ifPresent(step -> moveTogether(step, optimizer));
    Distribution posterior = distribution(optimizer.posterior());
    Optional<Distribution> prior = optimizer.prior().map(this::distribution);
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
        prior,
        terms.term(optimizer.loss()),
        rates(optimizer.rates()),
        optimizer.step(),
        optimizer.gradient(),
        new ComponentRules(counts, families.unit(), this::refuse).all(optimizer.approximations()));
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
    if (count == null) {
      return Stream.of(
          new Variable(
              variable.span(),
              name,
              Optional.empty(),
              terms.domain(variable.domain()),
              variable.value().map(terms::term)));
    }
    return places(name.text(), count)
        .map(
            place ->
                new Variable(
                    variable.span(),
                    ComponentNames.of(name, place.number()),
                    Optional.empty(),
                    terms.domain(variable.domain()),
                    variable.value().map(terms.at(place)::term)));
  }

  static Stream<Place> places(String name, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> new Place(number, count, "`" + name + "`"));
  }

  private Distribution distribution(Distribution use) {
    Optional<Integer> size = use.size().flatMap(scope::number);
    List<Diagnostic> problems = new ArrayList<>();
    Map<String, Integer> parameters = new LinkedHashMap<>();
    families
        .resolve(use, size, problems::add)
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
            .flatMap(each -> single(each, parameters.getOrDefault(each.name().text(), 0)))
            .toList());
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
                  .flatMap(each -> single(each, counts.getOrDefault(each.name().text(), 0)))
                  .toList());
    };
  }

  /** What is given for something with components, for each of them; for one number as it is. */
  private Stream<NamedTerm> single(NamedTerm given, int count) {
    Name name = given.name();
    return count == 0
        ? Stream.of(new NamedTerm(name, terms.term(given.value())))
        : places(name.text(), count)
            .map(
                place ->
                    new NamedTerm(
                        ComponentNames.of(name, place.number()),
                        terms.at(place).term(given.value())));
  }
}
