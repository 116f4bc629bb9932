package org.blrc.derive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.derive.Step.Line;
import org.blrc.family.FamilyFacts;
import org.blrc.family.Matrix;
import org.blrc.symbolic.Calculus;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Code;

/** The passes from the objective to exact update equations of the declared states. */
final class NaturalStep {

  private static final String PAPER = "Khan & Rue, The Bayesian Learning Rule, JMLR 2023";

  private final Model model;
  private final Objective objective;
  private final List<Step> steps;
  private final FamilyFacts posterior;

  NaturalStep(Objective objective, List<Step> steps) {
    this.model = objective.model();
    this.objective = objective;
    this.steps = steps;
    this.posterior = model.posterior();
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
    boolean blockwise =
        model.spec().step().map(name -> name.text().equals("blockwise")).orElse(false);
    Equations equations;
    if (states < parameters) {
      equations = curved(gradient);
    } else if (blockwise) {
      equations = blockwise(gradient);
    } else {
      equations = joint(gradient);
    }
    return rates(equations);
  }

  /** The gradient of the expected integrand in the states. */
  private List<Expr> gradients() {
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
    PathwiseGradient pathwise = new PathwiseGradient(posterior, sampler);
    List<Line> lines = new ArrayList<>();
    lines.add(new Line.Equation(Step.Label.of(model.variable()), sampler));
    for (Sym state : model.coordinates()) {
      lines.add(
          new Line.Equation(
              Labels.sampleDerivative(model.variable(), state), pathwise.weight(state)));
    }
    lines.add(new Line.Equation(new Step.Label("f", "f"), objective.integrand()));
    List<Expr> gradients = new ArrayList<>();
    for (Sym state : model.coordinates()) {
      Expr gradient = pathwise.gradient(objective.integrand(), state);
      gradients.add(gradient);
      lines.add(new Line.Equation(Labels.expectedGradient(state), gradient));
    }
    String stein =
        pathwise.steinUsed()
            ? "; Stein's lemma E[%1$s G(%1$s)] = E[G'(%1$s)] removes the standard normal noise (for"
                    .formatted(posterior.noises().getFirst().name())
                + " the Gaussian these are Bonnet's and Price's theorems)"
            : "";
    steps.add(
        new Step(
            "Gradient of the expectation",
            lines,
            "pathwise derivative d E[f] = E[f'("
                + model.variable().name()
                + ") d"
                + model.variable().name()
                + "] through the sampler"
                + stein,
            Optional.of(PAPER + ", appendix A; Stein 1981"),
            Grade.EXACT,
            Optional.empty()));
    return gradients;
  }

  /** One step of all natural parameters together, solved for the states. */
  private Equations joint(List<Expr> gradient) {
    List<Sym> states = model.coordinates();
    List<List<Expr>> jacobian = Matrix.jacobian(objective.expectation(), states);
    List<Expr> meanGradient =
        Matrix.solve(Matrix.transpose(jacobian), gradient).orElseThrow(this::degenerate);
    List<Line> lines = new ArrayList<>();
    for (int j = 0; j < meanGradient.size(); j++) {
      lines.add(
          new Line.Equation(Labels.meanGradient(objective.varying().get(j)), meanGradient.get(j)));
    }
    steps.add(
        new Step(
            "Natural gradient",
            lines,
            "the gradient in the expectation parameters, by the chain rule: (d mu / d state)^T"
                + " grad_mu = grad_state",
            Optional.of(PAPER + ", eq. 5"),
            Grade.EXACT,
            Optional.empty()));
    List<StateSolver.Equation> equations = new ArrayList<>();
    List<Line> rule = new ArrayList<>();
    for (int j = 0; j < meanGradient.size(); j++) {
      Expr right =
          rightSide(
              objective.natural().get(j), objective.priorNatural().get(j), meanGradient.get(j));
      equations.add(new StateSolver.Equation(objective.natural().get(j), right));
      rule.add(new Line.Equation(Labels.newNatural(objective.varying().get(j)), right));
    }
    steps.add(ruleStep(rule));
    Map<Sym, Expr> solved = StateSolver.solve(model, states, equations);
    return solvedStep(
        solved,
        "each natural parameter, written in the new states, is solved for one of them; expectations"
            + " that an earlier solution determines are expressed through it");
  }

  private Failure degenerate() {
    return Failure.at(
            model.spec().posterior().span(),
            Code.STATES,
            "the states do not determine the posterior: its Fisher information in them is singular")
        .hint("give each state an effect of its own on the posterior");
  }

  private static Expr rightSide(Expr natural, Expr prior, Expr gradient) {
    Expr rate = Symbols.RATE;
    return Normal.simplify(
        Exprs.add(
            Exprs.mul(Exprs.subtract(Exprs.ONE, rate), natural),
            Exprs.mul(rate, Exprs.subtract(prior, gradient))));
  }

  private Step ruleStep(List<Line> lines) {
    String prior = objective.hasPrior() ? " + rate * prior lambda" : "";
    return new Step(
        "The Bayesian learning rule",
        lines,
        "new(lambda) = (1 - rate) * lambda" + prior + " - rate * grad_mu E[f]",
        Optional.of(PAPER + ", eq. 6"),
        Grade.EXACT,
        Optional.empty());
  }

  private Equations solvedStep(Map<Sym, Expr> solved, String justification) {
    List<Update> updates = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (Map.Entry<Sym, Expr> entry : solved.entrySet()) {
      Update update = Update.of(entry.getKey(), Symbols.RATE, entry.getValue());
      updates.add(update);
      lines.add(new Line.Equation(Labels.newState(entry.getKey()), update.value()));
    }
    updates.sort((left, right) -> Integer.compare(left.state().rank(), right.state().rank()));
    steps.add(
        new Step(
            "Solve for the states",
            lines,
            justification,
            Optional.empty(),
            Grade.EXACT,
            Optional.empty()));
    return new Equations(updates);
  }

  /** Each state takes its own step; the others stay at their old values. */
  private Equations blockwise(List<Expr> gradient) {
    List<Line> lines = new ArrayList<>();
    List<Update> updates = new ArrayList<>();
    List<Expr> entropic = entropicGradient();
    List<List<Expr>> fisher = fisher();
    for (int i = 0; i < model.coordinates().size(); i++) {
      Sym state = model.coordinates().get(i);
      // The gradient of the whole objective: of the expectation, and of -H(q) with the prior.
      Expr full = Normal.simplify(Exprs.add(gradient.get(i), entropic.get(i)));
      lines.add(new Line.Equation(Labels.objectiveGradient(state), full));
      Expr value = blockStep(state, full, fisher.get(i).get(i), lines);
      Update update = Update.of(state, Symbols.RATE, value);
      updates.add(update);
      lines.add(new Line.Equation(Labels.newState(state), update.value()));
    }
    steps.add(
        new Step(
            "Step of each state",
            lines,
            "each state takes the rule's step in the natural parameter of its own conditional"
                + " family, the others held at their old values",
            Optional.of("Lin, Schmidt & Khan 2020, section 3"),
            Grade.EXACT,
            Optional.empty()));
    return new Equations(updates);
  }

  private Expr blockStep(Sym state, Expr gradient, Expr fisher, List<Line> lines) {
    Optional<Expr> natural = conditionalNatural(state);
    if (natural.isEmpty()) {
      return Exprs.subtract(state, Exprs.mul(Symbols.RATE, Exprs.divide(gradient, fisher)));
    }
    // F = (d natural / dx)(d mu / dx): the gradient in mu is the one in x, times the slope, over F.
    Expr slope = Calculus.derivative(natural.get(), state);
    Expr meanGradient = Exprs.divide(Exprs.mul(gradient, slope), fisher);
    Expr right =
        Normal.simplify(Exprs.subtract(natural.get(), Exprs.mul(Symbols.RATE, meanGradient)));
    lines.add(new Line.Equation(Labels.conditionalNatural(state), natural.get()));
    lines.add(new Line.Equation(Labels.newConditionalNatural(state), right));
    return StateSolver.solve(
            model, List.of(state), List.of(new StateSolver.Equation(natural.get(), right)))
        .get(state);
  }

  /**
   * The natural parameter of the family in one state alone, if the others are constants: all
   * natural parameters are then linear in one function of it.
   */
  private Optional<Expr> conditionalNatural(Sym state) {
    List<Expr> natural =
        objective.natural().stream().filter(expr -> Walk.contains(expr, state)).toList();
    // The plainest one: in others a state that is held fixed may be a factor, and zero.
    Expr first =
        natural.stream()
            .min(Comparator.comparingInt(expr -> Walk.find(expr, Objective::isState).size()))
            .orElseThrow();
    Expr slope = Calculus.derivative(first, state);
    boolean linear =
        natural.stream()
            .map(expr -> Exprs.divide(Calculus.derivative(expr, state), slope))
            .allMatch(ratio -> !Walk.contains(Normal.simplify(ratio), state));
    return linear ? Optional.of(first) : Optional.empty();
  }

  /**
   * The gradient of -H(q) without its base-measure part, minus the prior's conjugate part: (d
   * mu/dw)^T (lambda - lambda0).
   */
  private List<Expr> entropicGradient() {
    List<Expr> difference = new ArrayList<>();
    for (int j = 0; j < objective.natural().size(); j++) {
      difference.add(Exprs.subtract(objective.natural().get(j), objective.priorNatural().get(j)));
    }
    return Matrix.times(
        Matrix.transpose(Matrix.jacobian(objective.expectation(), model.coordinates())),
        difference);
  }

  private List<List<Expr>> fisher() {
    return Matrix.product(
        Matrix.transpose(Matrix.jacobian(objective.natural(), model.coordinates())),
        Matrix.jacobian(objective.expectation(), model.coordinates()));
  }

  /**
   * A curved sub-family: the natural gradient in the states themselves, with the pulled-back Fisher
   * information.
   */
  private Equations curved(List<Expr> gradient) {
    List<Expr> entropic = entropicGradient();
    List<Expr> full = new ArrayList<>();
    for (int i = 0; i < gradient.size(); i++) {
      full.add(Exprs.add(gradient.get(i), entropic.get(i)));
    }
    List<Expr> direction = Matrix.solve(fisher(), full).orElseThrow(this::degenerate);
    List<Update> updates = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < direction.size(); i++) {
      Sym state = model.coordinates().get(i);
      Update update =
          Update.of(
              state,
              Symbols.RATE,
              Exprs.subtract(state, Exprs.mul(Symbols.RATE, direction.get(i))));
      updates.add(update);
      lines.add(new Line.Equation(Labels.newState(state), update.value()));
    }
    steps.add(
        new Step(
            "Natural gradient in the states",
            lines,
            "the states tie the family's parameters together (a curved sub-family): new(state) ="
                + " state - rate * F^-1 grad, with the Fisher information pulled back to the"
                + " states",
            Optional.of("Amari 1998"),
            Grade.EXACT,
            Optional.empty()));
    return new Equations(updates);
  }

  private Equations rates(Equations equations) {
    Rates rates = Rates.of(model);
    Equations result = equations.map(update -> update.withRate(rates.of(update.state())));
    List<Line> lines = new ArrayList<>();
    for (Update update : result.updates()) {
      lines.add(new Line.Equation(Labels.newState(update.state()), update.value()));
    }
    steps.add(
        new Step(
            rates.common() ? "Rate" : "A rate for each state",
            lines,
            rates.common()
                ? "rate = " + ExprPrinter.TEXT.print(rates.of(model.coordinates().getFirst()))
                : "each state has its own rate; the step is then no longer the rule's for one"
                    + " common parameter",
            rates.common() ? Optional.empty() : Optional.of(PAPER + ", section 4.2"),
            rates.common() ? Grade.EXACT : Grade.BIASED,
            Optional.empty()));
    return result;
  }
}
