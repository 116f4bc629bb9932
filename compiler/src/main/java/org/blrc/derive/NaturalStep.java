package org.blrc.derive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.derive.Step.Line;
import org.blrc.family.FamilyFacts;
import org.blrc.family.Support;
import org.blrc.symbolic.Calculus;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Periods;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Code;

/** The passes from the objective to exact update equations of the declared states. */
final class NaturalStep {

  static final String PAPER = "Khan & Rue, The Bayesian Learning Rule, JMLR 2023";

  private final Model model;
  private final Objective objective;
  private final List<Step> steps;
  private final Expr share;

  /**
   * @param share what every rate is multiplied by
   */
  NaturalStep(Objective objective, List<Step> steps, Expr share) {
    this.model = objective.model();
    this.objective = objective;
    this.steps = steps;
    this.share = share;
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
    if (objective.isCurved()) {
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
    // A spec that says how the gradient is taken says so of the whole loss.
    boolean ofLoss = !model.relaxed() && model.spec().gradient().isEmpty();
    Expr body = ofLoss ? objective.integrand() : objective.besideLoss();
    requirePeriods(posterior);
    Map<Expr, Expr> known = closedForms(posterior, body);
    Expr rest =
        Exprs.add(Exprs.terms(body).stream().filter(term -> !known.containsKey(term)).toList());
    Expr open = ofLoss ? rest : Exprs.add(model.loss(), rest);
    Expr closed = Exprs.add(List.copyOf(known.values()));
    List<Sym> coordinates = objective.coordinates().symbols();
    List<Line> lines = new ArrayList<>();
    // What is known in closed form needs no way, and there need not be one.
    Optional<ExpectationGradient> way =
        open.equals(Exprs.ZERO)
            ? Optional.empty()
            : Optional.of(GradientChoice.of(model, posterior));
    way.ifPresent(each -> lines.addAll(each.lines(coordinates)));
    lines.add(new Line.Equation(new Quantity.Integrand(), objective.integrand()));
    EquationForm form = new EquationForm(posterior);
    List<Expr> gradients = new ArrayList<>();
    for (Sym coordinate : coordinates) {
      Expr ofOpen = way.map(each -> each.gradient(open, coordinate)).orElse(Exprs.ZERO);
      Expr gradient = form.of(Exprs.add(ofOpen, Calculus.derivative(closed, coordinate)));
      gradients.add(gradient);
      lines.add(new Line.Equation(new Quantity.ExpectedGradient(coordinate), gradient));
    }
    steps.add(
        new Step(
            "Gradient of the expectation",
            lines,
            way.map(ExpectationGradient::justification)
                .orElse(Prose.of("the expectation is known in closed form")),
            way.map(ExpectationGradient::source),
            Grade.EXACT));
    return gradients;
  }

  /**
   * On a circle, a term that is not the same after a turn has a jump, which no derivative shows.
   */
  private void requirePeriods(FamilyFacts posterior) {
    if (!(posterior.support() instanceof Support.Circle)) {
      return;
    }
    for (Expr term : Exprs.terms(objective.integrand())) {
      if (!Periods.isPeriodic(term, posterior.variable())) {
        throw Failure.at(
                model.spec().loss().span(),
                Code.LOSS,
                "`%s` is an angle, and the loss is not the same after a turn"
                    .formatted(model.variable().name()))
            .note("in: " + ExprPrinter.TEXT.print(term))
            .hint("use sines and cosines of the angle and of whole multiples of it");
      }
    }
  }

  /** Terms of a body with their expectations, where these are known. */
  private Map<Expr, Expr> closedForms(FamilyFacts posterior, Expr body) {
    Map<Expr, Expr> known = new LinkedHashMap<>();
    Moments moments = new Moments(model.family(), posterior);
    for (Expr term : Exprs.terms(body)) {
      if (term.equals(Exprs.ZERO)) {
        continue;
      }
      if (isExplicit(term)) {
        moments.of(term).ifPresent(value -> known.put(term, value));
      }
      if (model.relaxed() && !known.containsKey(term)) {
        throw Failure.at(
                model.spec().posterior().span(),
                Code.LOSS,
                "the mean of `%s` is not known, and relaxed draws do not tell it"
                    .formatted(ExprPrinter.TEXT.print(term)))
            .hint("relax the variable of a family whose base measure and prior are simpler");
      }
    }
    if (!known.isEmpty()) {
      List<Line> lines = new ArrayList<>();
      known.forEach(
          (term, value) ->
              lines.add(
                  new Line.Equation(
                      new Quantity.Value(new Expr.Expect(model.variable(), term)), value)));
      steps.add(
          new Step(
              "Expectations in closed form",
              lines,
              Prose.of(Formulas.moments()).then(", and its derivatives by s"),
              Optional.of("Wainwright & Jordan 2008, section 3"),
              Grade.EXACT));
    }
    return known;
  }

  /** Whether a body depends on the variable alone, and on nothing that only the caller knows. */
  private static boolean isExplicit(Expr body) {
    return !Walk.contains(body, part -> part instanceof Expr.Oracle || part instanceof Expr.Noise);
  }

  /** The equations with the rate of each state. */
  Equations rates(Equations equations) {
    Rates rates = Rates.of(model);
    Equations result =
        equations.map(update -> update.withRate(Exprs.mul(share, rates.of(update.state()))));
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
            rates.common() ? Grade.EXACT : Grade.BIASED));
    return result;
  }
}
