package org.blrc.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.blrc.syntax.Declaration.Family;
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
    Family family =
        new Family(
            template.span(),
            template.name(),
            parameters,
            terms.domain(template.support()),
            terms.listed(template.statistics()),
            terms.listed(template.natural()),
            terms.term(template.logPartition()),
            template.baseMeasure().map(terms::term),
            template
                .sampler()
                .map(
                    sampler ->
                        new Sampler(sampler.span(), terms.term(sampler.value()), sampler.draws())),
            template.cdf().map(terms::term),
            template.identity().stream()
                .map(each -> new NamedTerm(each.name(), terms.term(each.value())))
                .toList());
    problems.forEach(report);
    return problems.isEmpty() ? Optional.of(family) : Optional.empty();
  }
}
