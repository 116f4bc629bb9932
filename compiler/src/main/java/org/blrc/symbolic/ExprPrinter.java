package org.blrc.symbolic;

import java.util.ArrayList;
import java.util.List;
import org.blrc.symbolic.Expr.Add;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Call;
import org.blrc.symbolic.Expr.Draw;
import org.blrc.symbolic.Expr.Expect;
import org.blrc.symbolic.Expr.Mul;
import org.blrc.symbolic.Expr.Noise;
import org.blrc.symbolic.Expr.Num;
import org.blrc.symbolic.Expr.Oracle;
import org.blrc.symbolic.Expr.Pow;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Expr.Sym;

/** Prints expressions: as blr text, which the language reads back, or as LaTeX. */
public final class ExprPrinter {

  /** The language's own spelling. */
  public static final ExprPrinter TEXT = new ExprPrinter(new TextNotation());

  public static final ExprPrinter LATEX = new ExprPrinter(new LatexNotation());

  private static final int SUM = 0;
  private static final int PRODUCT = 1;
  private static final int SIGNED = 2;
  private static final int POWER = 3;
  private static final int ATOM = 4;

  private final Notation notation;

  private ExprPrinter(Notation notation) {
    this.notation = notation;
  }

  public String print(Expr expr) {
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

  private String print(Expr expr, int least) {
    String text = bare(expr);
    return precedence(expr) < least ? notation.brackets(text) : text;
  }

  private int precedence(Expr expr) {
    return switch (expr) {
      case Add _ -> SUM;
      case Num(Rational value) ->
          value.signum() < 0 ? SIGNED - 1 : value.isInteger() ? ATOM : PRODUCT;
      case Mul(List<Expr> factors) -> Exprs.coefficient(expr).signum() < 0 ? SUM : PRODUCT;
      case Reduce _ -> PRODUCT;
      case Pow(Expr _, Expr exponent) ->
          isNegative(exponent) ? PRODUCT : isHalf(exponent) ? ATOM : POWER;
      case Sym _, Call _, Oracle _, Expect _, Draw _, Noise _ -> ATOM;
    };
  }

  private String bare(Expr expr) {
    return switch (expr) {
      case Num(Rational value) -> notation.number(value);
      case Sym symbol -> notation.symbol(symbol);
      case Add(List<Expr> terms) -> sum(terms);
      case Mul _, Pow _ -> product(expr);
      case Call(Function function, List<Expr> arguments) ->
          notation.call(
              function, arguments.stream().map(argument -> print(argument, SUM)).toList());
      case Oracle oracle -> notation.oracle(oracle, print(oracle.point(), SUM));
      case Expect(_, Expr body) -> notation.expectation(print(body, SUM));
      case Reduce reduce ->
          notation.reduction(
              reduce,
              print(reduce.body(), PRODUCT),
              reduce.axis() instanceof Axis.Draws(Expr count) ? print(count, PRODUCT) : "");
      case Draw draw -> notation.draw(draw);
      case Noise noise -> notation.noise(noise);
    };
  }

  private String sum(List<Expr> terms) {
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
    StringBuilder text = new StringBuilder(print(ordered.getFirst(), SUM));
    for (Expr term : ordered.subList(1, ordered.size())) {
      boolean negative = Exprs.coefficient(term).signum() < 0;
      text.append(negative ? " - " : " + ");
      text.append(print(negative ? Exprs.negate(term) : term, PRODUCT));
    }
    return text.toString();
  }

  private String product(Expr expr) {
    Rational coefficient = Exprs.coefficient(expr);
    if (coefficient.signum() < 0) {
      return "-" + print(Exprs.negate(expr), PRODUCT);
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
    String numerator =
        above.isEmpty()
            ? "1"
            : above.size() == 1
                ? print(above.getFirst(), delimits ? SUM : PRODUCT)
                : factors(above);
    String denominator =
        below.size() == 1 ? print(below.getFirst(), delimits ? SUM : SIGNED) : factors(below);
    return notation.quotient(
        numerator, below.size() > 1 && !delimits ? notation.brackets(denominator) : denominator);
  }

  private String factors(List<Expr> factors) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < factors.size(); i++) {
      // A reduction reaches as far to the right as the product does.
      boolean last = i == factors.size() - 1;
      texts.add(print(factors.get(i), factors.get(i) instanceof Reduce && last ? PRODUCT : SIGNED));
    }
    return notation.product(texts);
  }

  private String power(Expr expr) {
    if (!(expr instanceof Pow(Expr base, Expr exponent))) {
      return print(expr, SUM);
    }
    return isHalf(exponent)
        ? notation.root(print(base, SUM))
        : notation.power(
            print(base, ATOM), print(exponent, notation.quotientDelimits() ? SUM : ATOM));
  }

  private static boolean isHalf(Expr exponent) {
    return exponent.equals(Exprs.HALF);
  }

  private static boolean isNegative(Expr exponent) {
    return Exprs.coefficient(exponent).signum() < 0;
  }
}
