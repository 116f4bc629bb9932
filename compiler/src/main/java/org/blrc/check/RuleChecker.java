package org.blrc.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration.Action;
import org.blrc.syntax.Declaration.Draw;
import org.blrc.syntax.Declaration.Rule;
import org.blrc.syntax.Declaration.RuleParameter;
import org.blrc.syntax.Declaration.Subject;
import org.blrc.syntax.Declaration.Variable;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Spelling;
import org.blrc.syntax.Term.Name;

/** Checks one rule. */
final class RuleChecker {

  private final Report report;
  private final Rule rule;
  private final Families families;
  private final Expressions expressions;
  private final Intervals intervals;
  private final Declarations declarations;
  private final Map<String, Name> added = new HashMap<>();
  private final List<Name> noises = new ArrayList<>();
  private final Set<String> assigned = new HashSet<>();
  private Names names = Names.CONSTANTS;

  RuleChecker(Report report, Rule rule, Families families) {
    this.report = report;
    this.rule = rule;
    this.families = families;
    this.expressions = new Expressions(report);
    this.intervals = new Intervals(report);
    this.declarations = new Declarations(report, Vocabulary.RESERVED);
  }

  void check() {
    long before = report.errors();
    names = names.inBody(rule);
    rule.grade().ifPresent(this::grade);
    rule.parameters().forEach(this::parameter);
    rule.target().ifPresent(target -> declare(target, Meaning.STATE));
    rule.subject().ifPresent(this::subject);
    for (Action action : rule.actions()) {
      switch (action) {
        case Action.AddState(var _, Variable variable) -> addState(variable);
        case Action.AddNoise(var _, Draw draw) -> addNoise(draw);
        case Action.Assign _, Action.Relax _, Action.Rewrite _ -> {}
      }
    }
    for (Action action : rule.actions()) {
      switch (action) {
        case Action.AddState _, Action.AddNoise _ -> {}
        case Action.Assign assign -> assign(assign);
        case Action.Relax relax -> relax(relax);
        case Action.Rewrite rewrite -> new Rewrites(report).check(rewrite, names);
      }
    }
    if (rule.actions().isEmpty()) {
      report.add(
          rule.name().span(),
          Code.MISSING_CLAUSE,
          "the rule `%s` does nothing".formatted(rule.name().text()),
          "give it a rewrite `from ~> to`");
    }
    added.forEach(this::assignedSomewhere);
    new SeveralStates(report, rule).check();
    if (report.errors() == before) {
      unused();
    }
  }

  private void unused() {
    Set<String> used = new HashSet<>();
    for (Action action : rule.actions()) {
      switch (action) {
        case Action.AddState add ->
            add.variable().value().map(TermNames::all).ifPresent(used::addAll);
        case Action.AddNoise _ -> {}
        case Action.Assign assign -> used.addAll(TermNames.all(assign.value()));
        case Action.Relax relax ->
            relax.sampler().terms().forEach(term -> used.addAll(TermNames.all(term)));
        case Action.Rewrite rewrite -> {
          rewrite.scope().ifPresent(scope -> used.add(scope.state().text()));
          used.addAll(TermNames.all(rewrite.from()));
          used.addAll(TermNames.all(rewrite.to()));
        }
      }
    }
    Stream.of(
            rule.parameters().stream().map(RuleParameter::name),
            rule.target().stream(),
            noises.stream())
        .flatMap(Function.identity())
        .filter(name -> !used.contains(name.text()))
        .forEach(
            name ->
                report.add(
                    name.span(),
                    Code.UNUSED_NAME,
                    "the rule does not use `%s`".formatted(name.text()),
                    "remove it, or use it"));
  }

  private void declare(Name name, Meaning meaning) {
    declarations.declare(name);
    names = names.with(name.text(), meaning);
  }

  private void grade(Name grade) {
    if (!Vocabulary.GRADES.contains(grade.text())) {
      Diagnostic unknown =
          Diagnostic.at(grade.span(), Code.UNKNOWN_NAME, "`%s` is no grade".formatted(grade.text()))
              .withNote("the grades are `exact`, `unbiased` and `biased`");
      Optional<String> hint = Spelling.hint(grade.text(), Vocabulary.GRADES);
      report.add(hint.map(unknown::withHint).orElse(unknown));
    }
  }

  private void parameter(RuleParameter parameter) {
    declare(parameter.name(), Meaning.ARGUMENT);
    parameter.byDefault().ifPresent(value -> expressions.check(value, Names.CONSTANTS));
  }

  private void subject(Subject subject) {
    declare(subject.variable(), Meaning.VARIABLE);
    for (Name parameter : subject.parameters()) {
      declarations.declareUnreserved(parameter);
      names = names.with(parameter.text(), Meaning.PARAMETER);
    }
    subject.family().ifPresent(family -> families.checkSubject(family, subject.parameters()));
  }

  private void addNoise(Draw draw) {
    FamilyChecker.checkSource(draw, report);
    declare(draw.name(), Meaning.NOISE);
    noises.add(draw.name());
  }

  private void addState(Variable variable) {
    variable
        .count()
        .ifPresent(
            count ->
                report.add(
                    count.span(),
                    Code.SHAPE,
                    "the states of a rule are declared without components",
                    "used on a state with components, the rule adds one for each of them"));
    variable.value().ifPresent(value -> expressions.check(value, initialNames()));
    intervals
        .check(variable.domain())
        .ifPresent(
            domain ->
                variable
                    .value()
                    .ifPresent(
                        value ->
                            intervals.checkInside(
                                "the initial value of `%s`".formatted(variable.name().text()),
                                value,
                                Optional.of(domain),
                                variable.domain(),
                                Map.of())));
    declare(variable.name(), Meaning.STATE);
    added.putIfAbsent(variable.name().text(), variable.name());
  }

  private Names initialNames() {
    Names initial = Names.CONSTANTS;
    for (RuleParameter parameter : rule.parameters()) {
      initial = initial.with(parameter.name().text(), Meaning.ARGUMENT);
    }
    return initial;
  }

  private void assign(Action.Assign assign) {
    Name state = assign.state();
    if (!added.containsKey(state.text())) {
      report.unknown(
          state.span(),
          Code.NOT_A_STATE,
          "`%s` is no state that this rule adds, so the rule cannot assign it"
              .formatted(state.text()),
          state.text(),
          added.keySet());
    } else if (!assigned.add(state.text())) {
      report.add(
          assign.span(), Code.REPEATED_CLAUSE, "`%s` is assigned twice".formatted(state.text()));
    }
    expressions.check(assign.value(), names.inUpdate());
  }

  /** The rule's random variable is drawn in another way. */
  private void relax(Action.Relax relax) {
    String variable = relax.variable().text();
    if (rule.subject().filter(s -> s.variable().text().equals(variable)).isEmpty()) {
      report.add(
          relax.variable().span(),
          Code.UNKNOWN_NAME,
          "`%s` is not the rule's random variable".formatted(variable),
          "name it in the rule's head, as in `rule %s for %s`"
              .formatted(rule.name().text(), variable));
    }
    FamilyChecker.check(
        relax.sampler(),
        names.without(variable, "a draw is made of parameters and noise"),
        report,
        declarations,
        expressions);
  }

  private void assignedSomewhere(String state, Name name) {
    if (!assigned.contains(state)) {
      report.add(
          name.span(),
          Code.MISSING_CLAUSE,
          "the state `%s` is never assigned".formatted(state),
          "say how it changes, as in `%s <- ...`".formatted(state));
    }
  }
}
