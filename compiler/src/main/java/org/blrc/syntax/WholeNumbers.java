package org.blrc.syntax;

import java.util.Map;
import java.util.Optional;
import org.blrc.symbolic.Rational;

/** The value of expressions such as {@code K - 1}, where it is a whole number. */
final class WholeNumbers {

  private WholeNumbers() {}

  /**
   * The value, where there is one of moderate size.
   *
   * @param names what has a value
   */
  static Optional<Integer> value(Term term, Map<String, Integer> names) {
    return exact(term, names).filter(value -> value == value.intValue()).map(Long::intValue);
  }

  private static Optional<Long> exact(Term term, Map<String, Integer> names) {
    return switch (term) {
      case Term.Literal(Span _, Rational value) -> whole(value);
      case Term.Reference(Span _, String name) ->
          Optional.ofNullable(names.get(name)).map(Integer::longValue);
      case Term.Negate(Span _, Term operand) -> exact(operand, names).map(value -> -value);
      case Term.Binary(Span _, Term.Operator operator, Term left, Term right) ->
          exact(left, names)
              .flatMap(x -> exact(right, names).flatMap(y -> combined(operator, x, y)));
      case Term.Compact _, Term.Apply _, Term.Expectation _, Term.Reduction _ -> Optional.empty();
    };
  }

  private static Optional<Long> whole(Rational value) {
    return value.isInteger() && value.numerator().bitLength() < Integer.SIZE
        ? Optional.of(value.numerator().longValueExact())
        : Optional.empty();
  }

  private static Optional<Long> combined(Term.Operator operator, long x, long y) {
    try {
      return switch (operator) {
        case ADD -> Optional.of(Math.addExact(x, y));
        case SUBTRACT -> Optional.of(Math.subtractExact(x, y));
        case MULTIPLY -> Optional.of(Math.multiplyExact(x, y));
        case DIVIDE, POWER -> Optional.empty();
      };
    } catch (ArithmeticException tooLarge) {
      return Optional.empty();
    }
  }
}
