package org.blrc.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.blrc.syntax.Declaration.Domain;
import org.blrc.syntax.Declaration.Draw;
import org.blrc.syntax.Declaration.Family;
import org.blrc.syntax.Declaration.Listed;
import org.blrc.syntax.Declaration.NamedTerm;
import org.blrc.syntax.Declaration.Parameter;
import org.blrc.syntax.Declaration.Sampler;
import org.blrc.syntax.Declaration.Template;
import org.blrc.syntax.Term.Name;

/** Makes families of one size of those that have any. */
public final class Templates {

  private Templates() {}

  /**
   * The family with a given number of components.
   *
   * @param report takes what does not fit
   * @return absent where something was reported
   */
  public static Optional<Family> family(Template template, int size, Consumer<Diagnostic> report) {
    return made(template, Map.of(template.size().orElseThrow().text(), size), report);
  }

  /** The one family that a declaration without a size stands for. */
  static Optional<Family> family(Template template, Consumer<Diagnostic> report) {
    return made(template, Map.of(), report);
  }

  private static Optional<Family> made(
      Template template, Map<String, Integer> sizes, Consumer<Diagnostic> report) {
    List<Diagnostic> problems = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>();
    ComponentScope scope = ComponentScope.of(counts, sizes, problems::add);
    ComponentTerms terms = new ComponentTerms(scope);
    List<Parameter> parameters = new ArrayList<>();
    for (Parameter parameter : template.parameters()) {
      if (parameter.count().isEmpty()) {
        parameters.add(
            new Parameter(
                parameter.name(),
                Optional.empty(),
                terms.domain(parameter.domain()),
                parameter.fixed()));
        continue;
      }
      Name name = parameter.name();
      Counts.of(name, parameter.count().get(), scope)
          .ifPresent(
              count -> {
                counts.put(name.text(), count);
                IntStream.rangeClosed(1, count)
                    .mapToObj(
                        k ->
                            new Parameter(
                                ComponentNames.of(name, k),
                                Optional.empty(),
                                terms.domain(parameter.domain()),
                                parameter.fixed()))
                    .forEach(parameters::add);
              });
    }
    if (!problems.isEmpty()) {
      problems.forEach(report);
      return Optional.empty();
    }
    Domain support = terms.domain(template.support());
    ComponentTerms ofVariable = new ComponentTerms(withVariable(template, support, scope));
    Family family =
        new Family(
            template.span(),
            template.name(),
            parameters,
            support,
            ofVariable.listed(template.statistics()),
            terms.listed(template.natural()),
            terms.term(template.logPartition()),
            template.baseMeasure().map(ofVariable::term),
            template.sampler().map(sampler -> sampler(sampler, scope)),
            template.cdf().map(ofVariable::term),
            template.identity().stream()
                .map(each -> new NamedTerm(each.name(), terms.term(each.value())))
                .toList());
    problems.forEach(report);
    return problems.isEmpty() ? Optional.of(family) : Optional.empty();
  }

  /** With the random variable, where it has components: the free name in the statistics. */
  private static ComponentScope withVariable(
      Template template, Domain support, ComponentScope scope) {
    if (!(support instanceof Domain.Sized(Span _, Name _, Term size))) {
      return scope;
    }
    Set<String> names = new LinkedHashSet<>();
    for (Listed statistic : template.statistics()) {
      ValueNames.collect(statistic.value(), names);
      statistic.running().ifPresent(running -> names.remove(running.index().text()));
    }
    names.removeAll(scope.counts().keySet());
    names.removeAll(scope.numbers().keySet());
    template.parameters().forEach(parameter -> names.remove(parameter.name().text()));
    return names.stream()
        .findFirst()
        .flatMap(
            name -> WholeNumbers.value(size, Map.of()).map(count -> scope.withWhole(name, count)))
        .orElse(scope);
  }

  private static Sampler sampler(Sampler sampler, ComponentScope scope) {
    Map<String, Integer> counts = new HashMap<>(scope.counts());
    ComponentScope withDraws = ComponentScope.of(counts, scope.numbers(), scope.report());
    List<Draw> draws = new ArrayList<>();
    for (Draw draw : sampler.draws()) {
      Name name = draw.name();
      if (counts.containsKey(name.text())) {
        scope
            .report()
            .accept(
                Diagnostic.at(
                    name.span(),
                    Code.DUPLICATE_NAME,
                    "`%s` is declared twice".formatted(name.text())));
      }
      if (draw.count().isEmpty()) {
        draws.add(draw);
        continue;
      }
      int count = Counts.of(name, draw.count().get(), scope).orElse(1);
      counts.put(name.text(), count);
      for (int k = 1; k <= count; k++) {
        draws.add(
            new Draw(
                draw.span(), ComponentNames.of(name, k), Optional.empty(), draw.distribution()));
      }
    }
    List<Listed> values =
        new ComponentTerms(withDraws)
            .listed(sampler.values()).stream()
                .map(value -> new Listed(value, Optional.empty()))
                .toList();
    return new Sampler(sampler.span(), values, List.copyOf(draws));
  }
}
