package org.blrc.symbolic;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** LaTeX for mathematics mode, with amsmath. */
final class LatexNotation implements InlineNotation, MathNotation {

  static final LatexNotation INSTANCE = new LatexNotation();

  private LatexNotation() {}

  @Override
  public String expression(Expr expr) {
    return ExprPrinter.LATEX.print(expr);
  }

  @Override
  public String number(long value) {
    return Long.toString(value);
  }

  @Override
  public String number(Rational value) {
    return TextNotation.decimal(value)
        .map(decimal -> decimal.replaceFirst("e(.*)", "\\\\mathrm{e}{$1}"))
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
  public String infinity() {
    return "\\infty";
  }

  @Override
  public String renewed(String base) {
    return base + "^{\\text{new}}";
  }

  @Override
  public String words(String text) {
    return "\\text{" + text + "}";
  }

  @Override
  public String script(char letter) {
    return "\\mathcal{" + letter + "}";
  }

  @Override
  public String operator(String name) {
    return name.equals("log") ? "\\log " : "\\operatorname{" + name + "}";
  }

  @Override
  public String subscript(String base, String subscript) {
    // TeX refuses a second subscript, unless the first is grouped with its base.
    return (base.contains("_{") ? "{" + base + "}" : base) + "_{" + subscript + "}";
  }

  @Override
  public String fraction(String numerator, String denominator) {
    return "\\frac{" + numerator + "}{" + denominator + "}";
  }

  @Override
  public String partial(String variable) {
    return "\\partial " + variable;
  }

  @Override
  public String call(String function, String... arguments) {
    return function + "(" + String.join(", ", arguments) + ")";
  }

  @Override
  public String comma() {
    return ",";
  }

  @Override
  public String row(String... parts) {
    return String.join("", parts);
  }

  /**
   * A name in italics: Greek letters by their names, trailing digits as a subscript, longer words
   * upright.
   */
  @Override
  public String name(String name) {
    NameParts parts = NameParts.of(name);
    String stem = parts.stem();
    String base =
        Letters.named(stem)
            .map(letter -> stem.equals("eps") ? "\\epsilon" : "\\" + stem)
            .orElse(parts.isWord() ? upright(stem) : Letters.latex(stem.codePointAt(0)));
    String below =
        Stream.concat(Stream.of(parts.digits()), parts.component().stream())
            .filter(each -> !each.isEmpty())
            .collect(Collectors.joining(","));
    return below.isEmpty() ? base : subscript(base, below);
  }

  @Override
  public String product(List<String> factors) {
    return String.join("\\,", factors);
  }

  @Override
  public String quotient(String numerator, String denominator) {
    return fraction(numerator, denominator);
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
  public String norm(String coordinate) {
    return "\\left\\lVert " + coordinate + "\\right\\rVert";
  }

  @Override
  public String overCoordinates(boolean mean, String coordinate) {
    String name = mean ? "average" : "total";
    return "\\operatorname{" + name + "}\\left(" + coordinate + "\\right)";
  }

  @Override
  public String call(Function function, List<String> arguments) {
    if (function.relation().isPresent()) {
      String relation = " " + function.relation().get() + " ";
      return "\\left[" + String.join(relation, arguments) + "\\right]";
    }
    return function == Function.ABS
        ? "\\left|" + arguments.getFirst() + "\\right|"
        : function(function) + "\\left(" + String.join(", ", arguments) + "\\right)";
  }

  private static String function(Function function) {
    return switch (function) {
      case EXP, LOG, SIN, COS, TANH, MIN, MAX -> "\\" + function.label();
      default ->
          function
              .symbol()
              .map(LatexNotation::symbol)
              .orElse("\\operatorname{" + function.label() + "}");
    };
  }

  private static String symbol(FunctionSymbol symbol) {
    String letter =
        symbol.letter().codePoints().mapToObj(Letters::latex).collect(Collectors.joining());
    String below = symbol.subscript().isEmpty() ? "" : "_{" + symbol.subscript() + "}";
    String above = symbol.superscript().isEmpty() ? "" : "^{" + symbol.superscript() + "}";
    return (symbol.log() ? "\\log " : "") + letter + below + above.replace("\u2032", "\\prime");
  }

  @Override
  public String vector(List<String> components) {
    return "\\left(" + String.join(", ", components) + "\\right)";
  }

  @Override
  public String component(String of, int number) {
    return "{" + of + "}_{" + number + "}";
  }

  @Override
  public String oracle(Expr.Oracle oracle, String point, Optional<String> direction) {
    String derivative =
        switch (oracle.order()) {
          case 0 -> "";
          case 1 -> "\\nabla ";
          default -> "\\nabla^{" + oracle.order() + "} ";
        };
    boolean tall = point.contains("\\frac") || point.contains("\\sqrt");
    String taken =
        derivative + loss(oracle) + (tall ? "\\!\\left(" + point + "\\right)" : "(" + point + ")");
    return direction
        .map(along -> "\\left[" + taken + "\\," + factor(oracle, along) + "\\right]")
        .orElse(taken);
  }

  @Override
  public String expectation(String body) {
    return "\\mathbb{E}_q\\left[" + body + "\\right]";
  }

  @Override
  public String upright(String name) {
    return name.codePoints()
        .mapToObj(Letters::latex)
        .collect(Collectors.joining("", "\\mathrm{", "}"));
  }

  @Override
  public String sumOver(String index, String set) {
    return "\\sum_{" + index + "\\in " + set + "} ";
  }

  @Override
  public String sumTo(String index, String last) {
    return "\\sum_{" + index + "=1}^{" + last + "} ";
  }

  @Override
  public String cardinality(String set) {
    return "|" + set + "|";
  }

  @Override
  public String brackets(String inner) {
    return "\\left(" + inner + "\\right)";
  }

  @Override
  public String open(Optional<Function> function, String first) {
    return function.map(LatexNotation::function).orElse("") + "\\Bigl(" + first;
  }

  @Override
  public String close(String last) {
    return last + "\\Bigr)";
  }

  @Override
  public String term(boolean negative, String operand) {
    return InlineNotation.super.term(negative, operand);
  }

  @Override
  public String sign(char sign) {
    return switch (sign) {
      case '=' -> " = ";
      case '|' -> "|";
      case '\u2211' -> "\\sum";
      default -> " \\cdot ";
    };
  }

  @Override
  public String primed(String function) {
    return function + "'";
  }

  @Override
  public String gradient(String by) {
    return subscript("\\nabla", by) + " ";
  }
}
