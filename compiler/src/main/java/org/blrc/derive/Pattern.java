package org.blrc.derive;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Function;
import org.blrc.symbolic.Walk;

/** The left side of a rewrite. */
sealed interface Pattern {

  /** This expression. */
  record Exactly(Expr expr) implements Pattern {}

  /** Anything, under a name; the same thing wherever the name stands. */
  record Any(String name) implements Pattern {}

  /** {@code f(x)} where x is what the pattern around it binds: any body, as a function of x. */
  record Abstraction(String function) implements Pattern {}

  /** What the reduction around it binds. */
  record Index() implements Pattern {}

  /** A sum of which these are some of the terms. */
  record Sum(List<Pattern> terms) implements Pattern {}

  /** A product of which these are some of the factors. */
  record Product(List<Pattern> factors) implements Pattern {}

  record Power(Pattern base, Pattern exponent) implements Pattern {}

  record Call(Function function, List<Pattern> arguments) implements Pattern {}

  /**
   * A derivative of a loss function.
   *
   * @param direction where present, the product of the Hessian with a vector
   * @param function the function, or the name that it is bound to
   * @param example absent: with or without an example, which then belongs to the function
   * @param point absent: anywhere; the replacement's unapplied functions are then taken at the same
   *     place
   */
  record Derivative(
      int order,
      Optional<Pattern> direction,
      FunctionName function,
      Optional<Pattern> example,
      Optional<Pattern> point)
      implements Pattern {}

  /**
   * An expectation.
   *
   * @param variable over which; absent where a rule is about none
   */
  record Expectation(Optional<Sym> variable, Pattern body) implements Pattern {}

  record Reduction(boolean mean, AxisName axis, Pattern body) implements Pattern {}

  record Draw(Optional<Sym> variable, Pattern index) implements Pattern {}

  /** Whether it matches draws of the random variable. */
  default boolean mentionsDraws() {
    return switch (this) {
      case Draw _ -> true;
      case Exactly(Expr expr) -> Walk.contains(expr, Expr.Draw.class::isInstance);
      case Any _, Abstraction _, Index _ -> false;
      case Sum(List<Pattern> terms) -> terms.stream().anyMatch(Pattern::mentionsDraws);
      case Product(List<Pattern> factors) -> factors.stream().anyMatch(Pattern::mentionsDraws);
      case Power(Pattern base, Pattern exponent) ->
          base.mentionsDraws() || exponent.mentionsDraws();
      case Call(Function _, List<Pattern> arguments) ->
          arguments.stream().anyMatch(Pattern::mentionsDraws);
      case Derivative derivative ->
          Stream.of(derivative.direction(), derivative.example(), derivative.point())
              .flatMap(Optional::stream)
              .anyMatch(Pattern::mentionsDraws);
      case Expectation(Optional<Sym> _, Pattern body) -> body.mentionsDraws();
      case Reduction(boolean _, AxisName _, Pattern body) -> body.mentionsDraws();
    };
  }

  sealed interface FunctionName {
    /** A declared function, under the name that the rule has for it. */
    record Fixed(String name, Value.OracleFunction function) implements FunctionName {}

    record Bound(String name) implements FunctionName {}
  }

  sealed interface AxisName {
    record Fixed(Expr.Axis axis) implements AxisName {}

    /** All examples, or the minibatch, of any data axis. */
    record Bound(String name, boolean batch) implements AxisName {}

    record Draws(Pattern count) implements AxisName {}
  }
}
