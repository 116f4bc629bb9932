package org.blrc.symbolic;

import java.util.List;
import java.util.Optional;

/**
 * How the parts of an expression are spelled. Arguments are already spelled and bracketed as
 * needed.
 *
 * @param <T> what a spelling is: text, or a property of text
 */
interface Notation<T> {

  T number(Rational value);

  T symbol(Expr.Sym symbol);

  T negative(T operand);

  /** A term of a sum that is not its first. */
  T term(boolean negative, T operand);

  /** Terms of which all but the first come from {@link #term}. */
  T sum(List<T> terms);

  T product(List<T> factors);

  T quotient(T numerator, T denominator);

  /** Whether a quotient delimits its parts, so that they need no brackets. */
  boolean quotientDelimits();

  T power(T base, T exponent);

  T root(T radicand);

  /** The Euclidean norm over all coordinates. */
  T norm(T coordinate);

  /** The mean or the sum over all coordinates. */
  T overCoordinates(boolean mean, T coordinate);

  T call(Function function, List<T> arguments);

  T vector(List<T> components);

  /** A component of what is no symbol, counted from 1. */
  T component(T of, int number);

  /**
   * A derivative of a loss.
   *
   * @param direction along which it is taken, where it is one in all coordinates together
   */
  T oracle(Expr.Oracle oracle, T point, Optional<T> direction);

  T expectation(T body);

  /**
   * A sum or a mean, but not over coordinates; {@code size} is the number of draws, where draws are
   * reduced.
   */
  T reduction(Expr.Reduce reduction, T body, Optional<T> size);

  T draw(Expr.Draw draw);

  T noise(Expr.Noise noise);

  T brackets(T inner);

  /** The first piece of a broken line inside brackets, or inside the brackets of a function. */
  T open(Optional<Function> function, T first);

  /** The last piece inside brackets. */
  T close(T last);

  /** A piece after which another argument follows. */
  T separated(T piece);

  /** Sums over coordinates never come to {@link #reduction}. */
  static IllegalArgumentException notANorm(Expr.Reduce reduction) {
    return new IllegalArgumentException("to be written as a norm: " + reduction);
  }
}
