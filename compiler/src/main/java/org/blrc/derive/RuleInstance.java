package org.blrc.derive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.blrc.family.FamilyFacts;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Declaration.Action;
import org.blrc.syntax.Declaration.Approximation;
import org.blrc.syntax.Span;
import org.blrc.syntax.Term;

/**
 * A rule with its arguments.
 *
 * @param scope what its names stand for, but for the states that it adds
 * @param added the states that it adds, by the rule's name for them and the name in the optimizer
 * @param arguments its arguments, still as written: they are read where the rule is applied
 * @param target its name for the state that it acts on
 */
record RuleInstance(
    String title,
    Span span,
    List<Action> actions,
    Scope scope,
    List<Added> added,
    List<Argument> arguments,
    Optional<String> target,
    Optional<Declaration.Subject> subject,
    Grade grade,
    Optional<String> source) {

  /** A state that a rule adds. */
  record Added(String inRule, Declaration.Variable variable, Term.Name name) {}

  /**
   * An argument.
   *
   * @param values one; several of a parameter that takes any number of states
   */
  record Argument(String parameter, List<Term> values, boolean fromRule) {}

  static RuleInstance of(Approximation approximation, Model model, Scope names) {
    return switch (approximation) {
      case Approximation.Inline(Span span, Action.Rewrite rewrite) ->
          new RuleInstance(
              span.oneLine(),
              span,
              List.of(rewrite),
              names,
              List.of(),
              List.of(),
              Optional.empty(),
              Optional.empty(),
              Grade.BIASED,
              Optional.empty());
      case Approximation.Use use -> of(use, model, names);
    };
  }

  private static RuleInstance of(Approximation.Use use, Model model, Scope names) {
    Declaration.Rule rule =
        model
            .unit()
            .rule(use.rule().text())
            .orElseThrow(
                () ->
                    Failure.at(
                        use.rule().span(),
                        Code.UNKNOWN_RULE,
                        "there is no rule `" + use.rule().text() + "`"));
    Scope scope = model.own(Scope.ROOT);
    if (rule.target().isPresent()) {
      Term.Name target =
          use.target()
              .orElseThrow(
                  () ->
                      Failure.at(
                              use.span(),
                              Code.ARGUMENTS,
                              "the rule `" + rule.name().text() + "` acts on one state")
                          .hint("say which, as in `" + use.span().text() + " of m`"));
      scope = scope.with(rule.target().get().text(), state(target, names));
    }
    Map<String, List<Term>> given = new LinkedHashMap<>();
    int last = rule.parameters().size() - 1;
    int position = 0;
    for (Term.Argument argument : use.arguments()) {
      String parameter =
          argument.name().isPresent()
              ? argument.name().get().text()
              : rule.parameters().get(Math.min(position++, last)).name().text();
      given.computeIfAbsent(parameter, _ -> new ArrayList<>()).add(argument.value());
    }
    List<Argument> arguments = new ArrayList<>();
    given.forEach((name, values) -> arguments.add(new Argument(name, values, false)));
    for (Declaration.RuleParameter parameter : rule.parameters()) {
      if (!given.containsKey(parameter.name().text())) {
        Term byDefault =
            parameter
                .byDefault()
                .orElseThrow(
                    () ->
                        Failure.at(
                            use.span(),
                            Code.ARGUMENTS,
                            "the argument `" + parameter.name().text() + "` is missing"));
        arguments.add(new Argument(parameter.name().text(), List.of(byDefault), true));
      }
    }
    return new RuleInstance(
        use.span().oneLine(),
        use.span(),
        rule.actions(),
        scope,
        added(rule, use),
        arguments.stream().filter(argument -> isParameter(rule, argument.parameter())).toList(),
        rule.target().map(Term.Name::text),
        rule.subject(),
        rule.grade()
            .map(name -> Grade.valueOf(name.text().toUpperCase(java.util.Locale.ROOT)))
            .orElse(Grade.BIASED),
        rule.source());
  }

  /**
   * A scope with the rule's names for the random variable and for its family's parameters.
   *
   * @param facts the posterior, in what these parameters shall be expressed in
   */
  Scope withSubject(Scope names, Model model, FamilyFacts facts) {
    if (subject.isEmpty()) {
      return names;
    }
    Scope result = names.with(subject.get().variable().text(), model.variable());
    if (subject.get().family().isEmpty()) {
      return result;
    }
    String family = subject.get().family().get().text();
    FamilyFacts wanted = wanted(family, subject.get(), model);
    Map<Sym, Expr> values =
        ParameterSolver.solve(wanted, facts)
            .orElseThrow(
                () ->
                    Failure.at(
                        span,
                        Code.NOT_SOLVABLE,
                        "the posterior cannot be written in the parameters of `" + family + "`"));
    for (Map.Entry<Sym, Expr> entry : values.entrySet()) {
      result = result.with(entry.getKey().name(), entry.getValue());
    }
    return result;
  }

  /**
   * The rule with the values that its names have.
   *
   * @param variable where functions have their value
   */
  AppliedRule applied(Scope values, List<AppliedRule.Target> states, Sym variable) {
    Set<String> taken = new LinkedHashSet<>(arguments.stream().map(Argument::parameter).toList());
    for (Action action : actions) {
      if (action instanceof Action.Rewrite rewrite) {
        ofSpec(rewrite.from(), taken);
        ofSpec(rewrite.to(), taken);
      }
    }
    return new AppliedRule(
        actions,
        taken.stream()
            .map(name -> new AppliedRule.Argument(name, value(values, name, variable)))
            .toList(),
        target.map(
            name ->
                new AppliedRule.Target(name, (Sym) value(values, name, variable).orElseThrow())),
        states);
  }

  /** Names of the spec, which a rewrite in place uses as they are. */
  private void ofSpec(Term term, Set<String> found) {
    Stream.concat(References.of(term).stream(), References.applied(term).stream())
        .filter(name -> scope.find(name).isPresent() && Scope.ROOT.find(name).isEmpty())
        .filter(name -> !target.equals(Optional.of(name)))
        .forEach(found::add);
  }

  private static Optional<Expr> value(Scope values, String name, Sym variable) {
    return switch (values.find(name).orElseThrow()) {
      case Value.Scalar(Expr expr) -> Optional.of(expr);
      case Value.Callable function -> Optional.of(function.apply(Optional.empty(), variable));
      case Value.AxisValue _, Value.Bilinear _ -> Optional.empty();
    };
  }

  /** The family that the rule is meant for, which has to be the posterior's. */
  private FamilyFacts wanted(String family, Declaration.Subject subject, Model model) {
    List<String> parameters = subject.parameters().stream().map(Term.Name::text).toList();
    FamilyFacts wanted =
        model
            .unit()
            .family(family, parameters)
            .map(FamilyLowering::facts)
            .orElseThrow(
                () ->
                    Failure.at(
                        subject.span(),
                        Code.UNKNOWN_FAMILY,
                        "there is no family `" + family + "` with these parameters"));
    if (wanted.sameFamilyAs(model.family())) {
      return wanted;
    }
    List<String> statistics =
        model.posterior().statistics().stream().map(ExprPrinter.TEXT::print).toList();
    throw Failure.at(
            span,
            Code.WRONG_FAMILY,
            "`%s` is meant for `%s`, but the posterior is `%s`"
                .formatted(title, family, model.family().name()))
        .note(
            model.family().group().isPresent()
                ? "a group moves the posterior, which has no statistics that tell a family"
                : "a family is recognised by its statistics and its base measure; the posterior's"
                    + " statistics are "
                    + String.join(", ", statistics));
  }

  private static boolean isParameter(Declaration.Rule rule, String name) {
    return rule.parameters().stream().anyMatch(parameter -> parameter.name().text().equals(name));
  }

  private static Sym state(Term.Name name, Scope names) {
    if (names.find(name.text()).orElse(null) instanceof Value.Scalar(Sym symbol)
        && symbol.kind() == Sym.Kind.STATE) {
      return symbol;
    }
    throw Failure.at(name.span(), Code.NOT_A_STATE, "`" + name.text() + "` is not a state");
  }

  /** A named argument may give another name to a state that the rule adds. */
  private static List<Added> added(Declaration.Rule rule, Approximation.Use use) {
    List<Added> result = new ArrayList<>();
    for (Action action : rule.actions()) {
      if (action instanceof Action.AddState(Span _, Declaration.Variable variable)) {
        Term.Name name = new Term.Name(use.span(), variable.name().text());
        for (Term.Argument argument : use.arguments()) {
          boolean renames =
              argument
                  .name()
                  .map(given -> given.text().equals(variable.name().text()))
                  .orElse(false);
          if (renames && argument.value() instanceof Term.Reference(Span span, String chosen)) {
            name = new Term.Name(span, chosen);
          }
        }
        result.add(new Added(variable.name().text(), variable, name));
      }
    }
    return result;
  }
}
