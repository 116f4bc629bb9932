package org.blrc.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.blrc.check.RuleRoles.Role;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration.Action;
import org.blrc.syntax.Declaration.Approximation;
import org.blrc.syntax.Declaration.Rule;
import org.blrc.syntax.Declaration.RuleParameter;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Span;
import org.blrc.syntax.Spelling;
import org.blrc.syntax.Term;
import org.blrc.syntax.Term.Argument;
import org.blrc.syntax.Term.Name;

/** Checks the arguments of one use of a rule. */
final class RuleArguments {

  private final Report report;
  private final Rule rule;
  private final Names names;
  private final Expressions expressions;
  private final Map<String, Role> roles;
  private final List<String> parameters;
  private final Set<String> added;
  private final Map<String, Name> renamed = new HashMap<>();
  private final Set<String> together = new HashSet<>();

  /** Where these names are known. */
  RuleArguments(Report report, Rule rule, Names names) {
    this.report = report;
    this.rule = rule;
    this.names = names;
    this.expressions = new Expressions(report);
    this.roles = RuleRoles.of(rule);
    this.parameters = rule.parameters().stream().map(p -> p.name().text()).toList();
    this.added =
        rule.actions().stream()
            .filter(Action.AddState.class::isInstance)
            .map(action -> ((Action.AddState) action).variable().name().text())
            .collect(Collectors.toSet());
  }

  /** The states that the use gives names of its own, by the rule's names. */
  Map<String, Name> renamed() {
    return renamed;
  }

  void check(Approximation.Use use) {
    target(use);
    Set<String> given = new HashSet<>();
    int position = 0;
    boolean complete = true;
    for (Argument argument : use.arguments()) {
      Optional<String> parameter =
          argument.name().isPresent()
              ? named(argument, given)
              : positional(argument, position++, given);
      complete &= parameter.isPresent();
      parameter.ifPresent(name -> value(name, argument.value()));
    }
    List<String> missing =
        rule.parameters().stream()
            .filter(p -> p.byDefault().isEmpty() && !given.contains(p.name().text()))
            .map(p -> p.name().text())
            .toList();
    if (complete && !missing.isEmpty()) {
      report.add(
          Diagnostic.at(
                  use.rule().span(),
                  Code.ARGUMENTS,
                  "`%s` lacks %s".formatted(rule.name().text(), Spelling.list(missing, "and")))
              .withNote(form()));
    }
  }

  private void target(Approximation.Use use) {
    if (rule.target().isPresent() && use.target().isEmpty()) {
      report.add(
          use.span(),
          Code.ARGUMENTS,
          "`%s` has to be told the state that it acts on".formatted(rule.name().text()),
          "write `%s of %s`".formatted(use.span().excerpt(), example()));
    } else if (rule.target().isEmpty() && use.target().isPresent()) {
      report.add(
          Diagnostic.at(
                  use.target().get().span(),
                  Code.ARGUMENTS,
                  "`%s` acts on no single state".formatted(rule.name().text()))
              .withNote(form())
              .withHint("leave out `of %s`".formatted(use.target().get().text())));
    } else {
      use.target().ifPresent(target -> new Kinds(report).state(target, names));
    }
  }

  private String example() {
    return names.known().entrySet().stream()
        .filter(entry -> entry.getValue() == Meaning.STATE)
        .map(Map.Entry::getKey)
        .min(String::compareTo)
        .orElse("m");
  }

  private Optional<String> positional(Argument argument, int position, Set<String> given) {
    Optional<String> several = rule.several();
    if (position >= parameters.size() - 1 && several.isPresent()) {
      return together(several.get(), argument.value(), given);
    }
    if (position >= parameters.size()) {
      report.add(
          Diagnostic.at(
                  argument.value().span(),
                  Code.ARGUMENTS,
                  parameters.isEmpty()
                      ? "`%s` takes no arguments".formatted(rule.name().text())
                      : "`%s` takes at most %d argument%s"
                          .formatted(
                              rule.name().text(),
                              parameters.size(),
                              parameters.size() == 1 ? "" : "s"))
              .withNote(form()));
      return Optional.empty();
    }
    String parameter = parameters.get(position);
    if (!given.add(parameter)) {
      report.add(
          argument.value().span(), Code.ARGUMENTS, "`%s` is given twice".formatted(parameter));
    }
    return Optional.of(parameter);
  }

  /** Of states that a rule changes together, each is named once. */
  private Optional<String> together(String parameter, Term value, Set<String> given) {
    given.add(parameter);
    if (value instanceof Term.Reference(Span span, String state) && !together.add(state)) {
      report.add(span, Code.ARGUMENTS, "the state `%s` is given twice".formatted(state));
    }
    return Optional.of(parameter);
  }

  private Optional<String> named(Argument argument, Set<String> given) {
    Name name = argument.name().orElseThrow();
    if (added.contains(name.text())) {
      rename(name, argument.value());
      // No parameter, but in order.
      return Optional.of(name.text());
    }
    if (!parameters.contains(name.text())) {
      Diagnostic unknown =
          Diagnostic.at(
                  name.span(),
                  Code.ARGUMENTS,
                  "`%s` has no parameter `%s`".formatted(rule.name().text(), name.text()))
              .withNote(form());
      Optional<String> hint = Spelling.hint(name.text(), parameters);
      report.add(hint.map(unknown::withHint).orElse(unknown));
      return Optional.empty();
    }
    if (rule.several().equals(Optional.of(name.text()))) {
      return together(name.text(), argument.value(), given);
    }
    if (!given.add(name.text())) {
      report.add(name.span(), Code.ARGUMENTS, "`%s` is given twice".formatted(name.text()));
    }
    return Optional.of(name.text());
  }

  private void rename(Name state, Term value) {
    if (value instanceof Term.Reference(Span span, String text)) {
      renamed.put(state.text(), new Name(span, text));
    } else {
      report.add(
          value.span(),
          Code.ARGUMENTS,
          "`%s` is a state that `%s` adds: only a new name for it can be given"
              .formatted(state.text(), rule.name().text()));
    }
  }

  private void value(String parameter, Term value) {
    if (added.contains(parameter)) {
      return;
    }
    Role role = roles.get(parameter);
    if (role == Role.STATE) {
      new Kinds(report).state(value, names);
    } else if (role != Role.FUNCTION && isLoss(value)) {
      report.add(
          value.span(),
          Code.ARGUMENTS,
          "`%s` of `%s` is an expression, but `%s` is a loss function"
              .formatted(parameter, rule.name().text(), value.span().excerpt()),
          "write `grad(%s)` for its gradient".formatted(value.span().excerpt()));
    } else if (expressions.check(value, names) && role == Role.COUNT) {
      count(parameter, value);
    }
  }

  private boolean isLoss(Term value) {
    return value instanceof Term.Reference(Span _, String name)
        && names.find(name).filter(meaning -> meaning == Meaning.FUNCTION).isPresent();
  }

  private void count(String parameter, Term value) {
    OptionalDouble number = Constants.value(value, Map.of());
    if (number.isPresent()
        && !(number.getAsDouble() >= 1
            && number.getAsDouble() == Math.rint(number.getAsDouble()))) {
      report.add(
          value.span(),
          Code.DOMAIN,
          "`%s` counts draws, so it has to be a whole number from 1 on".formatted(parameter));
    }
  }

  /** How the rule is used. */
  private String form() {
    StringBuilder form = new StringBuilder("declared as `").append(rule.name().text());
    if (!parameters.isEmpty()) {
      form.append(
          rule.parameters().stream()
              .map(RuleParameter::written)
              .collect(Collectors.joining(", ", "(", ")")));
    }
    rule.target().ifPresent(target -> form.append(" of ").append(target.text()));
    return form.append('`').toString();
  }
}
