package org.blrc.derive;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.blrc.syntax.Span;
import org.blrc.syntax.Term;

/** The names that terms mention, in order of appearance. */
final class References {

  private References() {}

  /** Names in positions where a value is expected. */
  static Set<String> of(Term term) {
    Set<String> values = new LinkedHashSet<>();
    collect(term, values, new LinkedHashSet<>());
    return values;
  }

  /** Names that are applied to arguments. */
  static Set<String> applied(Term term) {
    Set<String> functions = new LinkedHashSet<>();
    collect(term, new LinkedHashSet<>(), functions);
    return functions;
  }

  private static void collect(Term term, Set<String> values, Set<String> functions) {
    switch (term) {
      case Term.Literal _, Term.Compact _ -> {}
      case Term.Reference(Span _, String name) -> values.add(name);
      case Term.Negate(Span _, Term operand) -> collect(operand, values, functions);
      case Term.Binary(Span _, var _, Term left, Term right) -> {
        collect(left, values, functions);
        collect(right, values, functions);
      }
      case Term.Apply(Span _, Term head, List<Term.Argument> arguments) -> {
        if (head instanceof Term.Reference(Span _, String name)) {
          functions.add(name);
        } else {
          collect(head, values, functions);
        }
        arguments.forEach(argument -> collect(argument.value(), values, functions));
      }
      case Term.Expectation(Span _, Term body) -> collect(body, values, functions);
      case Term.Reduction reduction -> collect(reduction.body(), values, functions);
    }
  }
}
