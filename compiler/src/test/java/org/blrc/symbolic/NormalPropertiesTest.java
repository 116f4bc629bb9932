package org.blrc.symbolic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.blrc.symbolic.Expr.Sym;

/** What makes a normal form one. */
class NormalPropertiesTest {

  @Provide
  Arbitrary<Expr> any() {
    return Samples.any();
  }

  @Provide
  Arbitrary<Rewriting> rewriting() {
    return Rewriting.any();
  }

  @Provide
  Arbitrary<Map<Sym, Rational>> point() {
    return Samples.points();
  }

  @Property(seed = "1", edgeCases = EdgeCasesMode.NONE)
  void keepsValues(@ForAll("any") Expr expr, @ForAll("point") Map<Sym, Rational> at) {
    Expr normal = within(() -> Normal.simplify(expr));
    boolean lost =
        Precise.value(expr, at).filter(Precise::isDefined).isPresent()
            && Precise.value(normal, at).filter(value -> !value.isDefined()).isPresent();
    assertFalse(lost, () -> "%s has no value, but %s has".formatted(print(normal), print(expr)));
    sameValue(expr, normal, at);
  }

  @Property(seed = "2", edgeCases = EdgeCasesMode.NONE)
  void isItsOwnNormalForm(@ForAll("any") Expr expr) {
    Expr once = within(() -> Normal.simplify(expr));
    Expr twice = within(() -> Normal.simplify(once));
    assertEquals(print(once), print(twice));
    assertEquals(once, twice);
    assertTrue(Normal.equal(once, expr), () -> print(once));
  }

  @Property(seed = "3", edgeCases = EdgeCasesMode.NONE)
  void isTheSameForEveryShape(
      @ForAll("any") Expr expr,
      @ForAll("rewriting") Rewriting rewriting,
      @ForAll("point") Map<Sym, Rational> at) {
    Expr other = within(() -> rewriting.of(expr));
    sameValue(expr, other, at);
    Assume.that(
        within(() -> Samples.keepsItsFormExpanded(expr) && Samples.keepsItsFormExpanded(other)));
    assertTrue(
        within(() -> Normal.equal(expr, other)),
        () ->
            "%s has the form %s,%nbut %s %s"
                .formatted(
                    print(expr),
                    print(Normal.simplify(expr)),
                    print(other),
                    print(Normal.simplify(other))));
  }

  @Property(seed = "4", maxDiscardRatio = 50, edgeCases = EdgeCasesMode.NONE)
  void isAnotherForAnotherFunction(
      @ForAll("any") Expr left,
      @ForAll("any") Expr right,
      @ForAll("rewriting") Rewriting rewriting,
      @ForAll("point") Map<Sym, Rational> at) {
    Expr other = within(() -> rewriting.of(Exprs.add(left, right)));
    Assume.that(within(() -> Normal.equal(left, other)));
    sameValue(left, other, at);
  }

  private static <T> T within(Supplier<T> work) {
    try {
      return work.get();
    } catch (WorkBudget.Exceeded e) {
      Assume.that(false);
      throw e;
    }
  }

  /** Where both have values, they are the same. */
  private static void sameValue(Expr left, Expr right, Map<Sym, Rational> at) {
    Optional<Precise> expected = Precise.value(left, at).filter(Precise::isDefined);
    Statistics.label("known values")
        .collect(expected.isPresent())
        .coverage(coverage -> coverage.check(true).percentage(share -> share > 50));
    if (expected.isPresent()) {
      Optional<Precise> actual = Precise.value(right, at).filter(Precise::isDefined);
      assertTrue(
          actual.isEmpty() || actual.get().agreesWith(expected.get()),
          () ->
              "%s is %s, but %s is %s"
                  .formatted(
                      print(left),
                      expected.get().coarse(),
                      print(right),
                      actual.orElseThrow().coarse()));
    }
  }

  private static String print(Expr expr) {
    return ExprPrinter.TEXT.print(expr);
  }
}
