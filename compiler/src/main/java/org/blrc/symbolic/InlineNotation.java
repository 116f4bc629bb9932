package org.blrc.symbolic;

import java.util.List;

/** A notation whose operators stand between their operands as characters. */
interface InlineNotation extends Notation<String> {

  @Override
  default String negative(String operand) {
    return "-" + operand;
  }

  @Override
  default String term(boolean negative, String operand) {
    return (negative ? " - " : " + ") + operand;
  }

  @Override
  default String sum(List<String> terms) {
    return String.join("", terms);
  }

  @Override
  default String separated(String piece) {
    return piece + ", ";
  }
}
