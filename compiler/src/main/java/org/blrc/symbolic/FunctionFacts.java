package org.blrc.symbolic;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is known of a function.
 *
 * @param range what its values lie in, wherever it is defined
 * @param partials the derivative by each argument, as a function of all arguments
 * @param inverse the argument for a value, where there is one argument
 * @param accuracy of the runtime's implementation, as its tests hold it to
 */
record FunctionFacts(
    String label,
    int arity,
    Domain range,
    Shape shape,
    List<Optional<Partial>> partials,
    Optional<UnaryOperator<Expr>> inverse,
    Optional<FunctionSymbol> symbol,
    Accuracy accuracy) {

  /** How exact implementations are, in double precision. */
  enum Accuracy {
    /** Within a unit in the last place or two. */
    ELEMENTARY,
    /** Within some units. */
    SPECIAL,
    /** A tail exp(-y), of which only as much is left as y has digits behind the point. */
    TAIL
  }

  /** A derivative by one argument. */
  @FunctionalInterface
  interface Partial {
    Expr at(List<Expr> arguments);
  }

  /** How the value of a function of one argument changes with the sign of the argument. */
  enum Shape {
    NONE,
    /** f(-x) = f(x). */
    EVEN,
    /** f(-x) = -f(x). */
    ODD,
    /** f(x) has the sign of x. */
    SIGNED,
    /** Odd and signed. */
    ODD_SIGNED;

    boolean isOdd() {
      return this == ODD || this == ODD_SIGNED;
    }

    boolean isSigned() {
      return this == SIGNED || this == ODD_SIGNED;
    }
  }

  /**
   * A function of real values.
   *
   * @param partials one for each argument; null where the language has no name for the derivative
   */
  static FunctionFacts of(String label, Partial... partials) {
    return new FunctionFacts(
        label,
        partials.length,
        Domain.REAL,
        Shape.NONE,
        Arrays.stream(partials).map(Optional::ofNullable).toList(),
        Optional.empty(),
        Optional.empty(),
        Accuracy.ELEMENTARY);
  }

  FunctionFacts range(Domain values) {
    return new FunctionFacts(label, arity, values, shape, partials, inverse, symbol, accuracy);
  }

  FunctionFacts shape(Shape of) {
    return new FunctionFacts(label, arity, range, of, partials, inverse, symbol, accuracy);
  }

  FunctionFacts inverse(UnaryOperator<Expr> of) {
    return new FunctionFacts(
        label, arity, range, shape, partials, Optional.of(of), symbol, accuracy);
  }

  FunctionFacts symbol(FunctionSymbol of) {
    return new FunctionFacts(
        label, arity, range, shape, partials, inverse, Optional.of(of), accuracy);
  }

  FunctionFacts accuracy(Accuracy of) {
    return new FunctionFacts(label, arity, range, shape, partials, inverse, symbol, of);
  }
}
