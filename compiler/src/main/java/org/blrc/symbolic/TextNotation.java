package org.blrc.symbolic;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** The spelling of the language itself. */
final class TextNotation implements InlineNotation {

  private static final BigInteger FIVE = BigInteger.valueOf(5);
  private static final BigInteger EIGHT = BigInteger.valueOf(8);

  /** The exponent of the smallest numbers that are written with zeros after the point. */
  private static final int SMALLEST = -6;

  @Override
  public String number(Rational value) {
    return decimal(value).orElse(value.toString());
  }

  /** Numbers that were written as decimals are printed as decimals. */
  static Optional<String> decimal(Rational value) {
    BigInteger denominator = value.denominator();
    int twos = denominator.getLowestSetBit();
    BigInteger rest = denominator.shiftRight(twos);
    int fives = 0;
    while (rest.mod(FIVE).signum() == 0) {
      rest = rest.divide(FIVE);
      fives++;
    }
    boolean readable = rest.equals(BigInteger.ONE) && denominator.compareTo(EIGHT) > 0;
    return readable ? Optional.of(decimal(value, Math.max(twos, fives))) : Optional.empty();
  }

  /** A number with so many decimals; small ones as a power of ten. */
  private static String decimal(Rational value, int decimals) {
    String digits = value.times(Rational.of(10).pow(decimals)).numerator().abs().toString();
    String sign = value.signum() < 0 ? "-" : "";
    int exponent = digits.length() - 1 - decimals;
    if (exponent < SMALLEST) {
      String after = digits.substring(1);
      return sign + digits.charAt(0) + (after.isEmpty() ? "" : "." + after) + "e" + exponent;
    }
    String padded = "0".repeat(Math.max(0, -exponent)) + digits;
    int point = padded.length() - decimals;
    return sign + padded.substring(0, point) + "." + padded.substring(point);
  }

  @Override
  public String symbol(Expr.Sym symbol) {
    return symbol.kind() == Expr.Sym.Kind.NEW ? "new(" + symbol.name() + ")" : symbol.name();
  }

  @Override
  public String product(List<String> factors) {
    return String.join("*", factors);
  }

  @Override
  public String quotient(String numerator, String denominator) {
    return numerator + "/" + denominator;
  }

  @Override
  public boolean quotientDelimits() {
    return false;
  }

  @Override
  public String power(String base, String exponent) {
    return base + "^" + exponent;
  }

  @Override
  public String root(String radicand) {
    return "sqrt(" + radicand + ")";
  }

  @Override
  public String norm(String coordinate) {
    return "norm(" + coordinate + ")";
  }

  @Override
  public String overCoordinates(boolean mean, String coordinate) {
    return (mean ? "average(" : "total(") + coordinate + ")";
  }

  @Override
  public String call(Function function, List<String> arguments) {
    return function
        .relation()
        .map(relation -> "[" + String.join(" " + relation + " ", arguments) + "]")
        .orElseGet(() -> function.label() + "(" + String.join(", ", arguments) + ")");
  }

  @Override
  public String vector(List<String> components) {
    return "(" + String.join(", ", components) + ")";
  }

  @Override
  public String component(String of, int number) {
    return of + "[" + number + "]";
  }

  @Override
  public String oracle(Expr.Oracle oracle, String point, Optional<String> direction) {
    String of = oracle.function() + direction.map(along -> ", " + along).orElse("");
    String function =
        switch (oracle.order()) {
          case 0 -> oracle.function();
          case 1 -> "grad(" + of + ")";
          case 2 -> "hess(" + of + ")";
          default -> "grad^" + oracle.order() + "(" + of + ")";
        };
    return function
        + "("
        + oracle.example().map(index -> ExprPrinter.TEXT.print(index) + ", ").orElse("")
        + point
        + ")";
  }

  @Override
  public String expectation(String body) {
    return "E[" + body + "]";
  }

  @Override
  public String reduction(Expr.Reduce reduction, String body, Optional<String> size) {
    String axis =
        switch (reduction.axis()) {
          case Expr.Axis.Data(String name, _, _) -> name;
          case Expr.Axis.Batch(Expr.Axis.Data(String name, _, _)) -> "batch(" + name + ")";
          case Expr.Axis.Draws _ -> "1.." + size.orElseThrow();
          case Expr.Axis.Coordinates _ -> throw Notation.notANorm(reduction);
        };
    return (reduction.mean() ? "mean(" : "sum(")
        + reduction.index().name()
        + " in "
        + axis
        + ") "
        + body;
  }

  @Override
  public String draw(Expr.Draw draw) {
    String component =
        NameParts.of(draw.variable().name()).component().map("[%s]"::formatted).orElse("");
    return "sample" + component + "(" + ExprPrinter.TEXT.print(draw.index()) + ")";
  }

  @Override
  public String noise(Expr.Noise noise) {
    return noise.name()
        + noise.index().map(index -> "(" + ExprPrinter.TEXT.print(index) + ")").orElse("");
  }

  @Override
  public String brackets(String inner) {
    return "(" + inner + ")";
  }

  @Override
  public String open(Optional<Function> function, String first) {
    return function.map(Function::label).orElse("") + "(" + first;
  }

  @Override
  public String close(String last) {
    return last + ")";
  }
}
