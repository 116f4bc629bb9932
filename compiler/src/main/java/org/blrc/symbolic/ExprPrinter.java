package org.blrc.symbolic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.blrc.symbolic.Expr.Add;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Call;
import org.blrc.symbolic.Expr.Component;
import org.blrc.symbolic.Expr.Draw;
import org.blrc.symbolic.Expr.Expect;
import org.blrc.symbolic.Expr.Mul;
import org.blrc.symbolic.Expr.Noise;
import org.blrc.symbolic.Expr.Num;
import org.blrc.symbolic.Expr.Oracle;
import org.blrc.symbolic.Expr.Pow;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Expr.Vector;

/**
 * Prints expressions: as blr text, which the language reads back, as LaTeX or as MathML.
 *
 * @param <T> what comes out
 */
public final class ExprPrinter<T> {

  /** The language's own spelling. */
  public static final ExprPrinter<String> TEXT = new ExprPrinter<>(new TextNotation());

  public static final ExprPrinter<String> LATEX = new ExprPrinter<>(LatexNotation.INSTANCE);

  /** The content of a {@code math} element. */
  public static final ExprPrinter<String> MATHML = new ExprPrinter<>(MathMlNotation.INSTANCE);

  /** How wide a formula is as LaTeX sets it, in em, roughly. */
  public static final ExprPrinter<Double> WIDTH = new ExprPrinter<>(new WidthNotation());

  private static final int SUM = 0;
  private static final int PRODUCT = 1;
  private static final int SIGNED = 2;
  private static final int POWER = 3;
  private static final int ATOM = 4;

  private final Notation<T> notation;

  private ExprPrinter(Notation<T> notation) {
    this.notation = notation;
  }

  public T print(Expr expr) {
    return print(onlyDraws(expr), SUM);
  }

  /** A mean over one draw is read as its value at draw 1. */
  private static Expr onlyDraws(Expr expr) {
    Expr inner = Walk.mapChildren(expr, ExprPrinter::onlyDraws);
    return inner instanceof Reduce(boolean _, Sym index, Axis.Draws(Expr count), Expr body)
            && count.equals(Exprs.ONE)
        ? Walk.substitute(body, index, Exprs.ONE)
        : inner;
  }

  private T print(Expr expr, int least) {
    T text = bare(expr);
    return precedence(expr) < least ? notation.brackets(text) : text;
  }

  private int precedence(Expr expr) {
    return switch (expr) {
      case Add _ -> SUM;
      case Num(Rational value) ->
          value.signum() < 0 ? SIGNED - 1 : value.isInteger() ? ATOM : PRODUCT;
      case Mul(List<Expr> factors) -> Exprs.coefficient(expr).signum() < 0 ? SUM : PRODUCT;
      case Reduce sum when CoordinateSums.isOfSquares(sum) -> POWER;
      case Reduce sum when CoordinateSums.isSum(sum) -> ATOM;
      case Reduce _ -> PRODUCT;
      case Pow(Expr _, Expr exponent) ->
          isNegative(exponent) ? PRODUCT : isHalf(exponent) ? ATOM : POWER;
      case Sym _, Call _, Vector _, Component _, Oracle _, Expect _, Draw _, Noise _ -> ATOM;
    };
  }

  private T bare(Expr expr) {
    return switch (expr) {
      case Num(Rational value) -> notation.number(value);
      case Sym symbol -> notation.symbol(symbol);
      case Add(List<Expr> terms) -> sum(terms);
      case Mul _, Pow _ -> product(expr);
      case Call(Function function, List<Expr> arguments) ->
          notation.call(
              function, arguments.stream().map(argument -> print(argument, SUM)).toList());
      case Vector(List<Expr> components) ->
          notation.vector(components.stream().map(each -> print(each, SUM)).toList());
      case Component(Sym of, int number) -> notation.symbol(Exprs.componentSymbol(of, number));
      case Component(Expr of, int number) -> notation.component(print(of, ATOM), number);
      case Oracle oracle ->
          notation.oracle(
              oracle,
              print(oracle.point(), SUM),
              oracle.direction().map(along -> print(along, SUM)));
      case Expect(_, Expr body) -> notation.expectation(print(body, SUM));
      case Reduce sum when CoordinateSums.isOfSquares(sum) -> normPower(sum, Exprs.TWO);
      case Reduce sum when CoordinateSums.isSum(sum) ->
          notation.overCoordinates(sum.mean(), print(sum.body(), SUM));
      case Reduce reduce ->
          notation.reduction(
              reduce,
              print(reduce.body(), PRODUCT),
              reduce.axis() instanceof Axis.Draws(Expr count)
                  ? Optional.of(print(count, PRODUCT))
                  : Optional.empty());
      case Draw draw -> notation.draw(draw);
      case Noise noise -> notation.noise(noise);
    };
  }

  /**
   * A formula in pieces between which a line may break: the terms of a sum and, inside of those
   * that are too wide themselves, the terms or arguments of a factor.
   */
  public List<T> pieces(Expr expr, Predicate<Expr> tooWide) {
    return broken(onlyDraws(expr), tooWide);
  }

  private List<T> broken(Expr expr, Predicate<Expr> tooWide) {
    if (expr instanceof Add(List<Expr> terms)) {
      return signed(
          terms,
          term -> tooWide.test(term) ? broken(term, tooWide) : List.of(print(term, PRODUCT)));
    }
    if (!tooWide.test(expr)) {
      return List.of(print(expr, SUM));
    }
    if (Exprs.coefficient(expr).signum() < 0) {
      List<T> pieces = new ArrayList<>(broken(Exprs.negate(expr), tooWide));
      pieces.set(0, notation.negative(pieces.getFirst()));
      return pieces;
    }
    List<Expr> others = new ArrayList<>(Exprs.factors(expr));
    Optional<Expr> wide =
        others.stream().filter(each -> each instanceof Add || each instanceof Call).findFirst();
    if (wide.isEmpty()) {
      return List.of(print(expr, SUM));
    }
    others.remove(wide.get());
    List<T> pieces = opened(wide.get(), tooWide);
    if (!others.isEmpty()) {
      T before = print(Exprs.mul(others), PRODUCT);
      pieces.set(0, notation.product(List.of(before, pieces.getFirst())));
    }
    return pieces;
  }

  private List<T> opened(Expr expr, Predicate<Expr> tooWide) {
    List<T> pieces = new ArrayList<>();
    if (expr instanceof Call(Function function, List<Expr> arguments)) {
      for (Expr argument : arguments) {
        if (!pieces.isEmpty()) {
          pieces.add(notation.separated(pieces.removeLast()));
        }
        pieces.addAll(broken(argument, tooWide));
      }
      pieces.set(0, notation.open(Optional.of(function), pieces.getFirst()));
    } else {
      pieces.addAll(broken(expr, tooWide));
      pieces.set(0, notation.open(Optional.empty(), pieces.getFirst()));
    }
    pieces.add(notation.close(pieces.removeLast()));
    return pieces;
  }

  private T sum(List<Expr> terms) {
    return notation.sum(signed(terms, term -> List.of(print(term, PRODUCT))));
  }

  private List<T> signed(List<Expr> terms, java.util.function.Function<Expr, List<T>> pieces) {
    // A sum that would start with a minus starts with its first positive term instead.
    List<Expr> ordered = new ArrayList<>(terms);
    if (Exprs.coefficient(ordered.getFirst()).signum() < 0) {
      ordered.stream()
          .filter(term -> Exprs.coefficient(term).signum() > 0)
          .findFirst()
          .ifPresent(
              first -> {
                ordered.remove(first);
                ordered.addFirst(first);
              });
    }
    List<T> signed = new ArrayList<>(pieces.apply(ordered.getFirst()));
    for (Expr term : ordered.subList(1, ordered.size())) {
      boolean negative = Exprs.coefficient(term).signum() < 0;
      List<T> parts = pieces.apply(negative ? Exprs.negate(term) : term);
      signed.add(notation.term(negative, parts.getFirst()));
      signed.addAll(parts.subList(1, parts.size()));
    }
    return signed;
  }

  private T product(Expr expr) {
    Rational coefficient = Exprs.coefficient(expr);
    if (coefficient.signum() < 0) {
      return notation.negative(print(Exprs.negate(expr), PRODUCT));
    }
    List<Expr> above = new ArrayList<>();
    List<Expr> below = new ArrayList<>();
    for (Expr factor : Exprs.factors(expr)) {
      switch (factor) {
        case Num(Rational value) -> {
          Expr top = Exprs.num(new Rational(value.numerator(), java.math.BigInteger.ONE));
          if (!top.equals(Exprs.ONE)) {
            above.add(top);
          }
          if (!value.isInteger()) {
            below.add(Exprs.num(new Rational(value.denominator(), java.math.BigInteger.ONE)));
          }
        }
        case Pow(Expr base, Expr exponent) when isNegative(exponent) ->
            below.add(Exprs.pow(base, Exprs.negate(exponent)));
        default -> above.add(factor);
      }
    }
    if (below.isEmpty()) {
      return above.size() == 1 ? power(above.getFirst()) : factors(above);
    }
    boolean delimits = notation.quotientDelimits();
    T numerator =
        above.isEmpty()
            ? notation.number(Rational.ONE)
            : above.size() == 1
                ? print(above.getFirst(), delimits ? SUM : PRODUCT)
                : factors(above);
    T denominator =
        below.size() == 1 ? print(below.getFirst(), delimits ? SUM : SIGNED) : factors(below);
    return notation.quotient(
        numerator, below.size() > 1 && !delimits ? notation.brackets(denominator) : denominator);
  }

  private T factors(List<Expr> factors) {
    List<T> texts = new ArrayList<>();
    for (int i = 0; i < factors.size(); i++) {
      // A reduction reaches as far to the right as the product does.
      boolean last = i == factors.size() - 1;
      texts.add(print(factors.get(i), factors.get(i) instanceof Reduce && last ? PRODUCT : SIGNED));
    }
    return notation.product(texts);
  }

  private T power(Expr expr) {
    if (!(expr instanceof Pow(Expr base, Expr exponent))) {
      return print(expr, SUM);
    }
    if (base instanceof Reduce sum && CoordinateSums.isOfSquares(sum)) {
      return normPower(sum, Exprs.mul(Exprs.TWO, exponent));
    }
    return isHalf(exponent)
        ? notation.root(print(base, SUM))
        : notation.power(
            print(base, ATOM), print(exponent, notation.quotientDelimits() ? SUM : ATOM));
  }

  /** The sum of squares over coordinates is read as the square of a norm. */
  private T normPower(Reduce sum, Expr exponent) {
    T norm = notation.norm(print(CoordinateSums.normed(sum), SUM));
    return exponent.equals(Exprs.ONE)
        ? norm
        : notation.power(norm, print(exponent, notation.quotientDelimits() ? SUM : ATOM));
  }

  private static boolean isHalf(Expr exponent) {
    return exponent.equals(Exprs.HALF);
  }

  private static boolean isNegative(Expr exponent) {
    return Exprs.coefficient(exponent).signum() < 0;
  }
}
