package org.blrc.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration.Action;
import org.blrc.syntax.Declaration.Approximation;
import org.blrc.syntax.Declaration.Rule;
import org.blrc.syntax.Loaded;
import org.blrc.syntax.Span;
import org.blrc.syntax.Spelling;
import org.blrc.syntax.Term;
import org.blrc.syntax.Term.Name;

/**
 * Checks the list of approximations, in order: a rule may name the states that those before added.
 */
final class ApproximationChecker {

  private final Report report;
  private final Loaded loaded;
  private final Declarations declarations;
  private Names names;

  /**
   * @param names what the optimizer declares
   * @param declarations the same names, with their places
   */
  ApproximationChecker(Report report, Loaded loaded, Names names, Declarations declarations) {
    this.report = report;
    this.loaded = loaded;
    this.declarations = declarations;
    this.names = names;
  }

  void check(List<Approximation> approximations) {
    for (Approximation approximation : approximations) {
      switch (approximation) {
        case Approximation.Inline(Span _, Action.Rewrite rewrite) -> {
          if (!beginsWithRule(rewrite.from())) {
            new Rewrites(report).check(rewrite, names);
          }
        }
        case Approximation.Use use -> use(use);
      }
    }
  }

  /** Reports a rule that a line which begins with {@code -} or {@code (} has swallowed. */
  private boolean beginsWithRule(Term from) {
    Term first = from;
    while (!(first instanceof Term.Reference)) {
      switch (first) {
        case Term.Binary binary -> first = binary.left();
        case Term.Apply apply -> first = apply.head();
        default -> {
          return false;
        }
      }
    }
    Term.Reference reference = (Term.Reference) first;
    boolean rule =
        !first.equals(from)
            && loaded.unit().rule(reference.name()).isPresent()
            && names.find(reference.name()).isEmpty();
    if (rule) {
      report.add(
          reference.span(),
          Code.SYNTAX,
          "a comma is missing after the rule `%s`".formatted(reference.name()),
          "without one, an entry that begins with `-` or `(` continues the one before");
    }
    return rule;
  }

  private void use(Approximation.Use use) {
    Optional<Rule> found = loaded.unit().rule(use.rule().text());
    if (found.isEmpty()) {
      if (!loaded.broken().contains(use.rule().text())) {
        unknown(use.rule());
      }
      return;
    }
    Rule rule = found.get();
    RuleArguments arguments = new RuleArguments(report, rule, names.inUpdate());
    arguments.check(use);
    for (Action action : rule.actions()) {
      if (action instanceof Action.AddState add) {
        addState(use, add.variable().name(), arguments.renamed());
      }
    }
  }

  private void unknown(Name rule) {
    Optional<Meaning> meaning = names.find(rule.text());
    if (meaning.isPresent()) {
      report.add(
          rule.span(),
          Code.UNKNOWN_RULE,
          "`%s` is %s, not a rule".formatted(rule.text(), meaning.get().words()));
      return;
    }
    report.add(
        rule.span(),
        Code.UNKNOWN_RULE,
        "there is no rule `%s`".formatted(rule.text()),
        rule.text().equals("for")
            ? "the state that a rule acts on is named after `of`"
            : Spelling.hint(rule.text(), loaded.unit().ruleNames())
                .orElse("`blrc list rules` shows those of the library"));
  }

  /** The state belongs to the optimizer from here on, under the name that the use gives it. */
  private void addState(Approximation.Use use, Name state, Map<String, Name> renamed) {
    Optional<Name> other = Optional.ofNullable(renamed.get(state.text()));
    Name name = other.orElse(state);
    if (declarations.contains(name.text())) {
      report.add(
          other.map(Name::span).orElse(use.rule().span()),
          Code.DUPLICATE_NAME,
          "`%s` adds a state `%s`, but that name is taken"
              .formatted(use.rule().text(), name.text()),
          "rename the state: `%s(..., %s = %s_)`"
              .formatted(use.rule().text(), state.text(), state.text()));
      return;
    }
    declarations.declare(name);
    names = names.with(name.text(), Meaning.STATE);
  }
}
