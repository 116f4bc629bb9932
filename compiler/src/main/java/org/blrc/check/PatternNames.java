package org.blrc.check;

import java.util.LinkedHashMap;
import java.util.Map;
import org.blrc.syntax.Span;
import org.blrc.syntax.Term;
import org.blrc.syntax.Term.Argument;
import org.blrc.syntax.Term.Axis;
import org.blrc.syntax.Term.Name;

/** The names that the left side of a rewrite binds: those that mean nothing yet. */
final class PatternNames {

  private final Names names;
  private final Map<String, Meaning> bound = new LinkedHashMap<>();

  private PatternNames(Names names) {
    this.names = names;
  }

  static Map<String, Meaning> of(Term pattern, Names names) {
    PatternNames result = new PatternNames(names);
    result.visit(pattern);
    return result.bound;
  }

  private void visit(Term term) {
    switch (term) {
      case Term.Literal _, Term.Compact _ -> {}
      case Term.Reference(Span _, String name) -> bind(name, Meaning.BOUND);
      case Term.Negate negate -> visit(negate.operand());
      case Term.Binary binary -> {
        visit(binary.left());
        visit(binary.right());
      }
      case Term.Apply apply -> apply(apply);
      case Term.Expectation expectation -> visit(expectation.body());
      case Term.Reduction reduction -> reduction(reduction);
    }
  }

  private void apply(Term.Apply apply) {
    if (!(apply.head() instanceof Term.Reference(Span _, String head))) {
      visit(apply.head());
    } else if (!Vocabulary.UPDATE_FUNCTIONS.contains(head)) {
      bind(head, Meaning.BOUND_FUNCTION);
    } else {
      updateFunction(head, apply);
      return;
    }
    apply.arguments().forEach(argument -> visit(argument.value()));
  }

  /** States cannot be bound, so that a misspelt one is not taken for a new name. */
  private void updateFunction(String head, Term.Apply apply) {
    for (Argument argument : apply.arguments()) {
      boolean first = argument.equals(apply.arguments().getFirst());
      switch (head) {
        case Vocabulary.NEW, Vocabulary.CONNECTION, Vocabulary.SIZE -> {}
        case Vocabulary.GRADIENT, Vocabulary.HESSIAN -> {
          if (first && argument.value() instanceof Term.Reference(Span _, String function)) {
            bind(function, Meaning.BOUND_FUNCTION);
          } else {
            visit(argument.value());
          }
        }
        default -> visit(argument.value());
      }
    }
  }

  private void reduction(Term.Reduction reduction) {
    switch (reduction.axis()) {
      case Axis.Named(Span _, Name name) -> bind(name.text(), Meaning.AXIS);
      case Axis.Sub(Span _, Name _, Name name) -> bind(name.text(), Meaning.AXIS);
      case Axis.Range range -> {
        visit(range.lower());
        visit(range.upper());
      }
    }
    PatternNames inner =
        new PatternNames(names.with(bound).with(reduction.index().text(), Meaning.INDEX));
    inner.visit(reduction.body());
    bound.putAll(inner.bound);
  }

  /** A name that is bound twice stands for the same thing; as a function it says more. */
  private void bind(String name, Meaning meaning) {
    boolean free =
        names.find(name).isEmpty()
            && names.whyNot(name).isEmpty()
            && !Vocabulary.RESERVED.contains(name)
            && !Vocabulary.UPDATE_FUNCTIONS.contains(name);
    if (free) {
      bound.merge(name, meaning, (a, b) -> a == Meaning.BOUND ? b : a);
    }
  }
}
