package org.blrc.symbolic;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.blrc.symbolic.Expr.Sym;

/** Solutions against the values that they come from. */
class SolverPropertiesTest {

  /** What may stand around an unknown, with any other expression. */
  enum Layer {
    SCALED,
    SHIFTED,
    RECIPROCAL,
    EXP,
    LOG,
    TANH,
    SIGMOID,
    SOFTPLUS,
    EXPONENT,
    CUBE,
    ROOT,
    SQUARE,
    QUADRATIC,
    TWICE;

    Expr around(Expr inner, Expr other) {
      return switch (this) {
        case SCALED -> Exprs.mul(Exprs.call(Function.EXP, other), inner);
        case SHIFTED -> Exprs.add(inner, other);
        case RECIPROCAL -> Exprs.reciprocal(inner);
        case EXP -> Exprs.call(Function.EXP, inner);
        case LOG -> Exprs.call(Function.LOG, inner);
        case TANH -> Exprs.call(Function.TANH, inner);
        case SIGMOID -> Exprs.call(Function.SIGMOID, inner);
        case SOFTPLUS -> Exprs.call(Function.SOFTPLUS, inner);
        case EXPONENT -> Exprs.pow(Exprs.add(Exprs.ONE, Samples.Q), inner);
        case CUBE -> Exprs.pow(inner, Exprs.num(3));
        case ROOT -> Exprs.sqrt(inner);
        case SQUARE -> Exprs.square(inner);
        case QUADRATIC -> Exprs.add(Exprs.square(inner), Exprs.mul(Samples.Q, inner));
        case TWICE -> Exprs.subtract(Exprs.mul(Exprs.num(3), inner), Exprs.mul(Samples.U, inner));
      };
    }
  }

  /**
   * A layer.
   *
   * @param other what it takes beside the unknown
   */
  record Step(Layer layer, Expr other) {}

  @Provide
  Arbitrary<Sym> unknown() {
    return Arbitraries.of(Samples.P, Samples.X, Samples.U, Samples.N);
  }

  @Provide
  Arbitrary<List<Step>> layers() {
    return Combinators.combine(Arbitraries.of(Layer.values()), Samples.small())
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<Expr> any() {
    return Samples.any();
  }

  @Provide
  Arbitrary<Expr> smooth() {
    return Samples.smooth();
  }

  @Provide
  Arbitrary<Map<Sym, Rational>> point() {
    return Samples.points();
  }

  @Property(seed = "6", edgeCases = EdgeCasesMode.NONE)
  void whatIsSolvedLayerByLayerIsTheUnknown(
      @ForAll("unknown") Sym unknown,
      @ForAll("layers") List<Step> layers,
      @ForAll("point") Map<Sym, Rational> at) {
    WorkBudget.reset();
    Expr left = unknown;
    for (Step step : layers) {
      Assume.that(!Walk.contains(step.other, unknown));
      left = step.layer.around(left, step.other);
    }
    check(left, unknown, at);
  }

  @Property(seed = "7", maxDiscardRatio = 50, edgeCases = EdgeCasesMode.NONE)
  void whatIsSolvedOfAnyExpressionIsTheUnknown(
      @ForAll("unknown") Sym unknown,
      @ForAll("any") Expr left,
      @ForAll("point") Map<Sym, Rational> at) {
    WorkBudget.reset();
    Assume.that(Walk.contains(left, unknown));
    check(left, unknown, at);
  }

  private static void check(Expr left, Sym unknown, Map<Sym, Rational> at) {
    Optional<Precise> right = Precise.value(left, at).filter(Precise::isDefined);
    Assume.that(right.isPresent());
    requireThatItTells(left, unknown, at, right.get());
    Optional<Expr> solution = Solver.solve(left, Samples.TARGET, unknown);
    Assume.that(solution.isPresent());
    Map<Sym, Precise> known = new HashMap<>();
    at.forEach((symbol, value) -> known.put(symbol, Precise.of(value)));
    known.remove(unknown);
    known.put(Samples.TARGET, right.get());
    Optional<Precise> value = Precise.valueAt(solution.get(), known);
    assertTrue(
        value.isEmpty() || value.get().agreesWith(Precise.of(at.get(unknown))),
        () ->
            "%s = target gives %s, which is %s"
                .formatted(
                    ExprPrinter.TEXT.print(left), ExprPrinter.TEXT.print(solution.get()), value));
  }

  /** Where the left side hardly depends on the unknown, its value does not tell it. */
  private static void requireThatItTells(
      Expr left, Sym unknown, Map<Sym, Rational> at, Precise value) {
    Map<Sym, Rational> near = new HashMap<>(at);
    near.compute(unknown, (_, number) -> number.times(Rational.of(1_000_001, 1_000_000)));
    Assume.that(Precise.value(left, near).filter(other -> !other.agreesWith(value)).isPresent());
  }

  @Property(seed = "8", edgeCases = EdgeCasesMode.NONE)
  void aLinearEquationIsSolvedForAnyAtom(@ForAll("smooth") Expr factor, @ForAll("any") Expr term) {
    WorkBudget.reset();
    Expr atom = Exprs.call(Function.SIN, Samples.TARGET);
    Assume.that(!Normal.isZero(factor));
    Assume.that(Samples.keepsItsFormExpanded(factor) && Samples.keepsItsFormExpanded(term));
    Expr zero = Exprs.add(Exprs.mul(factor, atom), term);
    Expr root = Solver.solveLinear(zero, atom).orElseThrow();
    // Where the factor is zero, there is no root.
    Expr rest = Exprs.mul(factor, Walk.substitute(zero, atom, root));
    assertTrue(Normal.isZero(rest), () -> ExprPrinter.TEXT.print(root));
  }
}
