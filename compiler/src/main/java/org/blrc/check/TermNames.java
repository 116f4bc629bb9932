package org.blrc.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.blrc.syntax.Span;
import org.blrc.syntax.Term;

/** The names that an expression mentions. */
final class TermNames {

  private final Map<String, Span> found = new LinkedHashMap<>();
  private final boolean heads;

  private TermNames(boolean heads) {
    this.heads = heads;
  }

  /** All names, with those of functions and axes. */
  static Set<String> all(Term term) {
    return collect(term, true).keySet();
  }

  /** The names in places of values, each with its first place. */
  static Map<String, Span> values(Term term) {
    return collect(term, false);
  }

  private static Map<String, Span> collect(Term term, boolean heads) {
    TermNames names = new TermNames(heads);
    names.visit(term);
    return names.found;
  }

  private void visit(Term term) {
    switch (term) {
      case Term.Literal _, Term.Compact _ -> {}
      case Term.Reference(Span span, String name) -> found.putIfAbsent(name, span);
      case Term.Negate negate -> visit(negate.operand());
      case Term.Binary binary -> {
        visit(binary.left());
        visit(binary.right());
      }
      case Term.Apply apply -> {
        if (heads || !(apply.head() instanceof Term.Reference)) {
          visit(apply.head());
        }
        apply.arguments().forEach(argument -> visit(argument.value()));
      }
      case Term.Expectation expectation -> visit(expectation.body());
      case Term.Reduction reduction -> {
        switch (reduction.axis()) {
          case Term.Axis.Named named -> axis(named.name());
          case Term.Axis.Sub sub -> axis(sub.name());
          case Term.Axis.Range range -> {
            visit(range.lower());
            visit(range.upper());
          }
        }
        visit(reduction.body());
      }
    }
  }

  private void axis(Term.Name name) {
    if (heads) {
      found.putIfAbsent(name.text(), name.span());
    }
  }
}
