package org.blrc.symbolic;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** MathML Core. Every part is one element. */
final class MathMlNotation implements MathNotation {

  static final MathMlNotation INSTANCE = new MathMlNotation();

  private static final String APPLY = "<mo>\u2061</mo>";
  private static final String NABLA = "<mo rspace=\"0\">\u2207</mo>";
  private static final String SUM = "<mo>\u2211</mo>";
  private static final String THIN_SPACE = "<mspace width=\"0.1667em\"/>";

  private MathMlNotation() {}

  @Override
  public String expression(Expr expr) {
    return ExprPrinter.MATHML.print(expr);
  }

  @Override
  public String number(long value) {
    return number(Rational.of(value));
  }

  @Override
  public String number(Rational value) {
    if (value.signum() < 0) {
      return negative(number(value.negate()));
    }
    String decimal = TextNotation.decimal(value).orElse(value.toString());
    return decimal.contains("/")
        ? "<mstyle displaystyle=\"false\">"
            + fraction(digits(value.numerator()), digits(value.denominator()))
            + "</mstyle>"
        : digits(decimal);
  }

  private static String digits(Object number) {
    return "<mn>" + number + "</mn>";
  }

  @Override
  public String infinity() {
    return identifier("\u221e");
  }

  @Override
  public String name(String name) {
    NameParts parts = NameParts.of(name);
    String base = identifier(Letters.named(parts.stem()).orElse(parts.stem()));
    List<String> below =
        Stream.concat(Stream.of(parts.digits()), parts.component().stream())
            .filter(each -> !each.isEmpty())
            .map(MathMlNotation::digits)
            .toList();
    return switch (below.size()) {
      case 0 -> base;
      case 1 -> subscript(base, below.getFirst());
      default -> subscript(base, row(below.getFirst(), comma(), below.getLast()));
    };
  }

  private static String identifier(String text) {
    return "<mi>" + text + "</mi>";
  }

  @Override
  public String renewed(String base) {
    return "<msup>" + base + words("new") + "</msup>";
  }

  @Override
  public String words(String text) {
    return "<mtext>" + text + "</mtext>";
  }

  @Override
  public String script(char letter) {
    return identifier(
        switch (letter) {
          case 'H' -> "\u210b";
          case 'L' -> "\u2112";
          default -> Character.toString(letter);
        });
  }

  @Override
  public String operator(String name) {
    return name.equals("log")
        ? row(identifier(name), APPLY, THIN_SPACE)
        : row(identifier(name), APPLY);
  }

  @Override
  public String subscript(String base, String subscript) {
    return "<msub>" + base + subscript + "</msub>";
  }

  @Override
  public String fraction(String numerator, String denominator) {
    return "<mfrac>" + numerator + denominator + "</mfrac>";
  }

  @Override
  public String partial(String variable) {
    return row("<mo rspace=\"0\">\u2202</mo>", variable);
  }

  @Override
  public String call(String function, String... arguments) {
    return row(function, APPLY, brackets(list(List.of(arguments))));
  }

  @Override
  public String comma() {
    return "<mo>,</mo>";
  }

  @Override
  public String row(String... parts) {
    return "<mrow>" + String.join("", parts) + "</mrow>";
  }

  private String list(List<String> parts) {
    return String.join(comma(), parts);
  }

  @Override
  public String negative(String operand) {
    return row("<mo form=\"prefix\">\u2212</mo>", operand);
  }

  @Override
  public String term(boolean negative, String operand) {
    return "<mo form=\"infix\">" + (negative ? "\u2212" : "+") + "</mo>" + operand;
  }

  @Override
  public String sum(List<String> terms) {
    return row(String.join("", terms));
  }

  @Override
  public String product(List<String> factors) {
    return row(String.join("<mo>\u2062</mo>" + THIN_SPACE, factors));
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
    return "<msup>" + base + exponent + "</msup>";
  }

  @Override
  public String root(String radicand) {
    return "<msqrt>" + radicand + "</msqrt>";
  }

  @Override
  public String norm(String coordinate) {
    return fenced("\u2016", coordinate, "\u2016");
  }

  @Override
  public String overCoordinates(boolean mean, String coordinate) {
    String name = mean ? "average" : "total";
    return row("<mi>" + name + "</mi>", APPLY, brackets(coordinate));
  }

  @Override
  public String call(Function function, List<String> arguments) {
    return switch (function) {
      case ABS -> fenced("|", arguments.getFirst(), "|");
      case EQUAL, GREATER ->
          fenced("[", row(arguments.getFirst(), relation(function), arguments.getLast()), "]");
      default -> row(function(function), APPLY, brackets(list(arguments)));
    };
  }

  private static String relation(Function function) {
    return function == Function.EQUAL ? "<mo>=</mo>" : "<mo>&gt;</mo>";
  }

  private String function(Function function) {
    return function.symbol().map(this::symbol).orElse(identifier(function.label()));
  }

  private String symbol(FunctionSymbol symbol) {
    String letter = identifier(symbol.letter());
    String based =
        symbol.subscript().isEmpty() ? letter : subscript(letter, words(symbol.subscript()));
    String raised =
        symbol.superscript().isEmpty()
            ? based
            : "<msup>" + based + words(symbol.superscript().replace('-', '\u2212')) + "</msup>";
    return symbol.log() ? row(operator("log"), raised) : raised;
  }

  @Override
  public String vector(List<String> components) {
    return brackets(list(components));
  }

  @Override
  public String component(String of, int number) {
    return subscript(of, digits(number));
  }

  @Override
  public String oracle(Expr.Oracle oracle, String point, Optional<String> direction) {
    String derivative =
        switch (oracle.order()) {
          case 0 -> "";
          case 1 -> NABLA;
          default -> "<msup>" + NABLA + digits(oracle.order()) + "</msup>";
        };
    String taken = row(derivative, loss(oracle), APPLY, brackets(point));
    return direction
        .map(along -> fenced("[", row(taken, factor(oracle, along)), "]"))
        .orElse(taken);
  }

  @Override
  public String expectation(String body) {
    return row(subscript(identifier("\ud835\udd3c"), identifier("q")), fenced("[", body, "]"));
  }

  @Override
  public String upright(String name) {
    return identifier(name);
  }

  @Override
  public String sumOver(String index, String set) {
    return "<munder>" + SUM + row(index, "<mo>\u2208</mo>", set) + "</munder>";
  }

  @Override
  public String sumTo(String index, String last) {
    return "<munderover>" + SUM + row(index, "<mo>=</mo>", digits(1)) + last + "</munderover>";
  }

  @Override
  public String cardinality(String set) {
    return fenced("|", set, "|");
  }

  @Override
  public String brackets(String inner) {
    return fenced("(", inner, ")");
  }

  /** Fences grow with tall content only: browsers set those that may grow apart from the rest. */
  private String fenced(String open, String inner, String close) {
    boolean tall = inner.contains("<mfrac>") || inner.contains("<munder");
    String start = tall ? "<mo>" : "<mo stretchy=\"false\">";
    return row(start + open + "</mo>", inner, start + close + "</mo>");
  }

  @Override
  public String open(Optional<Function> function, String first) {
    String name = function.map(each -> function(each) + APPLY).orElse("");
    return row(name, "<mo form=\"prefix\" stretchy=\"false\" mathsize=\"150%\">(</mo>", first);
  }

  @Override
  public String close(String last) {
    return last + "<mo form=\"postfix\" stretchy=\"false\" mathsize=\"150%\">)</mo>";
  }

  @Override
  public String separated(String piece) {
    return piece + comma();
  }

  @Override
  public String sign(char sign) {
    return switch (sign) {
      case '=', '|', '\u2211' -> "<mo>" + sign + "</mo>";
      default -> "<mo>\u22c5</mo>";
    };
  }

  @Override
  public String primed(String function) {
    return "<msup>" + function + "<mo>\u2032</mo></msup>";
  }

  @Override
  public String gradient(String by) {
    return subscript(NABLA, by);
  }
}
