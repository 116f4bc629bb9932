package org.blrc.syntax;

import java.math.BigDecimal;
import java.util.stream.Collectors;

/** Prints terms with every bracket, so that a test can see how they nest. */
final class Terms {

  private Terms() {}

  static String print(Term term) {
    return switch (term) {
      case Term.Literal literal ->
          new BigDecimal(literal.value().numerator())
              .divide(new BigDecimal(literal.value().denominator()))
              .toPlainString();
      case Term.Reference reference -> reference.name();
      case Term.Component component -> component.of().text() + "[" + print(component.index()) + "]";
      case Term.Fold fold ->
          "%s(%s in %s) %s"
              .formatted(
                  fold.function().text(),
                  fold.index().text(),
                  axis(fold.axis()),
                  print(fold.body()));
      case Term.Negate negate -> "-" + print(negate.operand());
      case Term.Binary binary ->
          "(%s %s %s)"
              .formatted(print(binary.left()), sign(binary.operator()), print(binary.right()));
      case Term.Apply apply ->
          apply.arguments().stream()
              .map(a -> a.name().map(n -> n.text() + " = ").orElse("") + print(a.value()))
              .collect(Collectors.joining(", ", print(apply.head()) + "(", ")"));
      case Term.Expectation expectation -> "E[" + print(expectation.body()) + "]";
      case Term.Reduction reduction ->
          "%s(%s in %s) %s"
              .formatted(
                  reduction.kind() == Term.Reduction.Kind.SUM ? "sum" : "mean",
                  reduction.index().text(),
                  axis(reduction.axis()),
                  print(reduction.body()));
    };
  }

  private static String axis(Term.Axis axis) {
    return switch (axis) {
      case Term.Axis.Named named -> named.name().text();
      case Term.Axis.Sub sub -> sub.part().text() + "(" + sub.name().text() + ")";
      case Term.Axis.Range range -> print(range.lower()) + ".." + print(range.upper());
    };
  }

  private static String sign(Term.Operator operator) {
    return switch (operator) {
      case ADD -> "+";
      case SUBTRACT -> "-";
      case MULTIPLY -> "*";
      case DIVIDE -> "/";
      case POWER -> "^";
    };
  }
}
