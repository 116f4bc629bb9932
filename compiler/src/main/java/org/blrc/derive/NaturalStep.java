package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blrc.derive.Step.Line;
import org.blrc.family.FamilyFacts;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.syntax.Code;

/** The passes from the objective to exact update equations of the declared states. */
final class NaturalStep {

  static final String PAPER = "Khan & Rue, The Bayesian Learning Rule, JMLR 2023";

  private final Model model;
  private final Objective objective;
  private final List<Step> steps;

  NaturalStep(Objective objective, List<Step> steps) {
    this.model = objective.model();
    this.objective = objective;
    this.steps = steps;
  }

  Equations derive() {
    int states = model.coordinates().size();
    int parameters = objective.varying().size();
    if (states == 0) {
      throw Failure.at(
              model.spec().posterior().span(),
              Code.STATES,
              "the posterior does not depend on any state")
          .hint("use a state in one of its arguments, as in `mean = m`");
    }
    if (states > parameters) {
      throw Failure.at(
              model.spec().posterior().span(),
              Code.STATES,
              "the posterior has "
                  + states
                  + " states but only "
                  + parameters
                  + (parameters == 1
                      ? " natural parameter that varies"
                      : " natural parameters that vary"))
          .hint("remove a state, so that the states can be told from the posterior");
    }
    List<Expr> gradient = gradients();
    Equations equations;
    if (states < parameters) {
      equations = new OwnStep(objective, steps).curved(gradient);
    } else if (model.blockwise()) {
      equations = new OwnStep(objective, steps).blockwise(gradient);
    } else {
      equations = new JointStep(objective, steps).derive(gradient);
    }
    return rates(equations);
  }

  /** The gradient of the expected integrand in the coordinates. */
  private List<Expr> gradients() {
    FamilyFacts posterior = objective.coordinates().facts();
    Expr sampler =
        posterior
            .sampler()
            .orElseThrow(
                () ->
                    Failure.at(
                            model.spec().posterior().family().span(),
                            Code.NO_SAMPLER,
                            "the family `"
                                + posterior.name()
                                + "` has no sampler, so the gradient of an expectation cannot be"
                                + " taken")
                        .hint("add a `sample` clause to the family"));
    PathwiseGradient pathwise = new PathwiseGradient(model, posterior, sampler);
    List<Line> lines = new ArrayList<>();
    lines.add(new Line.Equation(new Quantity.Value(model.variable()), sampler));
    for (Sym coordinate : objective.coordinates().symbols()) {
      lines.add(
          new Line.Equation(
              new Quantity.SampleDerivative(model.variable(), coordinate),
              pathwise.weight(coordinate)));
    }
    lines.add(new Line.Equation(new Quantity.Integrand(), objective.integrand()));
    List<Expr> gradients = new ArrayList<>();
    for (Sym coordinate : objective.coordinates().symbols()) {
      Expr gradient = pathwise.gradient(objective.integrand(), coordinate);
      gradients.add(gradient);
      lines.add(new Line.Equation(new Quantity.ExpectedGradient(coordinate), gradient));
    }
    Prose justification =
        Prose.of("pathwise derivative ")
            .then(Formulas.pathwise(model.variable()))
            .then(" through the sampler");
    if (pathwise.steinUsed()) {
      justification =
          justification
              .then("; Stein's lemma ")
              .then(Formulas.stein(posterior.noises().getFirst().name()))
              .then(
                  " removes the standard normal noise (for the Gaussian these are Bonnet's and"
                      + " Price's theorems)");
    }
    steps.add(
        new Step(
            "Gradient of the expectation",
            lines,
            justification,
            Optional.of(PAPER + ", appendix A; Stein 1981"),
            Grade.EXACT,
            Optional.empty()));
    return gradients;
  }

  private Equations rates(Equations equations) {
    Rates rates = Rates.of(model);
    Equations result = equations.map(update -> update.withRate(rates.of(update.state())));
    List<Line> lines = new ArrayList<>();
    for (Update update : result.updates()) {
      lines.add(new Line.Equation(new Quantity.NewValue(update.state()), update.value()));
    }
    steps.add(
        new Step(
            rates.common() ? "Rate" : "A rate for each state",
            lines,
            rates.common()
                ? Prose.of(Formulas.rate(rates.of(model.coordinates().getFirst())))
                : Prose.of(
                    "each state has its own rate; the step is then no longer the rule's for one"
                        + " common parameter"),
            rates.common() ? Optional.empty() : Optional.of(PAPER + ", section 4.2"),
            rates.common() ? Grade.EXACT : Grade.BIASED,
            Optional.empty()));
    return result;
  }
}
