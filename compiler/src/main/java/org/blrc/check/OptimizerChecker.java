package org.blrc.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.blrc.symbolic.Domain;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Declaration.Distribution;
import org.blrc.syntax.Declaration.NamedTerm;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.Declaration.Rates;
import org.blrc.syntax.Declaration.Variable;
import org.blrc.syntax.Loaded;
import org.blrc.syntax.Span;
import org.blrc.syntax.Spelling;
import org.blrc.syntax.Term;
import org.blrc.syntax.Term.Name;

/** Checks one optimizer. */
final class OptimizerChecker {

  private final Report report;
  private final Optimizer optimizer;
  private final Loaded loaded;
  private final Families families;
  private final Expressions expressions;
  private final Intervals intervals;
  private final Declarations declarations;
  private final String variable;

  /** Those of the random variable; absent where it is one number. */
  private final Optional<Integer> components;

  /** Constants and hyper-parameters. */
  private Names hypers = Names.CONSTANTS;

  OptimizerChecker(Report report, Optimizer optimizer, Loaded loaded) {
    this.report = report;
    this.optimizer = optimizer;
    this.loaded = loaded;
    this.families = new Families(report, loaded);
    this.expressions = new Expressions(report);
    this.intervals = new Intervals(report);
    this.declarations = new Declarations(report, Vocabulary.RESERVED);
    this.variable = optimizer.posterior().variable().text();
    this.components =
        new Families(new Report(), loaded)
            .resolve(optimizer.posterior())
            .flatMap(Declaration.Family::components);
  }

  void check() {
    long before = report.errors();
    declare();
    variables();
    for (Declaration.DataAxis axis : optimizer.data()) {
      expressions.check(axis.size(), barStates(hypers, "the number of examples"));
    }
    Names states = withStates(hypers);
    if (optimizer.mixture().isEmpty()) {
      distribution(optimizer.posterior(), barVariable(states));
    }
    for (Declaration.Component component : optimizer.mixture()) {
      distribution(component.distribution(), barVariable(states));
      expressions.check(component.weight(), barVariable(barStates(hypers, "a weight")));
    }
    optimizer.choice().ifPresent(choice -> distribution(choice, barVariable(states)));
    optimizer.prior().ifPresent(this::prior);
    List<String> functions = loss();
    rates(optimizer.rates());
    approximations(states, functions);
    if (report.errors() == before && isComplete()) {
      new Usage(report, optimizer).check();
    }
  }

  /** Whether nothing is missing or unread that might use what seems to be unused. */
  private boolean isComplete() {
    boolean read =
        loaded.diagnostics().stream()
            .flatMap(diagnostic -> diagnostic.span().stream())
            .noneMatch(span -> span.source().equals(optimizer.span().source()));
    return read && !isMissing(optimizer.loss().span()) && !isMissing(optimizer.rates().span());
  }

  private static boolean isMissing(Span clause) {
    return clause.start() == clause.end();
  }

  private void declare() {
    optimizer.hypers().forEach(hyper -> declarations.declare(hyper.name()));
    optimizer.states().forEach(state -> declarations.declare(state.name()));
    optimizer.data().forEach(axis -> declarations.declare(axis.name()));
    declarations.declare(optimizer.posterior().variable());
    optimizer.choice().ifPresent(choice -> declarations.declare(choice.variable()));
  }

  private void variables() {
    Map<String, Double> defaults = new HashMap<>();
    for (Variable hyper : optimizer.hypers()) {
      String name = hyper.name().text();
      if (hyper.value().isPresent()) {
        Names before = barStates(hypers, "a default").without(withoutDefault());
        value("the default of `%s`".formatted(name), hyper, before, defaults);
      } else {
        intervals.check(hyper.domain());
      }
      hyper
          .value()
          .ifPresent(v -> Constants.value(v, defaults).ifPresent(x -> defaults.put(name, x)));
      hypers = hypers.with(name, Meaning.HYPER);
    }
    for (Variable state : optimizer.states()) {
      value(
          "the initial value of `%s`".formatted(state.name().text()),
          state,
          barStates(hypers, "an initial value"),
          defaults);
    }
  }

  /** The hyper-parameters that have no default so far, and why none can be made of them. */
  private Map<String, String> withoutDefault() {
    Map<String, String> reasons = new HashMap<>();
    for (Variable other : optimizer.hypers()) {
      String name = other.name().text();
      if (hypers.find(name).isEmpty()) {
        reasons.putIfAbsent(name, "`%s` is declared only after this".formatted(name));
      } else if (other.value().isEmpty()) {
        reasons.put(name, "a default cannot depend on `%s`, which has none".formatted(name));
      }
    }
    return reasons;
  }

  private void value(String what, Variable variable, Names names, Map<String, Double> known) {
    Optional<Domain> domain = intervals.check(variable.domain());
    if (variable.value().isPresent() && expressions.check(variable.value().get(), names)) {
      intervals.checkInside(what, variable.value().get(), domain, variable.domain(), known);
    }
  }

  private void distribution(Distribution distribution, Names names) {
    distribution.arguments().forEach(argument -> expressions.check(argument.value(), names));
    families
        .resolve(distribution)
        .ifPresent(family -> distribution.arguments().forEach(a -> inside(family, a)));
  }

  /** Only what does not depend on any setting is known to lie outside a parameter's domain. */
  private void inside(Declaration.Family family, NamedTerm argument) {
    family.parameters().stream()
        .filter(parameter -> parameter.name().text().equals(argument.name().text()))
        .forEach(
            parameter ->
                intervals.checkInside(
                    "`%s`".formatted(argument.name().text()),
                    argument.value(),
                    new Intervals(new Report()).check(parameter.domain()),
                    parameter.domain(),
                    Map.of()));
  }

  private void prior(Distribution prior) {
    Name name = prior.variable();
    if (!name.text().equals(variable)) {
      report.add(
          name.span(),
          Code.UNKNOWN_NAME,
          "the prior is about `%s`, the posterior about `%s`".formatted(name.text(), variable),
          "write `each %s ~ ...`".formatted(variable));
    }
    distribution(prior, barVariable(barStates(hypers, "the prior")));
  }

  private List<String> loss() {
    Term loss = optimizer.loss();
    if (isMissing(loss.span())) {
      // That has been reported.
      return List.of();
    }
    Names names = barStates(hypers, "the loss").withVariable(variable, components);
    for (Declaration.DataAxis axis : optimizer.data()) {
      names = names.with(axis.name().text(), Meaning.AXIS);
    }
    return new LossChecker(report, variable).check(loss, names);
  }

  private void rates(Rates rates) {
    Names names =
        barVariable(barStates(hypers, "a rate")).with(Vocabulary.STEP_NUMBER, Meaning.STEP_NUMBER);
    switch (rates) {
      case Rates.Common common -> expressions.check(common.value(), names);
      case Rates.Blocks blocks -> {
        Set<String> given = new HashSet<>();
        long before = report.errors();
        for (NamedTerm rate : blocks.values()) {
          expressions.check(rate.value(), names);
          new Kinds(report).state(rate.name(), withStates(Names.CONSTANTS));
          if (!given.add(rate.name().text())) {
            report.add(
                rate.name().span(),
                Code.ARGUMENTS,
                "`%s` is given two rates".formatted(rate.name().text()));
          }
        }
        List<String> missing =
            optimizer.states().stream()
                .map(state -> state.name().text())
                .filter(state -> !given.contains(state))
                .toList();
        if (!missing.isEmpty() && report.errors() == before) {
          report.add(
              blocks.span(),
              Code.ARGUMENTS,
              "no rate is given for " + Spelling.list(missing, "and"),
              "give each state its rate, as in `rate %s = rho`, or one for all, as in `rate rho`"
                  .formatted(missing.getFirst()));
        }
      }
    }
  }

  private void approximations(Names states, List<String> functions) {
    Names names = states.withVariable(variable, components);
    for (String function : functions) {
      names = names.with(function, Meaning.FUNCTION);
    }
    for (Declaration.DataAxis axis : optimizer.data()) {
      names = names.with(axis.name().text(), Meaning.AXIS);
    }
    new ApproximationChecker(report, loaded, names, declarations).check(optimizer.approximations());
  }

  private Names withStates(Names names) {
    Names result = names;
    for (Variable state : optimizer.states()) {
      result = result.with(state.name().text(), Meaning.STATE);
    }
    return result;
  }

  private Names barStates(Names names, String what) {
    Map<String, String> reasons = new HashMap<>();
    for (Variable state : optimizer.states()) {
      String name = state.name().text();
      reasons.put(name, "%s cannot depend on the state `%s`".formatted(what, name));
    }
    return names.without(reasons);
  }

  private Names barVariable(Names names) {
    return names.without(
        variable, "the random variable `%s` has no value here".formatted(variable));
  }
}
