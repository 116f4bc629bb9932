package org.blrc.derive;

import java.util.Optional;
import org.blrc.family.FamilyFacts;
import org.blrc.family.Support;
import org.blrc.symbolic.Expr;
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
    if (differences().isPresent() && !model.relaxed()) {
      return differences().get();
    }
    if (pathwise().isPresent()) {
      return pathwise().get();
    }
    if (posterior.support() instanceof Support.Interval) {
      throw Failure.at(
              model.spec().posterior().family().span(),
              Code.NO_SAMPLER,
              "the family `"
                  + posterior.name()
                  + "` has no sampler, so the gradient of an expectation cannot be taken")
          .hint("add a `sample` clause to the family");
    }
    return new ScoreGradient(
        posterior, "the support is not finite, and no derivative passes through whole numbers");
  }

  private Optional<ExpectationGradient> differences() {
    return posterior.support() instanceof Support.Finite finite
        ? Optional.of(new SupportDifferences(posterior, finite))
        : Optional.empty();
  }

  private Optional<ExpectationGradient> pathwise() {
    boolean smooth = model.relaxed() || posterior.support() instanceof Support.Interval;
    Optional<Expr> sampler = posterior.sampler();
    return smooth && sampler.isPresent()
        ? Optional.of(new PathwiseGradient(model, posterior, sampler.get()))
        : Optional.empty();
  }

  private Failure notFinite(Term.Name way) {
    return Failure.at(
            way.span(),
            Code.NO_SAMPLER,
            "the support of `" + posterior.name() + "` is not finite, so it cannot be enumerated")
        .hint("use `gradient pathwise` or `gradient score`");
  }

  private Failure notPathwise(Term.Name way) {
    boolean discrete = !(posterior.support() instanceof Support.Interval);
    return Failure.at(
            way.span(),
            Code.NO_SAMPLER,
            discrete
                ? "no derivative passes through the values of `" + posterior.name() + "`"
                : "the family `" + posterior.name() + "` has no sampler")
        .hint(
            discrete
                ? "relax the random variable with a rule such as `concrete`, or leave the choice"
                    + " to the compiler"
                : "add a `sample` clause to the family");
  }
}
