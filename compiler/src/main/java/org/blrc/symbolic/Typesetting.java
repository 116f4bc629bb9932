package org.blrc.symbolic;

import java.util.List;

/**
 * A notation with fonts, subscripts and fractions. Besides expressions, it sets the symbols of the
 * theory. Arguments are already spelled.
 */
public interface Typesetting {

  Typesetting LATEX = LatexNotation.INSTANCE;

  Typesetting MATHML = MathMlNotation.INSTANCE;

  String expression(Expr expr);

  /** A name in the style of a variable. */
  String name(String name);

  String number(long value);

  /** Words of plain text. */
  String words(String text);

  /** A capital letter in script. */
  String script(char letter);

  /** The name of a function or an operator, such as log. */
  String operator(String name);

  String subscript(String base, String subscript);

  /** What a quantity is after the step. */
  String renewed(String base);

  String fraction(String numerator, String denominator);

  String partial(String variable);

  String expectation(String body);

  String call(String function, String... arguments);

  String comma();

  /** Parts that follow one another. */
  String row(String... parts);

  /** A relation or an operator between its operands: = or a centred dot. */
  String sign(char sign);

  /** A term of a sum that is not its first. */
  String term(boolean negative, String operand);

  String product(List<String> factors);

  String power(String base, String exponent);

  String brackets(String inner);

  /** The derivative of a function. */
  String primed(String function);

  /** The sign of a gradient. */
  String gradient(String by);
}
