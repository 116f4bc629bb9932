package org.blrc.symbolic;

import static org.blrc.symbolic.Exprs.ONE;
import static org.blrc.symbolic.Exprs.add;
import static org.blrc.symbolic.Exprs.divide;
import static org.blrc.symbolic.Exprs.mul;
import static org.blrc.symbolic.Exprs.square;
import static org.blrc.symbolic.Exprs.subtract;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.blrc.symbolic.Expr.Sym;
import org.junit.jupiter.api.Test;

final class ContainmentTest {

  private static final Domain HALF_OPEN = new Domain(0, true, 1, false);

  private static int rank;

  private static Sym symbol(Domain domain) {
    return new Sym(Sym.Kind.HYPER, "x" + rank, rank++, domain);
  }

  /** (1 - rate) old + rate target. */
  private static Expr mix(Expr rate, Expr old, Expr target) {
    return add(mul(subtract(ONE, rate), old), mul(rate, target));
  }

  private static void certain(Expr value, Domain domain) {
    assertTrue(Containment.isCertain(value, domain));
  }

  private static void uncertain(Expr value, Domain domain) {
    assertFalse(Containment.isCertain(value, domain));
  }

  @Test
  void averagesOfSquaresAreNotNegative() {
    Sym x = symbol(Domain.REAL);
    Sym old = symbol(Domain.NONNEGATIVE);
    certain(mix(symbol(Domain.UNIT), old, square(x)), Domain.NONNEGATIVE);
    uncertain(mix(symbol(Domain.UNIT), old, x), Domain.NONNEGATIVE);
    uncertain(mix(symbol(Domain.POSITIVE), old, square(x)), Domain.NONNEGATIVE);
  }

  @Test
  void whatMayVanishIsNotPositive() {
    Sym x = symbol(Domain.REAL);
    Sym old = symbol(Domain.POSITIVE);
    uncertain(mix(symbol(Domain.UNIT), old, square(x)), Domain.POSITIVE);
    certain(mix(symbol(HALF_OPEN), old, square(x)), Domain.POSITIVE);
    certain(mix(symbol(Domain.UNIT), old, add(square(x), ONE)), Domain.POSITIVE);
  }

  @Test
  void averagesStayInIntervals() {
    Sym rate = symbol(Domain.UNIT);
    certain(mix(rate, symbol(Domain.UNIT), symbol(Domain.UNIT)), Domain.UNIT);
    Expr sigmoid = Exprs.call(Function.SIGMOID, symbol(Domain.REAL));
    certain(mix(rate, symbol(Domain.UNIT), sigmoid), Domain.UNIT);
    certain(mix(rate, symbol(Domain.open(0, 1)), sigmoid), Domain.open(0, 1));
    uncertain(mix(rate, symbol(Domain.open(0, 1)), symbol(Domain.UNIT)), Domain.open(0, 1));
    uncertain(add(symbol(Domain.UNIT), symbol(Domain.UNIT)), Domain.UNIT);
    certain(subtract(ONE, symbol(Domain.UNIT)), Domain.UNIT);
  }

  /** r (1 + k d + (k d)^2 / 2) is r (1 + (1 + k d)^2) / 2. */
  @Test
  void quadraticsAreJudgedByTheirDiscriminant() {
    Sym r = symbol(Domain.POSITIVE);
    Expr kd = mul(symbol(Domain.UNIT), symbol(Domain.REAL));
    certain(mul(r, add(ONE, kd, divide(square(kd), Exprs.TWO))), Domain.POSITIVE);
    uncertain(mul(r, add(ONE, mul(Exprs.TWO, kd), square(kd))), Domain.POSITIVE);
    certain(mul(r, add(ONE, mul(Exprs.TWO, kd), square(kd))), Domain.NONNEGATIVE);
    uncertain(mul(r, add(ONE, mul(Exprs.num(3), kd), square(kd))), Domain.NONNEGATIVE);
  }

  @Test
  void polesAreNotCertain() {
    Sym x = symbol(Domain.POSITIVE);
    Sym rate = symbol(Domain.UNIT);
    uncertain(divide(x, subtract(ONE, rate)), Domain.POSITIVE);
    certain(divide(x, add(ONE, rate)), Domain.POSITIVE);
    certain(divide(x, subtract(ONE, symbol(HALF_OPEN))), Domain.POSITIVE);
  }
}
