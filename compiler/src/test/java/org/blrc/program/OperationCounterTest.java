package org.blrc.program;

import static org.blrc.symbolic.Exprs.ONE;
import static org.blrc.symbolic.Exprs.TWO;
import static org.blrc.symbolic.Exprs.add;
import static org.blrc.symbolic.Exprs.call;
import static org.blrc.symbolic.Exprs.divide;
import static org.blrc.symbolic.Exprs.mul;
import static org.blrc.symbolic.Exprs.num;
import static org.blrc.symbolic.Exprs.pow;
import static org.blrc.symbolic.Exprs.sqrt;
import static org.blrc.symbolic.Exprs.square;
import static org.blrc.symbolic.Exprs.subtract;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.blrc.program.Definitions.Level;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Function;
import org.blrc.symbolic.Rational;
import org.junit.jupiter.api.Test;

final class OperationCounterTest {

  private static final Sym A = new Sym(Sym.Kind.HYPER, "a", 0, Domain.POSITIVE);
  private static final Sym B = new Sym(Sym.Kind.HYPER, "b", 1, Domain.POSITIVE);
  private static final Sym X = new Sym(Sym.Kind.STATE, "x", 2, Domain.POSITIVE);
  private static final Sym Y = new Sym(Sym.Kind.STATE, "y", 3, Domain.POSITIVE);

  @Test
  void whatIsTheSameForAllParametersIsFree() {
    assertEquals(Operations.NONE, count(divide(sqrt(add(A, B)), call(Function.EXP, A))));
    assertEquals(Operations.multiplications(1), count(mul(A, B, X)));
    assertEquals(Operations.multiplications(1), count(divide(X, subtract(ONE, A))));
    assertEquals(Operations.additions(1), count(add(A, B, X)));
  }

  @Test
  void signsAreFree() {
    assertEquals(Operations.additions(1), count(subtract(X, Y)));
    assertEquals(Operations.multiplications(1), count(mul(num(-1), X, Y)));
  }

  @Test
  void whatIsNeededTwiceIsComputedOnce() {
    Expr root = sqrt(add(X, A));
    assertEquals(new Operations(2, 0, 1, 1, 0, 0), count(add(root, divide(Y, root))));
    assertEquals(new Operations(1, 1, 0, 0, 0, 0), count(mul(X, Y), add(A, mul(num(-1), X, Y))));
  }

  @Test
  void aQuotientHasOneDivision() {
    assertEquals(new Operations(0, 1, 1, 0, 0, 0), count(divide(A, mul(X, Y))));
    assertEquals(Operations.divisions(1), count(divide(X, Y)));
  }

  @Test
  void smallPowersAreProducts() {
    assertEquals(Operations.multiplications(1), count(square(X)));
    assertEquals(Operations.multiplications(2), count(pow(X, num(3))));
    assertEquals(Operations.multiplications(3), count(pow(X, num(8))));
    assertEquals(new Operations(0, 1, 0, 1, 0, 0), count(pow(X, num(Rational.of(3, 2)))));
    assertEquals(Operations.transcendental(1), count(pow(X, num(Rational.of(1, 3)))));
    assertEquals(Operations.transcendental(1), count(pow(X, A)));
    assertEquals(Operations.transcendental(1), count(pow(X, num(100))));
  }

  @Test
  void functionsAreToldApart() {
    assertEquals(Operations.transcendental(1), count(call(Function.TANH, X)));
    assertEquals(new Operations(0, 0, 0, 0, 0, 2), count(call(Function.CLAMP, X, A, B)));
    assertEquals(new Operations(0, 1, 0, 0, 0, 1), count(call(Function.MAX, X, mul(TWO, Y))));
  }

  private static Operations count(Expr... expressions) {
    OperationCounter counter = new OperationCounter(new Definitions(ZooPrograms.rmsprop()));
    for (Expr expression : expressions) {
      counter.count(expression);
    }
    return counter.total(Level.COORDINATE);
  }
}
