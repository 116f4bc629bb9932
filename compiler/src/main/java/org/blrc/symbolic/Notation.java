package org.blrc.symbolic;

import java.util.List;

/**
 * How the parts of an expression are spelled. Arguments are already spelled and bracketed as
 * needed.
 */
interface Notation {

  String number(Rational value);

  String symbol(Expr.Sym symbol);

  String product(List<String> factors);

  String quotient(String numerator, String denominator);

  /** Whether a quotient delimits its parts, so that they need no brackets. */
  boolean quotientDelimits();

  String power(String base, String exponent);

  String root(String radicand);

  String call(Function function, List<String> arguments);

  String oracle(Expr.Oracle oracle, String point);

  String expectation(String body);

  String reduction(Expr.Reduce reduction, String body, String size);

  String draw(Expr.Draw draw);

  String noise(Expr.Noise noise);

  String brackets(String inner);
}
