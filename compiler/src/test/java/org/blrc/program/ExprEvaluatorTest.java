package org.blrc.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.blrc.program.ExprEvaluator.Bindings;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Num;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Expr.Sym.Kind;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Function;
import org.blrc.symbolic.Rational;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExprEvaluatorTest {

  private static final Sym X = new Sym(Kind.STATE, "x", 0, Domain.REAL);
  private static final Sym Y = new Sym(Kind.STATE, "y", 1, Domain.REAL);
  private static final Sym I = new Sym(Kind.INDEX, "i", 2, Domain.REAL);
  private static final Axis.Data DATA = new Axis.Data("examples", 0, Exprs.ONE);

  private static double evaluate(Expr expression, double x, double y) {
    return ExprEvaluator.evaluate(expression, symbol -> symbol.equals(X) ? x : y);
  }

  @Test
  void arithmetic() {
    Expr third = new Num(Rational.of(1, 3));
    assertEquals(1.0 / 3, evaluate(third, 0, 0));
    assertEquals(7 + 3 + 1.0 / 3, evaluate(new Expr.Add(List.of(X, Y, third)), 7, 3), 1e-15);
    assertEquals(7, evaluate(new Expr.Mul(List.of(X, Y, third)), 7, 3), 1e-14);
    assertEquals(343, evaluate(new Expr.Pow(X, Y), 7, 3));
    assertEquals(Math.sqrt(7), evaluate(Exprs.sqrt(X), 7, 0));
    assertEquals(0.125, evaluate(new Expr.Pow(X, new Num(Rational.of(-3))), 2, 0));
    assertEquals(Math.PI, evaluate(Exprs.PI, 0, 0));
    assertEquals(Double.NEGATIVE_INFINITY, evaluate(Exprs.negate(Exprs.INFINITY), 0, 0));
  }

  /** Expected values by an independent multiple-precision computation. */
  @ParameterizedTest
  @CsvSource({
    "EXP, -1.5, 0.22313016014842983",
    "LOG, 2.5, 0.91629073187415507",
    "TANH, 0.7, 0.6043677771171635",
    "ATANH, -0.7, -0.86730052769405319",
    "ATANH, 1e-12, 1e-12",
    "SIGMOID, -3, 0.047425873177566781",
    "SIGMOID, -40, 4.248354255291589e-18",
    "EXPREL, 0, 1.0",
    "EXPREL, 1e-20, 1.0",
    "EXPREL, -1e-9, 0.9999999995",
    "EXPREL, 0.7, 1.4482181535292521",
    "EXPREL, -1, 0.63212055882855768",
    "EXPREL, -3.5, 0.27708646187933757",
    "EXPREL, 1.0000001, 1.7182819284590489",
    "EXPREL, 20, 24258259.720489514",
    "SOFTPLUS, 1.25, 1.5019290813453729",
    "SOFTPLUS, -40, 4.248354255291589e-18",
    "LGAMMA, 0.3, 1.0957979948180755",
    "LGAMMA, 7.5, 7.534364236758733",
    "DIGAMMA, 0.3, -3.502524222200133",
    "DIGAMMA, 7.5, 1.9467574842460868",
    "TRIGAMMA, 0.3, 12.24536454610773",
    "TRIGAMMA, 7.5, 0.1426158966967038",
    "ERF, -0.4, -0.42839235504666846",
    "ABS, -2.5, 2.5",
    "SIGN, -2.5, -1",
    "SIGN, 0, 0",
    "SIN, 0.5235987755982988, 0.5",
    "COS, 1.0471975511965976, 0.5",
    "SOFTPLUS, 800, 800",
    "SIGMOID, -800, 0",
    "SIGMOID, 800, 1",
  })
  void functions(Function function, double x, double expected) {
    double value = evaluate(new Expr.Call(function, List.of(X)), x, 0);
    assertEquals(expected, value, 1e-12 * Math.abs(expected));
  }

  @Test
  void functionsOfSeveralArguments() {
    assertEquals(-2, evaluate(Exprs.call(Function.MIN, X, Y), 3, -2));
    assertEquals(3, evaluate(Exprs.call(Function.MAX, X, Y), 3, -2));
    Expr clamp = Exprs.call(Function.CLAMP, X, Exprs.MINUS_ONE, Exprs.TWO);
    assertEquals(-1, evaluate(clamp, -5, 0));
    assertEquals(0.5, evaluate(clamp, 0.5, 0));
    assertEquals(2, evaluate(clamp, 5, 0));
  }

  @Test
  void reductionsRunOverTheExamples() {
    Bindings three = rows(2, 3, 7);
    Axis batch = new Axis.Batch(DATA);
    Expr square = Exprs.square(X);
    assertEquals(62.0 / 3, ExprEvaluator.evaluate(new Expr.Reduce(true, I, batch, square), three));
    assertEquals(62, ExprEvaluator.evaluate(new Expr.Reduce(false, I, batch, square), three));
  }

  @Test
  void whatNoProgramContainsIsRejected() {
    List<Expr> foreign =
        List.of(
            new Expr.Oracle("ell", 0, 1, Optional.empty(), X),
            new Expr.Expect(X, X),
            new Expr.Draw(X, Exprs.ONE),
            new Expr.Reduce(true, I, DATA, X));
    for (Expr expression : foreign) {
      assertThrows(
          IllegalArgumentException.class, () -> ExprEvaluator.evaluate(expression, rows(1)));
    }
  }

  /** Bindings under which every symbol has the example's value. */
  private static Bindings rows(double... values) {
    return new Bindings() {
      @Override
      public double symbol(Sym symbol) {
        throw new IllegalArgumentException("outside the minibatch");
      }

      @Override
      public List<Bindings> examples() {
        return Arrays.stream(values).mapToObj(value -> (Bindings) symbol -> value).toList();
      }
    };
  }
}
