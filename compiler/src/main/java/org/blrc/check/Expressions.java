package org.blrc.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.blrc.syntax.Code;
import org.blrc.syntax.ComponentNames;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Span;
import org.blrc.syntax.Term;
import org.blrc.syntax.Term.Argument;
import org.blrc.syntax.Term.Axis;
import org.blrc.syntax.Term.Name;

/** Checks the names, applications and ranges in an expression. */
final class Expressions {

  private static final Set<String> DERIVATIVES = Set.of(Vocabulary.GRADIENT, Vocabulary.HESSIAN);

  private final Report report;
  private final Kinds kinds;

  Expressions(Report report) {
    this.report = report;
    this.kinds = new Kinds(report);
  }

  /** Whether the expression is in order; reports where not. */
  boolean check(Term term, Names names) {
    long before = report.errors();
    visit(term, names);
    return report.errors() == before;
  }

  private void visit(Term term, Names names) {
    switch (term) {
      case Term.Literal _ -> {}
      case Term.Fold(Span _, Name function, Name _, Axis _, Term _) ->
          report.add(
              function.span(),
              Code.NOT_HERE,
              "`%s` runs over components, which a rule does not have".formatted(function.text()));
      case Term.Component(Span _, Name of, Term _) ->
          report.add(
              of.span(),
              Code.SHAPE,
              "`%s` has no components here".formatted(of.text()),
              "a rule speaks of one number for each coordinate; used on a state with components, it"
                  + " is applied to each of them");
      case Term.Reference reference -> value(reference, names);
      case Term.Negate negate -> visit(negate.operand(), names);
      case Term.Binary binary -> {
        visit(binary.left(), names);
        visit(binary.right(), names);
      }
      case Term.Apply apply -> apply(apply, names);
      case Term.Expectation expectation -> {
        if (!names.update()) {
          report.add(
              expectation.span(), Code.NOT_HERE, "an expectation can stand only in a rewrite");
        }
        visit(expectation.body(), names);
      }
      case Term.Reduction reduction -> reduction(reduction, names);
    }
  }

  private void value(Term.Reference reference, Names names) {
    String name = reference.name();
    Optional<Meaning> meaning = names.find(name);
    if (meaning.isEmpty()) {
      unknown(reference, names);
    } else if (meaning.get() == Meaning.INDEX || meaning.get() == Meaning.AXIS) {
      report.add(
          reference.span(),
          Code.SHAPE,
          "`%s` is %s, not a number".formatted(name, meaning.get().words()),
          meaning.get() == Meaning.AXIS
              ? "sum over it, as in `sum(i in %s) ...`".formatted(name)
              : "an index can only be handed to a function, as in `ell(%s, theta)`"
                  .formatted(name));
    } else if (meaning.get() == Meaning.VECTOR) {
      report.add(
          reference.span(),
          Code.SHAPE,
          "`%s` is %s, and one number is expected here".formatted(name, meaning.get().words()),
          "write one of them, as in `%s`".formatted(ComponentNames.of(name, 1)));
    } else if (meaning.get() == Meaning.FUNCTION && !names.update()) {
      report.add(
          reference.span(),
          Code.NOT_HERE,
          "`%s` is a loss function, which has no value here".formatted(name));
    }
  }

  private void unknown(Term.Reference reference, Names names) {
    String name = reference.name();
    Optional<String> reason = names.whyNot(name);
    if (reason.isPresent()) {
      report.add(reference.span(), Code.NOT_HERE, reason.get());
    } else if (Vocabulary.FUNCTIONS.containsKey(name)
        || Vocabulary.UPDATE_FUNCTIONS.contains(name)) {
      report.add(
          reference.span(),
          Code.ARGUMENTS,
          "the function `%s` has no arguments here".formatted(name),
          "write `%s(...)`".formatted(name));
    } else if (Vocabulary.CONSTANTS.contains(Vocabulary.ELSEWHERE.getOrDefault(name, ""))) {
      report.add(
          reference.span(),
          Code.UNKNOWN_NAME,
          "`%s` is not declared".formatted(name),
          "did you mean `%s`?".formatted(Vocabulary.ELSEWHERE.get(name)));
    } else {
      report.unknown(
          reference.span(),
          Code.UNKNOWN_NAME,
          "`%s` is not declared".formatted(name),
          name,
          names.candidates());
    }
  }

  private void apply(Term.Apply apply, Names names) {
    switch (apply.head()) {
      case Term.Reference head -> applyName(apply, head, names);
      case Term.Apply inner when inner.head() instanceof Term.Reference head -> {
        boolean applicable =
            names.update()
                && (head.name().equals(Vocabulary.GRADIENT)
                    || head.name().equals(Vocabulary.HESSIAN)
                    || head.name().equals(Vocabulary.CONNECTION));
        if (!applicable && isKnown(head.name(), names)) {
          unknownFunction(
              inner.span(),
              Code.NOT_A_FUNCTION,
              "`%s` is not a function that could be applied".formatted(inner.span().excerpt()),
              head.name(),
              names.update() ? Vocabulary.UPDATE_FUNCTIONS : Set.of(),
              names);
        }
        apply(inner, names);
        arguments(apply, names);
        if (DERIVATIVES.contains(head.name())) {
          point(apply, inner.span().excerpt());
        }
        if (head.name().equals(Vocabulary.CONNECTION) && apply.arguments().size() != 2) {
          report.add(
              apply.span(),
              Code.ARGUMENTS,
              "a connection takes 2 arguments, not " + apply.arguments().size(),
              "write `%s(v, v)`".formatted(inner.span().excerpt()));
        }
      }
      default -> {
        notAFunction(
            apply.head(),
            "`%s` is not a function".formatted(apply.head().span().excerpt()),
            "a product is written with `*`");
        visit(apply.head(), names);
        arguments(apply, names);
      }
    }
  }

  private static boolean isKnown(String function, Names names) {
    return names.find(function).isPresent()
        || Vocabulary.FUNCTIONS.containsKey(function)
        || Vocabulary.UPDATE_FUNCTIONS.contains(function);
  }

  private void applyName(Term.Apply apply, Term.Reference head, Names names) {
    String name = head.name();
    Optional<Meaning> meaning = names.find(name);
    if (meaning.isPresent()) {
      if (!meaning.get().canBeApplied()) {
        notAFunction(
            head,
            "`%s` is %s, not a function".formatted(name, meaning.get().words()),
            meaning.get() == Meaning.BOUND
                ? "a pattern binds a function where it is applied, as in `E[%s(theta)]`"
                    .formatted(name)
                : "a product is written with `*`");
      } else if (meaning.get() == Meaning.FUNCTION && !names.update()) {
        report.add(
            head.span(), Code.NOT_HERE, "the loss `%s` can stand only in the loss".formatted(name));
      } else if (meaning.get() == Meaning.BOUND_FUNCTION && isAppliedToLoss(apply, names)) {
        noFunction(head, names);
      } else {
        point(apply, name);
      }
      arguments(apply, names);
    } else if (Vocabulary.FUNCTIONS.containsKey(name)) {
      checkCount(apply, name);
      apply.arguments().forEach(argument -> visit(argument.value(), names));
    } else if (Vocabulary.UPDATE_FUNCTIONS.contains(name) && names.update()) {
      boolean along = name.equals(Vocabulary.HESSIAN) && apply.arguments().size() == 2;
      if (count(apply, name, along ? 2 : 1)) {
        updateFunction(name, apply.arguments().getFirst().value(), names);
        if (along) {
          visit(apply.arguments().getLast().value(), names);
        }
      }
    } else if (Vocabulary.OVER_COORDINATES.contains(name)) {
      report.add(
          head.span(),
          Code.NOT_HERE,
          "`%s`, which takes all coordinates together, can stand only in a rewrite".formatted(name),
          "everything else is stated for one coordinate"
              + (name.equals(Vocabulary.NORM) ? "; its magnitude is `abs(...)`" : ""));
    } else if (Vocabulary.UPDATE_FUNCTIONS.contains(name)) {
      report.add(head.span(), Code.NOT_HERE, "`%s` can stand only in a rewrite".formatted(name));
    } else if (names.whyNot(name).isPresent()) {
      report.add(head.span(), Code.NOT_HERE, names.whyNot(name).get());
    } else if (name.equals("E")) {
      report.add(
          head.span(),
          Code.UNKNOWN_FUNCTION,
          "there is no function `E`",
          "an expectation is written with square brackets, as in `E[f(theta)]`");
    } else {
      noFunction(head, names);
      arguments(apply, names);
    }
  }

  /** A function of the random variable has a point, and before it the index of an example. */
  private void point(Term.Apply apply, String function) {
    int given = apply.arguments().size();
    if (given < 1 || given > 2) {
      report.add(
          apply.span(),
          Code.ARGUMENTS,
          "`%s` takes a point, and before it at most the index of an example".formatted(function),
          "write `%s(theta)`, or `%s(i, theta)` for one example".formatted(function, function));
    }
  }

  private void noFunction(Term.Reference head, Names names) {
    unknownFunction(
        head.span(),
        Code.UNKNOWN_FUNCTION,
        "there is no function `%s` here".formatted(head.name()),
        head.name(),
        names.functions(),
        names);
  }

  private void unknownFunction(
      Span span, Code code, String message, String name, Set<String> candidates, Names names) {
    String word = Vocabulary.ELSEWHERE.get(name);
    if (name.equals("pow")) {
      report.add(span, code, message, "a power is written `x^y`");
    } else if (word != null && (names.update() || Vocabulary.FUNCTIONS.containsKey(word))) {
      report.add(span, code, message, "did you mean `%s`?".formatted(word));
    } else {
      report.unknown(span, code, message, name, candidates);
    }
  }

  /** A pattern function that is applied to a loss can only be meant as a derivative. */
  private static boolean isAppliedToLoss(Term.Apply apply, Names names) {
    return apply.arguments().stream()
        .anyMatch(
            argument ->
                argument.value() instanceof Term.Reference reference
                    && names.find(reference.name()).filter(m -> m == Meaning.FUNCTION).isPresent());
  }

  private void notAFunction(Term head, String message, String hint) {
    report.add(head.span(), Code.NOT_A_FUNCTION, message, hint);
  }

  private void updateFunction(String function, Term argument, Names names) {
    switch (function) {
      case Vocabulary.NEW, Vocabulary.CONNECTION -> kinds.state(argument, names);
      case Vocabulary.GRADIENT, Vocabulary.HESSIAN -> kinds.function(argument, names);
      case Vocabulary.SIZE -> {
        if (argument instanceof Term.Reference(Span span, String name)) {
          kinds.axis(new Name(span, name), names);
        } else {
          kinds.notAnAxis(argument.span());
        }
      }
      case Vocabulary.NORM, Vocabulary.AVERAGE, Vocabulary.TOTAL -> visit(argument, names);
      default -> indexOrValue(argument, names);
    }
  }

  private void reduction(Term.Reduction reduction, Names names) {
    if (!names.update()) {
      report.add(
          reduction.span(), Code.NOT_HERE, "a sum or mean can stand only in a loss or a rewrite");
    }
    switch (reduction.axis()) {
      case Axis.Named(Span _, Name name) -> kinds.axis(name, names);
      case Axis.Sub(Span _, Name part, Name name) -> {
        if (!part.text().equals(Vocabulary.BATCH)) {
          report.unknown(
              part.span(),
              Code.UNKNOWN_NAME,
              "`%s` is no part of a data axis".formatted(part.text()),
              part.text(),
              List.of(Vocabulary.BATCH));
        }
        kinds.axis(name, names);
      }
      case Axis.Range(Span _, Term lower, Term upper) -> {
        visit(lower, names);
        visit(upper, names);
      }
    }
    visit(reduction.body(), names.with(reduction.index().text(), Meaning.INDEX));
  }

  /** Reports a scalar function with too few or too many arguments. */
  void checkCount(Term.Apply apply, String function) {
    count(apply, function, Vocabulary.FUNCTIONS.get(function));
  }

  private boolean count(Term.Apply apply, String name, int expected) {
    int given = apply.arguments().size();
    if (given != expected) {
      Diagnostic diagnostic =
          Diagnostic.at(
              apply.span(),
              Code.ARGUMENTS,
              name.equals(Vocabulary.HESSIAN)
                  ? "`%s` takes a function, and at most a vector after it".formatted(name)
                  : "`%s` takes %d argument%s, not %d"
                      .formatted(name, expected, expected == 1 ? "" : "s", given));
      boolean atPoint = DERIVATIVES.contains(name) && given == expected + 1;
      report.add(
          atPoint
              ? diagnostic.withHint(
                  "the point stands in brackets of its own, as in `%s(ell)(theta)`".formatted(name))
              : diagnostic);
    }
    apply.arguments().stream()
        .flatMap(argument -> argument.name().stream())
        .forEach(
            named ->
                report.add(
                    named.span(),
                    Code.ARGUMENTS,
                    "the arguments of `%s` have no names".formatted(name)));
    return given == expected;
  }

  private void arguments(Term.Apply apply, Names names) {
    for (Argument argument : apply.arguments()) {
      argument
          .name()
          .ifPresent(
              named ->
                  report.add(
                      named.span(), Code.ARGUMENTS, "the arguments of a function have no names"));
      indexOrValue(argument.value(), names);
    }
  }

  /** Only as a whole argument may an index stand, or a variable that has components. */
  private void indexOrValue(Term term, Names names) {
    boolean whole =
        term instanceof Term.Reference reference
            && names
                .find(reference.name())
                .filter(meaning -> meaning == Meaning.INDEX || meaning == Meaning.VECTOR)
                .isPresent();
    if (!whole) {
      visit(term, names);
    }
  }
}
