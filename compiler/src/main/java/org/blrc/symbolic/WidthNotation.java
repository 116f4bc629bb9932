package org.blrc.symbolic;

import java.util.List;
import java.util.Optional;

/** Widths in em of what {@link LatexNotation} spells, for Computer Modern; rather too wide. */
final class WidthNotation implements Notation<Double> {

  private static final double LETTER = 0.56;
  private static final double OPERATOR = 1.25;
  private static final double THIN_SPACE = 0.17;
  private static final double BRACKETS = 1.3;
  private static final double COMMA = 0.45;
  private static final double SMALL = 0.75;
  private static final double SUM_SIGN = 1.7;
  private static final double NABLA = 0.85;
  private static final double RADICAL = 1.0;
  private static final double FRACTION_SIDES = 0.25;

  private static double word(String text) {
    return LETTER * text.codePointCount(0, text.length());
  }

  private static double name(String name) {
    NameParts parts = NameParts.of(name);
    double stem = Letters.named(parts.stem()).isPresent() ? LETTER * 1.2 : word(parts.stem());
    return stem + SMALL * word(parts.digits() + parts.component().orElse(""));
  }

  private static double joined(List<Double> parts, double space) {
    return parts.stream().mapToDouble(part -> part).sum() + space * (parts.size() - 1);
  }

  private static double width(Expr expr) {
    return ExprPrinter.WIDTH.print(expr);
  }

  @Override
  public Double number(Rational value) {
    return word(TextNotation.decimal(value).orElse(value.toString()));
  }

  @Override
  public Double symbol(Expr.Sym symbol) {
    double name = name(symbol.name());
    return symbol.kind() == Expr.Sym.Kind.NEW ? name + SMALL * word("new") : name;
  }

  @Override
  public Double negative(Double operand) {
    return operand + OPERATOR;
  }

  @Override
  public Double term(boolean negative, Double operand) {
    return operand + OPERATOR;
  }

  @Override
  public Double sum(List<Double> terms) {
    return joined(terms, 0);
  }

  @Override
  public Double product(List<Double> factors) {
    return joined(factors, THIN_SPACE);
  }

  @Override
  public Double quotient(Double numerator, Double denominator) {
    return Math.max(numerator, denominator) + FRACTION_SIDES;
  }

  @Override
  public boolean quotientDelimits() {
    return true;
  }

  @Override
  public Double power(Double base, Double exponent) {
    return base + SMALL * exponent;
  }

  @Override
  public Double root(Double radicand) {
    return radicand + RADICAL;
  }

  @Override
  public Double norm(Double coordinate) {
    return coordinate + BRACKETS;
  }

  @Override
  public Double overCoordinates(boolean mean, Double coordinate) {
    return word(mean ? "average" : "total") + coordinate + BRACKETS;
  }

  @Override
  public Double call(Function function, List<Double> arguments) {
    return word(function.label()) + joined(arguments, COMMA) + BRACKETS;
  }

  @Override
  public Double vector(List<Double> components) {
    return joined(components, COMMA) + BRACKETS;
  }

  @Override
  public Double component(Double of, int number) {
    return of + SMALL * LETTER;
  }

  @Override
  public Double oracle(Expr.Oracle oracle, Double point, Optional<Double> direction) {
    double example = oracle.example().map(index -> SMALL * width(index)).orElse(0.0);
    double along = direction.map(width -> width + BRACKETS).orElse(0.0);
    return NABLA + name(oracle.function()) + example + point + BRACKETS + along;
  }

  @Override
  public Double expectation(Double body) {
    return 2 * LETTER + body + BRACKETS;
  }

  @Override
  public Double reduction(Expr.Reduce reduction, Double body, Optional<Double> size) {
    return 2 * SUM_SIGN + body;
  }

  @Override
  public Double draw(Expr.Draw draw) {
    return name(draw.variable().name()) + SMALL * width(draw.index());
  }

  @Override
  public Double noise(Expr.Noise noise) {
    return name(noise.name()) + SMALL * noise.index().map(WidthNotation::width).orElse(0.0);
  }

  @Override
  public Double brackets(Double inner) {
    return inner + BRACKETS;
  }

  @Override
  public Double open(Optional<Function> function, Double first) {
    return function.map(each -> word(each.label())).orElse(0.0) + BRACKETS + first;
  }

  @Override
  public Double close(Double last) {
    return last + BRACKETS;
  }

  @Override
  public Double separated(Double piece) {
    return piece + COMMA;
  }
}
