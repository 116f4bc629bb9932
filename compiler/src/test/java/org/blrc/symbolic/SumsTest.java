package org.blrc.symbolic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Draw;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Expr.Sym;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a sum or mean makes of terms that do not depend on its index. */
final class SumsTest {

  private static final Sym INDEX = new Sym(Sym.Kind.INDEX, "k", 0, Domain.REAL);
  private static final Sym CONSTANT = new Sym(Sym.Kind.HYPER, "c", 0, Domain.REAL);
  private static final Sym COUNT = new Sym(Sym.Kind.HYPER, "n", 1, Domain.POSITIVE);
  private static final Expr TERM = new Draw(new Sym(Sym.Kind.VARIABLE, "x", 0, Domain.REAL), INDEX);
  private static final Axis.Data DATA = new Axis.Data("rows", 0, COUNT);

  @BeforeEach
  void startCounting() {
    WorkBudget.reset();
  }

  private static Expr sum(Axis axis, Expr body) {
    return new Reduce(false, INDEX, axis, body);
  }

  private static Expr mean(Axis axis, Expr body) {
    return new Reduce(true, INDEX, axis, body);
  }

  private static void assertSame(Expr expected, Expr actual) {
    assertEquals(Normal.simplify(expected), Normal.simplify(actual));
  }

  @Test
  void aConstantIsCountedOnceForEachTerm() {
    for (Axis axis : new Axis[] {DATA, new Axis.Draws(COUNT)}) {
      Expr expected = Exprs.add(Exprs.mul(COUNT, CONSTANT), sum(axis, TERM));
      assertSame(expected, sum(axis, Exprs.add(CONSTANT, TERM)));
    }
    assertSame(Exprs.num(6), sum(new Axis.Draws(Exprs.num(3)), Exprs.TWO));
  }

  /** Over all coordinates, of which each has its own x, and all share s. */
  @Test
  void theMeanOverCoordinatesIsLinear() {
    Sym own = new Sym(Sym.Kind.STATE, "x", 0, Domain.REAL);
    Sym shared = new Sym(Sym.Kind.STATE, "s", 1, Domain.POSITIVE, true);
    Expr mean = CoordinateSums.average(own);
    Expr body = Exprs.add(Exprs.mul(shared, CONSTANT, own), Exprs.square(shared), mean);
    Expr expected = Exprs.add(Exprs.mul(shared, CONSTANT, mean), Exprs.square(shared), mean);
    assertSame(expected, CoordinateSums.average(body));
    assertFalse(Normal.equal(Exprs.square(mean), CoordinateSums.average(Exprs.square(own))));
    assertFalse(Normal.equal(Exprs.mul(own, mean), CoordinateSums.average(Exprs.square(own))));
    assertFalse(Normal.equal(own, mean));
  }

  /** An expectation under each coordinate's own posterior differs between them. */
  @Test
  void theMeanOverCoordinatesKeepsExpectations() {
    Sym variable = new Sym(Sym.Kind.VARIABLE, "theta", 0, Domain.REAL);
    Expr expectation = new Expr.Expect(variable, Exprs.square(variable));
    Expr mean = CoordinateSums.average(expectation);
    assertSame(mean, CoordinateSums.average(mean));
    assertFalse(Normal.equal(expectation, mean));
  }

  @Test
  void aMinibatchHasAsManyTermsAsItIsGiven() {
    Axis batch = new Axis.Batch(DATA);
    Expr summed = sum(batch, Exprs.add(CONSTANT, TERM));
    assertSame(Exprs.add(Exprs.mul(CONSTANT, sum(batch, Exprs.ONE)), sum(batch, TERM)), summed);
    assertFalse(Normal.equal(Exprs.add(CONSTANT, sum(batch, TERM)), summed));
  }

  @Test
  void theMeanOfAConstantIsTheConstant() {
    for (Axis axis : new Axis[] {DATA, new Axis.Batch(DATA), new Axis.Draws(COUNT)}) {
      assertSame(Exprs.add(CONSTANT, mean(axis, TERM)), mean(axis, Exprs.add(CONSTANT, TERM)));
    }
  }
}
