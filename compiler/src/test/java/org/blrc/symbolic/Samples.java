package org.blrc.symbolic;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.blrc.program.ExprEvaluator;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Sym;

/** A few symbols with domains, and random expressions in them and points to take them at. */
final class Samples {

  static final Sym X = symbol("x", 0, Domain.REAL);
  static final Sym Y = symbol("y", 1, Domain.REAL);
  static final Sym P = symbol("p", 2, Domain.POSITIVE);
  static final Sym Q = symbol("q", 3, Domain.POSITIVE);
  static final Sym U = symbol("u", 4, Domain.open(0, 1));
  static final Sym N = symbol("n", 5, Domain.NEGATIVE);
  static final List<Sym> SYMBOLS = List.of(X, Y, P, Q, U, N);

  /** The value of an unknown expression. */
  static final Sym TARGET = symbol("target", 9, Domain.REAL);

  static final Sym SIZE = new Sym(Sym.Kind.HYPER, "size", 6, Domain.POSITIVE);
  static final Sym VARIABLE = new Sym(Sym.Kind.VARIABLE, "theta", 7, Domain.REAL);
  static final Sym EXAMPLE = new Sym(Sym.Kind.INDEX, "i", 8, Domain.REAL);
  static final Sym NUMBER = new Sym(Sym.Kind.INDEX, "k", 9, Domain.REAL);
  static final Axis.Data DATA = new Axis.Data("data", 0, SIZE);

  private static final int LONGEST = 12;

  private Samples() {}

  private static Sym symbol(String name, int rank, Domain domain) {
    return new Sym(Sym.Kind.STATE, name, rank, domain);
  }

  /** In double precision. */
  static double value(Expr expr, Map<Sym, Double> at) {
    return ExprEvaluator.evaluate(expr, at::get);
  }

  /** Nearly all that the language can write; one function without laws stands for the others. */
  static Arbitrary<Expr> any() {
    return built(Token.values(), LONGEST);
  }

  /** The same, of a few symbols and operations only. */
  static Arbitrary<Expr> small() {
    return built(Token.values(), 3);
  }

  /** Without kinks and jumps. */
  static Arbitrary<Expr> smooth() {
    return built(Token.SMOOTH, LONGEST);
  }

  private static Arbitrary<Expr> built(Token[] tokens, int longest) {
    return Arbitraries.of(tokens).list().ofMinSize(1).ofMaxSize(longest).map(Token::build);
  }

  /** Values in the symbols' domains, in sixteenths; zero is among them. */
  static Arbitrary<Map<Sym, Rational>> points() {
    return Arbitraries.integers()
        .between(1, 48)
        .list()
        .ofSize(SYMBOLS.size())
        .map(
            numbers ->
                SYMBOLS.stream()
                    .collect(
                        Collectors.toMap(
                            symbol -> symbol,
                            symbol -> value(symbol, numbers.get(SYMBOLS.indexOf(symbol))))));
  }

  private static Rational value(Sym symbol, int number) {
    return switch (symbol.name()) {
      case "x", "y" -> Rational.of(number - 24, 16);
      case "u" -> Rational.of(number, 49);
      case "n" -> Rational.of(-number, 16);
      default -> Rational.of(number, 16);
    };
  }

  /**
   * Whether nothing is lost when sums are expanded. The sign of p + (x + y)^2 is lost in p + x^2 +
   * 2*x*y + y^2, and with it the size of its root and its logarithm; that (p + |x|)^2 is a square
   * is lost in p^2 + 2*p*|x| + x^2.
   */
  static boolean keepsItsFormExpanded(Expr expr) {
    return !Walk.contains(expr, part -> losesItsSign(part) || isPowerOfRoots(part));
  }

  private static boolean losesItsSign(Expr part) {
    Fraction fraction = Normal.fraction(part);
    Expr expanded =
        Exprs.divide(
            Presentation.expanded(fraction.numerator()),
            Presentation.expanded(fraction.denominator()));
    return (Bounds.isNonnegative(part) && !Bounds.isNonnegative(expanded))
        || (Bounds.isPositive(part) && !Bounds.isPositive(expanded))
        || (Bounds.of(part).isNegative() && !Bounds.of(expanded).isNegative());
  }

  /** Whether a sum that is raised to a power, or may be, holds what has a square without it. */
  private static boolean isPowerOfRoots(Expr part) {
    return switch (part) {
      case Expr.Pow(Expr base, Expr.Num(Rational power)) when power.isInteger() ->
          isSumOfRoots(base);
      case Expr.Call(Function function, List<Expr> arguments) when function == Function.EXP ->
          Walk.contains(
              arguments.getFirst(),
              inner ->
                  inner instanceof Expr.Call(Function called, List<Expr> of)
                      && called == Function.LOG
                      && isSumOfRoots(of.getFirst()));
      default -> false;
    };
  }

  private static boolean isSumOfRoots(Expr expr) {
    Fraction fraction = Normal.fraction(expr);
    return Stream.of(fraction.numerator(), fraction.denominator())
        .filter(poly -> poly.terms().size() > 1)
        .flatMap(poly -> poly.generators().stream())
        .anyMatch(
            generator ->
                generator instanceof Expr.Add
                    || generator instanceof Expr.Mul
                    || generator instanceof Expr.Num
                    || Signs.isSize(generator)
                    || Signs.isSign(generator));
  }
}
