package org.blrc.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration.Rule;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Span;
import org.blrc.syntax.Spelling;
import org.blrc.syntax.Term;
import org.blrc.syntax.Term.Argument;
import org.blrc.syntax.Term.Name;

/** Checks places where only a state, a function or a data axis can stand. */
final class Kinds {

  private final Report report;

  Kinds(Report report) {
    this.report = report;
  }

  /** Reports what is not a state. */
  void state(Term term, Names names) {
    if (term instanceof Term.Reference(Span span, String name)) {
      state(new Name(span, name), names);
      return;
    }
    report.add(
        term.span(),
        Code.NOT_A_STATE,
        "a state is expected, not the expression `%s`".formatted(term.span().excerpt()));
  }

  /** Reports what is not a state. */
  void state(Name name, Names names) {
    if (names.find(name.text()).filter(Meaning::canBeState).isPresent()) {
      return;
    }
    Set<String> states = names.states();
    Optional<Meaning> meaning = names.find(name.text());
    Diagnostic diagnostic =
        Diagnostic.at(
            name.span(),
            Code.NOT_A_STATE,
            meaning
                .map(m -> "`%s` is %s, not a state".formatted(name.text(), m.words()))
                .orElse("there is no state `%s`".formatted(name.text())));
    Optional<String> hint = Spelling.hint(name.text(), states);
    if (hint.isEmpty() && !states.isEmpty()) {
      diagnostic = diagnostic.withNote("known here: " + Spelling.list(states, "and"));
    }
    report.add(hint.map(diagnostic::withHint).orElse(diagnostic));
  }

  /** Reports what is not a function of the random variable. */
  void function(Term term, Names names) {
    switch (term) {
      case Term.Reference(Span span, String name) -> {
        Optional<Meaning> meaning = names.find(name);
        if (meaning.isEmpty()) {
          unknownFunction(span, name, names);
        } else if (!meaning.get().canBeApplied()) {
          report.add(
              span,
              Code.NOT_A_FUNCTION,
              "`%s` is %s, not a function".formatted(name, meaning.get().words()),
              "derivatives are taken of %s"
                  .formatted(
                      names.lossFunctions().isEmpty()
                          ? "a loss function"
                          : Spelling.list(names.lossFunctions(), "or")));
        }
      }
      case Term.Apply(Span _, Term.Reference(Span _, String name), List<Argument> arguments)
          when (name.equals(Vocabulary.GRADIENT) || name.equals(Vocabulary.HESSIAN))
              && arguments.size() == 1 ->
          function(arguments.getFirst().value(), names);
      default ->
          report.add(
              term.span(),
              Code.NOT_A_FUNCTION,
              "a derivative is taken of a function, not of `%s`".formatted(term.span().excerpt()),
              "name the function alone, as in `grad(ell)(theta)`");
    }
  }

  private void unknownFunction(Span span, String name, Names names) {
    Diagnostic unknown =
        Diagnostic.at(
            span, Code.UNKNOWN_FUNCTION, "there is no function `%s` here".formatted(name));
    Optional<String> hint =
        Spelling.hint(name, names.lossFunctions())
            .or(() -> names.rule().map(rule -> asParameter(rule, name)));
    report.add(hint.map(unknown::withHint).orElse(unknown));
  }

  /** A rule does not see the loss functions of the optimizers that use it. */
  private static String asParameter(Rule rule, String function) {
    return "make it a parameter of the rule: `rule %s ...`, and write `%s` where it is used"
        .formatted(head(rule, "f"), head(rule, function));
  }

  private static String head(Rule rule, String further) {
    Stream<String> parameters =
        Stream.concat(rule.parameters().stream().map(p -> p.name().text()), Stream.of(further));
    return rule.name().text()
        + parameters.collect(Collectors.joining(", ", "(", ")"))
        + rule.target().map(target -> " of " + target.text()).orElse("");
  }

  /** Reports what is not a data axis. */
  void axis(Name name, Names names) {
    Optional<Meaning> meaning = names.find(name.text());
    if (meaning.isEmpty()) {
      report.add(
          name.span(),
          Code.UNKNOWN_NAME,
          "there is no data axis `%s`".formatted(name.text()),
          Spelling.hint(name.text(), names.axes())
              .orElse("declare it, as in `data %s[N]`".formatted(name.text())));
    } else if (meaning.get() != Meaning.AXIS && meaning.get() != Meaning.ARGUMENT) {
      report.add(
          name.span(),
          Code.SHAPE,
          "`%s` is %s, not a data axis".formatted(name.text(), meaning.get().words()),
          "an axis is declared with `data examples[N]`");
    }
  }

  void notAnAxis(Span span) {
    report.add(
        span,
        Code.SHAPE,
        "`%s` is not a data axis".formatted(span.text()),
        "an axis is declared with `data examples[N]`");
  }
}
