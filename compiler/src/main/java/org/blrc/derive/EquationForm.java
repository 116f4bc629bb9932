package org.blrc.derive;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.blrc.family.FamilyFacts;
import org.blrc.symbolic.CoordinateSums;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Draw;
import org.blrc.symbolic.Expr.Expect;
import org.blrc.symbolic.Expr.Noise;
import org.blrc.symbolic.Expr.Oracle;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Walk;

/**
 * The form that all right-hand sides of update equations have between passes: expectations of
 * statistics are known means, draws in arithmetic are their sampler's values where these are affine
 * in the noise (elsewhere, as in the points of oracles, they are named), expectations and sums are
 * linear and hold only what they bind, and nothing is longer than its normal form.
 */
record EquationForm(FamilyFacts posterior) {

  Expr of(Expr expr) {
    return tidy(asWritten(expr));
  }

  /** The same at any length. */
  Expr asWritten(Expr expr) {
    return linear(draws(expr));
  }

  /**
   * Each part on its own first, so that what cancels in one place does not multiply out the others.
   */
  private static Expr tidy(Expr expr) {
    return Atoms.isOpaque(expr) ? expr : Normal.tidy(Walk.mapChildren(expr, EquationForm::tidy));
  }

  /** Draw number {@code index} as a function of states and noise. */
  Expr draw(Expr index) {
    return withNoise(posterior.sampler().orElseThrow(), index);
  }

  /** A draw as a function of states and noise, from the model that its variable belongs to. */
  static Expr drawn(Expr expr, List<Model> models) {
    Draw draw = (Draw) expr;
    Model of =
        models.stream()
            .filter(each -> each.variable().equals(draw.variable()))
            .findFirst()
            .orElseThrow();
    return new EquationForm(of.posterior()).draw(draw.index());
  }

  private static Expr withNoise(Expr expr, Expr index) {
    return expr
            instanceof
            Noise(String name, int rank, Expr.Distribution distribution, Optional<Expr> _)
        ? new Noise(name, rank, distribution, Optional.of(index))
        : Walk.mapChildren(expr, child -> withNoise(child, index));
  }

  /** Whether the sampler shifts and scales its noise, which arithmetic sees through. */
  private boolean isAffine() {
    return posterior
        .sampler()
        .filter(
            sampler ->
                posterior.noises().stream()
                    .allMatch(noise -> Normal.coefficients(sampler, noise, 1).isPresent()))
        .isPresent();
  }

  /** Whether a random variable is the posterior's, and not that of another component. */
  private boolean isOwn(Sym variable) {
    return variable.equals(posterior.variable());
  }

  private Expr draws(Expr expr) {
    return switch (expr) {
      case Oracle _ -> expr;
      case Draw(Sym variable, Expr index) when isOwn(variable) && isAffine() -> draw(index);
      default -> Walk.mapChildren(expr, this::draws);
    };
  }

  private Expr linear(Expr expr) {
    Expr inner = Walk.mapChildren(expr, this::linear);
    return switch (inner) {
      case Expect(Sym variable, Expr _) when !isOwn(variable) -> Normal.simplify(inner);
      case Expect _ -> posterior.withKnownMeans(Normal.simplify(inner));
      // A norm is computed as it is written: its expansion could cancel.
      case Reduce _ when CoordinateSums.isSum(inner) -> inner;
      // A power of a draw reads better, and is computed more cheaply, than its expansion. New
      // values
      // are known after all draws, and have to stand before the mean.
      case Reduce _ when !Walk.contains(inner, EquationForm::isOracleOrNew) ->
          Normal.shorter(inner);
      case Reduce _, Oracle _ -> Normal.simplify(inner);
      default -> inner;
    };
  }

  private static boolean isOracleOrNew(Expr part) {
    return part instanceof Oracle || (part instanceof Sym sym && sym.kind() == Sym.Kind.NEW);
  }

  /**
   * The expectation of a sum. Term by term: over a common denominator, what one term overflows
   * would spoil the others.
   */
  Expr expectation(Stream<Expr> terms) {
    return of(
        Exprs.add(
            terms.map(term -> Normal.simplify(new Expect(posterior.variable(), term))).toList()));
  }

  /** The posterior mean, where the variable itself is a statistic. */
  Optional<Expr> mean() {
    Expr known = posterior.withKnownMeans(new Expect(posterior.variable(), posterior.variable()));
    return known instanceof Expect ? Optional.empty() : Optional.of(known);
  }

  /** Whether an expression still depends on the random variable or its noise. */
  static boolean isRandom(Expr expr) {
    return Walk.contains(
        expr,
        part ->
            switch (part) {
              case Sym symbol -> symbol.kind() == Sym.Kind.VARIABLE;
              case Noise noise -> noise.index().isEmpty();
              default -> false;
            });
  }
}
