package org.blrc.symbolic;

import java.util.List;
import java.util.Set;

/** LaTeX for mathematics mode, with amsmath. */
final class LatexNotation implements Notation {

  private static final Set<String> GREEK =
      Set.of(
          "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
          "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi",
          "omega");

  @Override
  public String number(Rational value) {
    return TextNotation.decimal(value)
        .orElseGet(
            () ->
                value.isInteger()
                    ? value.toString()
                    : (value.signum() < 0 ? "-" : "")
                        + "\\tfrac{"
                        + value.numerator().abs()
                        + "}{"
                        + value.denominator()
                        + "}");
  }

  @Override
  public String symbol(Expr.Sym symbol) {
    String name = symbol.equals(Exprs.INFINITY) ? "\\infty" : name(symbol.name());
    return symbol.kind() == Expr.Sym.Kind.NEW ? name + "^{\\text{new}}" : name;
  }

  /**
   * A name in italics: Greek letters by their names, trailing digits as a subscript, longer words
   * upright.
   */
  static String name(String name) {
    int digits = name.length();
    while (digits > 1 && Character.isDigit(name.charAt(digits - 1))) {
      digits--;
    }
    String stem = name.substring(0, digits);
    String subscript = name.substring(digits);
    String letters;
    if (GREEK.contains(stem)) {
      letters = "\\" + stem;
    } else if (stem.equals("eps")) {
      letters = "\\epsilon";
    } else if (stem.codePointCount(0, stem.length()) == 1) {
      letters = stem.replace("_", "\\_");
    } else {
      letters = "\\mathrm{" + stem.replace("_", "\\_") + "}";
    }
    return subscript.isEmpty() ? letters : letters + "_{" + subscript + "}";
  }

  @Override
  public String product(List<String> factors) {
    return String.join("\\,", factors);
  }

  @Override
  public String quotient(String numerator, String denominator) {
    return "\\frac{" + numerator + "}{" + denominator + "}";
  }

  @Override
  public boolean quotientDelimits() {
    return true;
  }

  @Override
  public String power(String base, String exponent) {
    return "{" + base + "}^{" + exponent + "}";
  }

  @Override
  public String root(String radicand) {
    return "\\sqrt{" + radicand + "}";
  }

  @Override
  public String call(Function function, List<String> arguments) {
    return switch (function) {
      case EXP, LOG, SIN, COS, TANH, MIN, MAX ->
          "\\" + function.label() + "\\left(" + String.join(", ", arguments) + "\\right)";
      case ABS -> "\\left|" + arguments.getFirst() + "\\right|";
      default ->
          "\\operatorname{"
              + function.label()
              + "}\\left("
              + String.join(", ", arguments)
              + "\\right)";
    };
  }

  @Override
  public String oracle(Expr.Oracle oracle, String point) {
    String function =
        name(oracle.function())
            + oracle.example().map(index -> "_{" + ExprPrinter.LATEX.print(index) + "}").orElse("");
    String derivative =
        switch (oracle.order()) {
          case 0 -> "";
          case 1 -> "\\nabla ";
          default -> "\\nabla^{" + oracle.order() + "} ";
        };
    return derivative + function + "(" + point + ")";
  }

  @Override
  public String expectation(String body) {
    return "\\mathbb{E}_q\\left[" + body + "\\right]";
  }

  @Override
  public String reduction(Expr.Reduce reduction, String body, String size) {
    String index = name(reduction.index().name());
    String sum =
        switch (reduction.axis()) {
          case Expr.Axis.Data(String name, _, _) ->
              "\\sum_{" + index + "\\in \\mathrm{" + name.replace("_", "\\_") + "}} ";
          case Expr.Axis.Batch _ -> "\\sum_{" + index + "\\in B} ";
          case Expr.Axis.Draws _ -> "\\sum_{" + index + "=1}^{" + size + "} ";
        };
    if (!reduction.mean()) {
      return sum + body;
    }
    String count =
        switch (reduction.axis()) {
          case Expr.Axis.Data(_, _, Expr number) -> ExprPrinter.LATEX.print(number);
          case Expr.Axis.Batch _ -> "|B|";
          case Expr.Axis.Draws _ -> size;
        };
    return "\\frac{1}{" + count + "}" + sum + body;
  }

  @Override
  public String draw(Expr.Draw draw) {
    return name(draw.variable().name()) + "_{" + ExprPrinter.LATEX.print(draw.index()) + "}";
  }

  @Override
  public String noise(Expr.Noise noise) {
    return name(noise.name())
        + noise.index().map(index -> "_{" + ExprPrinter.LATEX.print(index) + "}").orElse("");
  }

  @Override
  public String brackets(String inner) {
    return "\\left(" + inner + "\\right)";
  }
}
