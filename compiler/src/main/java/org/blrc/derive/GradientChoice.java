package org.blrc.derive;

import java.util.Optional;
import org.blrc.family.FamilyFacts;
import org.blrc.family.Support;
import org.blrc.symbolic.Calculus;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Code;
import org.blrc.syntax.Term;

/**
 * Which way the gradient of an expectation is taken: the one that the spec names, or else the first
 * that can be of enumeration, the pathwise derivative and the score function. Enumeration has no
 * variance, the score function the most.
 */
final class GradientChoice {

  private final Model model;
  private final FamilyFacts posterior;

  private GradientChoice(Model model, FamilyFacts posterior) {
    this.model = model;
    this.posterior = posterior;
  }

  /**
   * @param posterior in the coordinates of the step
   */
  static ExpectationGradient of(Model model, FamilyFacts posterior) {
    GradientChoice choice = new GradientChoice(model, posterior);
    return model.spec().gradient().map(choice::named).orElseGet(choice::first);
  }

  private ExpectationGradient named(Term.Name way) {
    return switch (way.text()) {
      case "differences" -> differences().orElseThrow(() -> notFinite(way));
      case "pathwise" -> pathwise().orElseThrow(() -> notPathwise(way));
      default -> new ScoreGradient(posterior, "the spec asks for it");
    };
  }

  private ExpectationGradient first() {
    Optional<ExpectationGradient> exact = model.relaxed() ? Optional.empty() : differences();
    Optional<ExpectationGradient> first = exact.or(this::pathwise);
    if (first.isPresent()) {
      return first.get();
    }
    if (!isContinuous()) {
      return new ScoreGradient(
          posterior, "the support is not finite, and no derivative passes through whole numbers");
    }
    if (posterior.sampler().isEmpty()) {
      throw Failure.at(
              model.spec().posterior().family().span(),
              Code.NO_SAMPLER,
              "the family `"
                  + posterior.name()
                  + "` has no sampler, so the gradient of an expectation cannot be taken")
          .hint("add a `sample` clause or a `cdf` clause to the family");
    }
    return new ScoreGradient(
        posterior,
        "the sampler has no derivative by the parameters, and the family declares no distribution"
            + " function");
  }

  private boolean isContinuous() {
    return switch (posterior.support()) {
      case Support.Interval _, Support.Circle _, Support.Simplex _ -> true;
      case Support.Finite _, Support.Counts _ -> false;
    };
  }

  private Optional<ExpectationGradient> differences() {
    return posterior.support() instanceof Support.Finite finite
        ? Optional.of(SupportDifferences.of(posterior, finite))
        : Optional.empty();
  }

  /** Through the sampler where it has derivatives, or else through the distribution function. */
  private Optional<ExpectationGradient> pathwise() {
    Optional<Expr> sampler =
        posterior.sampler().filter(each -> model.relaxed() || isDifferentiable(each));
    if (sampler.isPresent() && (model.relaxed() || isContinuous())) {
      return Optional.of(new PathwiseGradient(model, posterior, sampler.get()));
    }
    return posterior.cdf().isPresent() && isContinuous()
        ? Optional.of(new ImplicitGradient(model, posterior))
        : Optional.empty();
  }

  /** Whether a draw with the same noise has a derivative by all that may move. */
  private static boolean isDifferentiable(Expr sampler) {
    try {
      for (Expr component : Exprs.components(sampler)) {
        Walk.find(component, GradientChoice::mayMove)
            .forEach(by -> Calculus.derivative(component, by));
      }
      return true;
    } catch (Calculus.NotDifferentiable _) {
      return false;
    }
  }

  private static boolean mayMove(Expr part) {
    return part instanceof Sym symbol
        && (symbol.kind() == Sym.Kind.STATE || symbol.kind() == Sym.Kind.PARAMETER);
  }

  private Failure notFinite(Term.Name way) {
    return Failure.at(
            way.span(),
            Code.NO_SAMPLER,
            "the support of `" + posterior.name() + "` is not finite, so it cannot be enumerated")
        .hint("use `gradient pathwise` or `gradient score`");
  }

  private Failure notPathwise(Term.Name way) {
    String family = "`" + posterior.name() + "`";
    if (!isContinuous()) {
      return Failure.at(
              way.span(), Code.NO_SAMPLER, "no derivative passes through the values of " + family)
          .hint(
              "relax the random variable with a rule such as `concrete`, or leave the choice"
                  + " to the compiler");
    }
    boolean drawn = posterior.sampler().isPresent();
    return Failure.at(
            way.span(),
            Code.NO_SAMPLER,
            drawn
                ? "the sampler of " + family + " has no derivative by the parameters"
                : "the family " + family + " has no sampler")
        .hint(
            drawn
                ? "add a `cdf` clause to the family, or leave the choice to the compiler"
                : "add a `sample` clause or a `cdf` clause to the family");
  }
}
