package org.blrc.emit.arith;

import java.util.List;

/** How a language writes what languages write differently. */
public interface Dialect {

  /**
   * A call.
   *
   * @param arguments as text, with the marks of {@link LineBreaks}
   */
  String call(Operation operation, List<String> arguments, Precision precision);

  /**
   * One over a square root, where the language has a function for it that is faster than both; null
   * where it has none.
   *
   * @param argument as text
   */
  default String reciprocalRoot(String argument, Precision precision) {
    return null;
  }

  /** A whole number as a literal of floating-point type. */
  String real(String digits, Precision precision);
}
