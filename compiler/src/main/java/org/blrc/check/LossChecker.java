package org.blrc.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.syntax.Code;
import org.blrc.syntax.ComponentNames;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Span;
import org.blrc.syntax.Term;
import org.blrc.syntax.Term.Argument;
import org.blrc.syntax.Term.Axis;
import org.blrc.syntax.Term.Name;

/** Checks a loss, and finds the functions that it leaves to the outside. */
final class LossChecker {

  private final Report report;
  private final String variable;

  /** The loss functions met, with the number of their arguments. */
  private final Map<String, Integer> functions = new LinkedHashMap<>();

  private boolean dependsOnVariable;

  LossChecker(Report report, String variable) {
    this.report = report;
    this.variable = variable;
  }

  /**
   * Checks a loss.
   *
   * @param names hyper-parameters, data axes and the random variable
   * @return the names of its functions
   */
  List<String> check(Term loss, Names names) {
    long before = report.errors();
    visit(loss, names);
    if (!dependsOnVariable && report.errors() == before) {
      report.add(
          loss.span(),
          Code.LOSS,
          "the loss does not depend on `%s`".formatted(variable),
          "a loss that is only known from outside is written `ell(%s)`".formatted(variable));
    }
    return List.copyOf(functions.keySet());
  }

  private void visit(Term term, Names names) {
    switch (term) {
      case Term.Literal _ -> {}
      case Term.Compact compact -> new Expressions(report).check(compact, names);
      case Term.Reference(Span _, String name) -> {
        dependsOnVariable |= ComponentNames.declared(name).equals(variable);
        new Expressions(report).check(term, names);
      }
      case Term.Negate negate -> visit(negate.operand(), names);
      case Term.Binary binary -> {
        visit(binary.left(), names);
        visit(binary.right(), names);
      }
      case Term.Apply apply -> apply(apply, names);
      case Term.Expectation expectation -> {
        report.add(
            expectation.span(),
            Code.NOT_HERE,
            "a loss is stated for one value of `%s`, without `E[...]`".formatted(variable),
            "the posterior's expectation is taken by the learning rule itself");
        visit(expectation.body(), names);
      }
      case Term.Reduction reduction -> reduction(reduction, names);
    }
  }

  private void apply(Term.Apply apply, Names names) {
    boolean declared =
        !(apply.head() instanceof Term.Reference(Span _, String name))
            || names.find(name).isPresent()
            || names.whyNot(name).isPresent()
            || Vocabulary.FUNCTIONS.containsKey(name)
            || Vocabulary.UPDATE_FUNCTIONS.contains(name);
    if (!declared) {
      lossFunction(apply, (Term.Reference) apply.head(), names);
      return;
    }
    Expressions expressions = new Expressions(report);
    if (apply.head() instanceof Term.Reference(Span _, String name)
        && Vocabulary.FUNCTIONS.containsKey(name)) {
      expressions.checkCount(apply, name);
    } else {
      // Arguments may hold loss functions, of which only this class knows.
      expressions.check(new Term.Apply(apply.span(), apply.head(), List.of()), names);
    }
    apply.arguments().forEach(argument -> visit(argument.value(), names));
  }

  private void lossFunction(Term.Apply apply, Term.Reference head, Names names) {
    List<Argument> arguments = apply.arguments();
    String name = head.name();
    if (name.equals(Vocabulary.LOG_RESPONSIBILITY)) {
      report.add(
          head.span(),
          Code.RESERVED_NAME,
          "`%s` has a fixed meaning, and is no loss".formatted(name),
          "choose another name for the loss, such as `ell`");
      return;
    }
    String usage =
        "write `%s(%s)`, or `%s(i, %s)` for the loss of one example"
            .formatted(name, variable, name, variable);
    boolean named = arguments.stream().anyMatch(argument -> argument.name().isPresent());
    if (arguments.isEmpty() || arguments.size() > 2 || named) {
      report.add(
          apply.span(),
          Code.ARGUMENTS,
          "the loss function `%s` takes `%s`, and before it at most the index of an example"
              .formatted(name, variable),
          usage);
      dependsOnVariable = true;
      return;
    }
    last(arguments.getLast().value(), name, usage, names);
    if (arguments.size() == 2) {
      example(arguments.getFirst().value(), name, names);
    }
    Integer before = functions.putIfAbsent(name, arguments.size());
    if (before != null && before != arguments.size()) {
      report.add(
          apply.span(),
          Code.SHAPE,
          "`%s` is used both for all data and for one example".formatted(name),
          "give the two losses different names");
    }
  }

  private void last(Term argument, String function, String usage, Names names) {
    dependsOnVariable = true;
    if (argument instanceof Term.Reference(Span _, String name) && name.equals(variable)) {
      return;
    }
    boolean index =
        argument instanceof Term.Reference(Span _, String name)
            && names.find(name).filter(m -> m == Meaning.INDEX).isPresent();
    report.add(
        argument.span(),
        Code.LOSS,
        index
            ? "`%s` has to end with the variable `%s`".formatted(function, variable)
            : "the loss function `%s` has to be taken at `%s` itself".formatted(function, variable),
        usage);
  }

  private void example(Term argument, String function, Names names) {
    Optional<String> name =
        argument instanceof Term.Reference(Span _, String text)
            ? Optional.of(text)
            : Optional.empty();
    if (name.flatMap(names::find).filter(m -> m == Meaning.INDEX).isPresent()) {
      return;
    }
    String text = argument.span().excerpt();
    boolean free =
        name.isPresent() && names.find(name.get()).isEmpty() && names.whyNot(name.get()).isEmpty();
    report.add(
        argument.span(),
        Code.SHAPE,
        free
            ? "`%s` is the index of no sum around it".formatted(text)
            : "the first of two arguments is the index of an example, which `%s` is not"
                .formatted(text),
        free
            ? "a sum binds like a product: write `sum(%s in data) (...)` around all that uses `%s`"
                .formatted(text, text)
            : "write `sum(i in data) %s(i, %s)`".formatted(function, variable));
  }

  private void reduction(Term.Reduction reduction, Names names) {
    switch (reduction.axis()) {
      case Axis.Named(Span _, Name name) -> new Kinds(report).axis(name, names);
      case Axis.Sub(Span span, Name _, Name name) ->
          report.add(
              span,
              Code.SHAPE,
              "a loss runs over all examples",
              "write `%s` here; a rule such as `stochastic` brings in the minibatch"
                  .formatted(name.text()));
      // Sums over components have been written out.
      case Axis.Range range -> throw new IllegalStateException("a range: " + range.span().text());
    }
    Name index = reduction.index();
    if (names.find(index.text()).isPresent()) {
      report.add(
          Diagnostic.at(
                  index.span(),
                  Code.DUPLICATE_NAME,
                  "the index `%s` is already the name of %s"
                      .formatted(index.text(), names.find(index.text()).get().words()))
              .withHint("choose another name for the index"));
    }
    visit(reduction.body(), names.with(index.text(), Meaning.INDEX));
    if (reduction.axis() instanceof Axis.Named
        && !TermNames.all(reduction.body()).contains(index.text())) {
      report.add(
          index.span(),
          Code.UNUSED_NAME,
          "the index `%s` is never used, so every example counts the same".formatted(index.text()),
          "the loss of one example is written `ell(%s, %s)`".formatted(index.text(), variable));
    }
  }
}
