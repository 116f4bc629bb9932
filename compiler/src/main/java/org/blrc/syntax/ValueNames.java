package org.blrc.syntax;

import java.util.Set;

/** The names in places of values, before anything is written out in single components. */
final class ValueNames {

  private ValueNames() {}

  static void collect(Term term, Set<String> names) {
    switch (term) {
      case Term.Literal _ -> {}
      case Term.Reference(Span _, String name) -> names.add(name);
      case Term.Component component -> {
        names.add(component.of().text());
        collect(component.index(), names);
      }
      case Term.Fold fold -> bound(fold.index(), fold.axis(), fold.body(), names);
      case Term.Negate negate -> collect(negate.operand(), names);
      case Term.Binary binary -> {
        collect(binary.left(), names);
        collect(binary.right(), names);
      }
      case Term.Apply apply ->
          apply.arguments().forEach(argument -> collect(argument.value(), names));
      case Term.Expectation expectation -> collect(expectation.body(), names);
      case Term.Reduction sum -> bound(sum.index(), sum.axis(), sum.body(), names);
    }
  }

  private static void bound(Term.Name index, Term.Axis axis, Term body, Set<String> names) {
    boolean before = names.contains(index.text());
    collect(body, names);
    if (!before) {
      names.remove(index.text());
    }
    if (axis instanceof Term.Axis.Range(Span _, Term lower, Term upper)) {
      collect(lower, names);
      collect(upper, names);
    }
  }
}
