package org.blrc.check;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.blrc.family.Support;
import org.blrc.symbolic.Expr.Distribution;
import org.blrc.syntax.Code;
import org.blrc.syntax.ComponentNames;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Span;
import org.blrc.syntax.Spelling;
import org.blrc.syntax.Term;

/** Checks one family. */
final class FamilyChecker {

  private static final List<String> DISTRIBUTIONS =
      Arrays.stream(Distribution.values()).map(Distribution::label).toList();

  private final Report report;
  private final Declaration.Family family;
  private final Expressions expressions;
  private final Intervals intervals;
  private final Declarations declarations;

  FamilyChecker(Report report, Declaration.Family family) {
    this.report = report;
    this.family = family;
    this.expressions = new Expressions(report);
    this.intervals = new Intervals(report);
    this.declarations = new Declarations(report, Vocabulary.RESERVED_IN_FAMILIES);
  }

  void check() {
    for (Declaration.Parameter parameter : family.parameters()) {
      declarations.declare(parameter.name());
      intervals.check(parameter.domain());
    }
    intervals.checkSupport(family.support(), fixedParameters());
    if (family.isGroup()) {
      new GroupChecker(report, family, declarations).check();
      return;
    }
    counts();

    Optional<String> variable = variable();
    Names ofParameters = Names.CONSTANTS;
    Names ofVariable = Names.CONSTANTS;
    Names ofBoth = Names.CONSTANTS;
    for (Declaration.Parameter parameter : family.parameters()) {
      String name = parameter.name().text();
      ofParameters = ofParameters.with(name, Meaning.PARAMETER);
      ofBoth = ofParameters;
      ofVariable =
          parameter.fixed()
              ? ofVariable.with(name, Meaning.PARAMETER)
              : ofVariable.without(
                  name,
                  "statistics and base measure cannot depend on the parameter `%s`, unless it is"
                          .formatted(name)
                      + " `fixed`");
    }
    if (variable.isPresent()) {
      String name = variable.get();
      ofVariable = ofVariable.withVariable(name, family.components());
      ofParameters =
          ofParameters.without(
              name,
              "only statistics, base measure and cdf can depend on the variable `%s`"
                  .formatted(name));
      ofBoth = ofBoth.withVariable(name, family.components());
      checkAll(family.statistics(), ofVariable);
      family.baseMeasure().ifPresent(expressions(ofVariable));
    }
    checkAll(family.natural(), ofParameters);
    expressions.check(family.logPartition(), ofParameters);
    used();
    if (family.sampler().isPresent()) {
      values(family.sampler().get());
      sampler(family.sampler().get(), ofParameters);
    }
    family.cdf().ifPresent(expressions(ofBoth));
    family.cdf().ifPresent(this::continuous);
  }

  /** Where the support moves with a parameter, the family is none of exponential families. */
  private Names fixedParameters() {
    Names names = Names.CONSTANTS;
    for (Declaration.Parameter parameter : family.parameters()) {
      String name = parameter.name().text();
      names =
          parameter.fixed()
              ? names.with(name, Meaning.PARAMETER)
              : names.without(
                  name,
                  "the support cannot depend on the parameter `%s`, unless it is `fixed`"
                      .formatted(name));
    }
    return names;
  }

  private void continuous(Term cdf) {
    if (isNamed(Support.CIRCLE)) {
      report.add(
          cdf.span(),
          Code.FAMILY,
          "`%s` lives on a circle, where no probability is that of all before"
              .formatted(family.name().text()),
          "leave the clause out; gradients go through a sampler that has derivatives");
    } else if (family.components().isPresent()) {
      report.add(
          cdf.span(),
          Code.FAMILY,
          "the variable of `%s` has components, so one `cdf` does not tell its distribution"
              .formatted(family.name().text()),
          "leave the clause out; gradients go through a sampler that has derivatives");
    } else if (isNamed(Support.COUNTS) || family.support() instanceof Declaration.Domain.Finite) {
      report.add(
          cdf.span(),
          Code.FAMILY,
          "`%s` is not continuous, so no derivative passes through its `cdf`"
              .formatted(family.name().text()),
          "leave the clause out");
    }
  }

  private boolean isNamed(String support) {
    return family.support() instanceof Declaration.Domain.Named(Span _, Term.Name name)
        && name.text().equals(support);
  }

  private java.util.function.Consumer<Term> expressions(Names names) {
    return term -> expressions.check(term, names);
  }

  private void checkAll(List<Term> terms, Names names) {
    terms.forEach(expressions(names));
  }

  private void counts() {
    int statistics = family.statistics().size();
    int natural = family.natural().size();
    if (statistics != natural) {
      Span all = family.natural().getFirst().span().to(family.natural().getLast().span());
      report.add(
          all,
          Code.FAMILY,
          "`%s` has %s, but %s"
              .formatted(
                  family.name().text(),
                  plural(statistics, "statistic"),
                  plural(natural, "natural parameter")),
          "each statistic is multiplied by one natural parameter");
    }
  }

  /** A parameter that leaves the density alone can be neither given nor found. */
  private void used() {
    Set<String> used = new HashSet<>(TermNames.all(family.logPartition()));
    family.natural().forEach(term -> used.addAll(TermNames.all(term)));
    family.statistics().forEach(term -> used.addAll(TermNames.all(term)));
    family.baseMeasure().map(TermNames::all).ifPresent(used::addAll);
    for (Declaration.Parameter parameter : family.parameters()) {
      if (!used.contains(parameter.name().text())) {
        report.add(
            parameter.name().span(),
            Code.FAMILY,
            "the density of `%s` does not depend on the parameter `%s`"
                .formatted(family.name().text(), parameter.name().text()));
      }
    }
  }

  private static String plural(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /**
   * The one name in the statistics that is not declared; reports where there is none, or several.
   */
  private Optional<String> variable() {
    Map<String, Span> free = new LinkedHashMap<>();
    for (Term statistic : family.statistics()) {
      TermNames.values(statistic)
          .forEach(
              (name, span) -> {
                if (!declarations.contains(name)) {
                  free.putIfAbsent(ComponentNames.declared(name), span);
                }
              });
    }
    free.keySet().removeAll(Vocabulary.CONSTANTS);
    if (free.size() == 1) {
      return Optional.of(free.keySet().iterator().next());
    }
    Span all = family.statistics().getFirst().span().to(family.statistics().getLast().span());
    Span place = free.isEmpty() ? all : List.copyOf(free.values()).get(1);
    Diagnostic diagnostic =
        Diagnostic.at(
            place,
            Code.FAMILY,
            free.isEmpty()
                ? "the statistics of `%s` mention no random variable"
                    .formatted(family.name().text())
                : "the statistics of `%s` mention more than one variable: %s"
                    .formatted(family.name().text(), Spelling.list(free.keySet(), "and")));
    report.add(diagnostic.withHint("statistics are functions of one variable, as in `x, x^2`"));
    return Optional.empty();
  }

  /** A draw has as many components as the variable. */
  private void values(Declaration.Sampler sampler) {
    int components = family.components().orElse(1);
    int given = sampler.values().size();
    if (given != components) {
      report.add(
          sampler.span(),
          Code.FAMILY,
          "the variable of `%s` has %s, but the sampler gives %s"
              .formatted(
                  family.name().text(), plural(components, "component"), plural(given, "value")),
          components == 1
              ? "give one value"
              : "list one for each component, as in `sample x[k] for k in 1..%d`"
                  .formatted(components));
    }
  }

  private void sampler(Declaration.Sampler sampler, Names ofParameters) {
    check(sampler, ofParameters, report, declarations, expressions);
  }

  /** Checks where a random number comes from. */
  static void checkSource(Declaration.Draw draw, Report report) {
    draw.count()
        .ifPresent(
            count ->
                report.add(
                    count.span(),
                    Code.SHAPE,
                    "a rule speaks of one number, so `%s` has no components"
                        .formatted(draw.name().text()),
                    "write `%s ~ %s`".formatted(draw.name().text(), draw.distribution().text())));
    String distribution = draw.distribution().text();
    if (!DISTRIBUTIONS.contains(distribution)) {
      Diagnostic unknown =
          Diagnostic.at(
                  draw.distribution().span(),
                  Code.UNKNOWN_NAME,
                  "no random numbers are called `%s`".formatted(distribution))
              .withNote("samplers start from " + Spelling.list(DISTRIBUTIONS, "or"));
      Optional<String> hint = Spelling.hint(distribution, DISTRIBUTIONS);
      report.add(hint.map(unknown::withHint).orElse(unknown));
    }
  }

  /** Checks a way to draw, in a family or in a rule that relaxes one. */
  static void check(
      Declaration.Sampler sampler,
      Names ofParameters,
      Report report,
      Declarations declarations,
      Expressions expressions) {
    Names names = ofParameters;
    for (Declaration.Draw draw : sampler.draws()) {
      checkSource(draw, report);
      declarations.declare(draw.name());
      names = names.with(draw.name().text(), Meaning.NOISE);
    }
    Names known = names;
    boolean sound = true;
    Set<String> used = new HashSet<>();
    for (Term value : sampler.terms()) {
      sound &= expressions.check(value, known);
      used.addAll(TermNames.all(value));
    }
    if (sound) {
      for (Declaration.Draw draw : sampler.draws()) {
        if (!used.contains(draw.name().text())) {
          report.add(
              draw.span(),
              Code.UNUSED_NAME,
              "the sampler does not use `%s`".formatted(draw.name().text()));
        }
      }
    }
  }
}
