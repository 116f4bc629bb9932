package org.blrc.derive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.blrc.derive.Step.Line;
import org.blrc.family.Matrix;
import org.blrc.symbolic.Calculus;
import org.blrc.symbolic.CoordinateSums;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Code;

/**
 * Natural-gradient steps in the states' own coordinates: of each state by itself, or of a curved
 * sub-family.
 */
final class OwnStep {

  private final Model model;
  private final Objective objective;
  private final List<Step> steps;

  OwnStep(Objective objective, List<Step> steps) {
    this.model = objective.model();
    this.objective = objective;
    this.steps = steps;
  }

  /** Each state takes its own step; the others stay at their old values. */
  Equations blockwise(List<Expr> gradient) {
    List<Line> lines = new ArrayList<>();
    List<Update> updates = new ArrayList<>();
    List<Expr> entropic = entropicGradient();
    List<List<Expr>> fisher = fisher();
    for (int i = 0; i < model.coordinates().size(); i++) {
      Sym state = model.coordinates().get(i);
      // The gradient of the whole objective: of the expectation, and of -H(q) with the prior.
      Expr full = together(state, Normal.simplify(Exprs.add(gradient.get(i), entropic.get(i))));
      lines.add(new Line.Equation(new Quantity.ObjectiveGradient(state), full));
      Expr value = blockStep(state, full, together(state, fisher.get(i).get(i)), lines);
      Update update = Update.of(state, value);
      updates.add(update);
      lines.add(new Line.Equation(new Quantity.NewValue(state), update.value()));
    }
    steps.add(
        new Step(
            "Step of each state",
            lines,
            Prose.of(
                "each state takes the rule's step in the natural parameter of its own conditional"
                    + " family, the others held at their old values"),
            Optional.of("Lin, Schmidt & Khan 2020, section 3"),
            Grade.EXACT));
    return new Equations(updates);
  }

  /** What all coordinates give to a state that they share, for each of them. */
  private static Expr together(Sym state, Expr ofOne) {
    return state.shared() ? SharedStep.average(ofOne) : ofOne;
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
    lines.add(new Line.Equation(new Quantity.ConditionalNatural(state), natural.get()));
    lines.add(new Line.Equation(new Quantity.NewConditionalNatural(state), right));
    return StateSolver.solve(
            model, List.of(state), List.of(new StateSolver.Equation(natural.get(), right)))
        .get(state);
  }

  /**
   * The natural parameter of the family in one state alone, if the others are constants: all
   * natural parameters are then linear in one function of it. That of a shared state is the same
   * for all coordinates.
   */
  private Optional<Expr> conditionalNatural(Sym state) {
    List<Expr> natural =
        objective.natural().stream().filter(expr -> Walk.contains(expr, state)).toList();
    // The plainest one: in others a state that is held fixed may be a factor, and zero.
    Expr first =
        natural.stream()
            .min(Comparator.comparingInt(expr -> Walk.find(expr, Coordinates::isState).size()))
            .orElseThrow();
    if (state.shared() && CoordinateSums.varies(first)) {
      return Optional.empty();
    }
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
  Equations curved(List<Expr> gradient) {
    List<Expr> entropic = entropicGradient();
    List<Expr> full = new ArrayList<>();
    for (int i = 0; i < gradient.size(); i++) {
      full.add(Exprs.add(gradient.get(i), entropic.get(i)));
    }
    List<Expr> direction =
        Matrix.solve(fisher(), full).flatMap(this::shared).orElseThrow(() -> degenerate(model));
    List<Update> updates = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < direction.size(); i++) {
      Sym state = model.coordinates().get(i);
      Update update =
          Update.of(state, Exprs.subtract(state, Exprs.mul(Symbols.RATE, direction.get(i))));
      updates.add(update);
      lines.add(new Line.Equation(new Quantity.NewValue(state), update.value()));
    }
    steps.add(
        new Step(
            "Natural gradient in the states",
            lines,
            Prose.of("the states tie the family's parameters together (a curved sub-family): ")
                .then(Formulas.ownStep())
                .then(", with the Fisher information pulled back to the states"),
            Optional.of("Amari 1998"),
            Grade.EXACT));
    return new Equations(updates);
  }

  private Optional<List<Expr>> shared(List<Expr> direction) {
    List<Boolean> shared = model.coordinates().stream().map(Sym::shared).toList();
    return shared.contains(true)
        ? SharedStep.of(fisher(), shared).flatMap(step -> step.of(direction))
        : Optional.of(direction);
  }

  static Failure degenerate(Model model) {
    return Failure.at(
            model.spec().posterior().span(),
            Code.STATES,
            "the states do not determine the posterior: its Fisher information in them is singular")
        .hint("give each state an effect of its own on the posterior");
  }
}
