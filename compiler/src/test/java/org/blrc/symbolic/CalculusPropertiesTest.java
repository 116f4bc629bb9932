package org.blrc.symbolic;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.blrc.symbolic.Expr.Sym;

/** Derivatives against differences of sixth order. */
class CalculusPropertiesTest {

  /** Of the values at one, two and three steps to the right, less those to the left. */
  private static final List<Rational> WEIGHTS =
      List.of(Rational.of(3, 4), Rational.of(-3, 20), Rational.of(1, 60));

  private static final Rational STEP = Rational.of(1, 1_000_000);

  @Provide
  Arbitrary<Expr> smooth() {
    return Samples.smooth();
  }

  @Provide
  Arbitrary<Sym> symbol() {
    return Arbitraries.of(Samples.SYMBOLS);
  }

  @Provide
  Arbitrary<Map<Sym, Rational>> point() {
    return Samples.points();
  }

  @Property(seed = "5", edgeCases = EdgeCasesMode.NONE)
  void derivativesAreLimitsOfDifferences(
      @ForAll("smooth") Expr expr,
      @ForAll("symbol") Sym by,
      @ForAll("point") Map<Sym, Rational> at) {
    Expr derivative = Calculus.derivative(expr, by);
    Optional<Precise> wide = difference(expr, by, at, STEP);
    Optional<Precise> narrow = difference(expr, by, at, STEP.times(Rational.of(1, 2)));
    Assume.that(wide.isPresent() && narrow.isPresent());
    // Half the step has a 64th of the error, so the two differ by nearly all that the wide one has.
    Precise limit = new Precise(wide.get().fine(), narrow.get().fine());
    Optional<Precise> value = Precise.value(derivative, at);
    assertTrue(
        value.isEmpty() || limit.contains(value.get()),
        () ->
            "d/d%s %s = %s is %s, the difference %s"
                .formatted(
                    by.name(),
                    ExprPrinter.TEXT.print(expr),
                    ExprPrinter.TEXT.print(derivative),
                    value,
                    limit));
  }

  private static Optional<Precise> difference(
      Expr expr, Sym by, Map<Sym, Rational> at, Rational step) {
    return Precise.known(
        () -> {
          Precise sum = Precise.of(Rational.ZERO);
          for (int i = 1; i <= WEIGHTS.size(); i++) {
            Rational offset = step.times(Rational.of(i));
            Precise right = value(expr, moved(at, by, offset));
            Precise left = value(expr, moved(at, by, offset.negate()));
            sum = sum.plus(right.minus(left).times(Precise.of(WEIGHTS.get(i - 1))));
          }
          return sum.over(Precise.of(step));
        });
  }

  private static Precise value(Expr expr, Map<Sym, Rational> at) {
    return Precise.value(expr, at).filter(Precise::isDefined).orElseThrow(Precise.Unknown::new);
  }

  private static Map<Sym, Rational> moved(Map<Sym, Rational> at, Sym symbol, Rational offset) {
    Map<Sym, Rational> moved = new HashMap<>(at);
    moved.put(symbol, at.get(symbol).plus(offset));
    return moved;
  }
}
