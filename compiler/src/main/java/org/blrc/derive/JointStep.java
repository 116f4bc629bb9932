package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.derive.Step.Line;
import org.blrc.family.Matrix;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;

/** One step of all natural parameters together, solved for the states. */
final class JointStep {

  private final Model model;
  private final Objective objective;
  private final Coordinates coordinates;
  private final List<Step> steps;

  JointStep(Objective objective, List<Step> steps) {
    this.model = objective.model();
    this.objective = objective;
    this.coordinates = objective.coordinates();
    this.steps = steps;
  }

  /**
   * @param gradient of the expected integrand in the coordinates
   */
  Equations derive(List<Expr> gradient) {
    List<StateSolver.Equation> equations = rule(targets(meanGradient(gradient)));
    Map<Sym, Expr> solved = StateSolver.solve(model, coordinates.symbols(), equations);
    if (coordinates.areStates()) {
      return states(solved, SOLVED);
    }
    // In the shape that reads best, which the states then keep.
    solved.replaceAll((symbol, value) -> Update.of(symbol, value).value());
    List<Line> lines = new ArrayList<>();
    for (Sym symbol : coordinates.symbols()) {
      lines.add(new Line.Equation(new Quantity.NewValue(symbol), solved.get(symbol)));
    }
    steps.add(exact("Solve for the parameters", lines, SOLVED));
    return states(
        new StateInversion(model, coordinates, solved, equations).solve(),
        "each parameter, as the posterior writes it in the states, is solved for one of them");
  }

  private static final String SOLVED =
      "each natural parameter is solved for one new value; expectations that an earlier solution"
          + " determines are expressed through it";

  /** The gradient of the expected integrand in the expectation parameters. */
  private List<Expr> meanGradient(List<Expr> gradient) {
    List<List<Expr>> jacobian = Matrix.jacobian(objective.expectation(), coordinates.symbols());
    List<Expr> meanGradient =
        Matrix.solve(Matrix.transpose(jacobian), gradient)
            .orElseThrow(() -> OwnStep.degenerate(model));
    List<Line> lines = new ArrayList<>();
    for (int j = 0; j < meanGradient.size(); j++) {
      lines.add(
          new Line.Equation(
              new Quantity.MeanGradient(objective.varying().get(j)), meanGradient.get(j)));
    }
    steps.add(
        new Step(
            "Natural gradient",
            lines,
            Prose.of("the gradient in the expectation parameters, by the chain rule: ")
                .then(Formulas.chainRule()),
            Optional.of(NaturalStep.PAPER + ", eq. 5"),
            Grade.EXACT));
    return meanGradient;
  }

  /** Where a full step would take the natural parameters. */
  private List<Expr> targets(List<Expr> meanGradient) {
    List<Expr> alone = new ArrayList<>();
    for (int j = 0; j < meanGradient.size(); j++) {
      alone.add(Exprs.subtract(objective.priorNatural().get(j), meanGradient.get(j)));
    }
    List<Boolean> shared = objective.sharedNatural();
    return shared.contains(true)
        ? SharedStep.of(fisher(), shared)
            .flatMap(step -> step.of(alone))
            .orElseThrow(() -> OwnStep.degenerate(model))
        : alone;
  }

  /** The Fisher information in the natural parameters. */
  private List<List<Expr>> fisher() {
    List<List<Expr>> byCoordinates =
        Matrix.transpose(Matrix.jacobian(objective.natural(), coordinates.symbols()));
    return Matrix.jacobian(objective.expectation(), coordinates.symbols()).stream()
        .map(row -> Matrix.solve(byCoordinates, row).orElseThrow(() -> OwnStep.degenerate(model)))
        .toList();
  }

  private List<StateSolver.Equation> rule(List<Expr> targets) {
    List<StateSolver.Equation> equations = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (int j = 0; j < targets.size(); j++) {
      Expr natural = objective.natural().get(j);
      Expr kept = Exprs.mul(Exprs.subtract(Exprs.ONE, Symbols.RATE), natural);
      Expr right = Normal.simplify(Exprs.add(kept, Exprs.mul(Symbols.RATE, targets.get(j))));
      equations.add(new StateSolver.Equation(natural, right));
      lines.add(new Line.Equation(new Quantity.NewNatural(objective.varying().get(j)), right));
    }
    steps.add(
        new Step(
            "The Bayesian learning rule",
            lines,
            objective.sharedNatural().contains(true)
                ? Prose.of(Formulas.rule(objective.hasPrior())).then(SharedStep.JUSTIFICATION)
                : Prose.of(Formulas.rule(objective.hasPrior())),
            Optional.of(NaturalStep.PAPER + ", eq. 6"),
            Grade.EXACT));
    return equations;
  }

  private Equations states(Map<Sym, Expr> solved, String justification) {
    List<Update> updates = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (Map.Entry<Sym, Expr> entry : solved.entrySet()) {
      Update update = Update.of(entry.getKey(), entry.getValue());
      updates.add(update);
      lines.add(new Line.Equation(new Quantity.NewValue(entry.getKey()), update.value()));
    }
    updates.sort((left, right) -> Integer.compare(left.state().rank(), right.state().rank()));
    steps.add(exact("Solve for the states", lines, justification));
    return new Equations(updates);
  }

  private static Step exact(String title, List<Line> lines, String justification) {
    return new Step(title, lines, Prose.of(justification), Optional.empty(), Grade.EXACT);
  }
}
