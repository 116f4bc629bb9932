package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blrc.derive.Step.Line;
import org.blrc.family.FamilyFacts;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Walk;

/** The steps that state the problem: objective, family, facts. */
final class FamilySteps {

  private FamilySteps() {}

  static void describe(Objective objective, List<Step> steps) {
    FamilyFacts posterior = objective.coordinates().facts();
    steps.add(objectiveStep(objective));

    List<Line> family = new ArrayList<>();
    for (int j = 0; j < posterior.statistics().size(); j++) {
      family.add(new Line.Equation(new Quantity.Statistic(j), posterior.statistics().get(j)));
    }
    for (int j = 0; j < posterior.natural().size(); j++) {
      family.add(new Line.Equation(new Quantity.Natural(j), posterior.natural().get(j)));
    }
    family.add(new Line.Equation(new Quantity.LogPartition(), posterior.logPartition()));
    if (!objective.baseMeasure().equals(Exprs.ZERO)) {
      family.add(new Line.Equation(new Quantity.BaseMeasure(), objective.baseMeasure()));
    }
    objective
        .coordinates()
        .values()
        .forEach(
            (symbol, value) -> {
              if (!symbol.equals(value)) {
                family.add(new Line.Equation(new Quantity.Value(symbol), value));
              }
            });
    boolean constant = objective.varying().size() < posterior.natural().size();
    steps.add(
        new Step(
            "Posterior as an exponential family",
            family,
            Prose.of(Formulas.exponentialFamily())
                .then(
                    ", from the declaration of `"
                        + posterior.name()
                        + "`"
                        + (constant
                            ? "; a natural parameter that is constant belongs to the base measure"
                            : "")),
            Optional.empty(),
            Grade.EXACT));
    steps.add(factsStep(objective));
  }

  static Step objectiveStep(Objective objective) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line.Equation(new Quantity.Loss(), objective.model().loss()));
    if (objective.hasPrior()) {
      for (int i = 0; i < objective.varying().size(); i++) {
        lines.add(
            new Line.Equation(
                new Quantity.PriorNatural(objective.varying().get(i)),
                objective.priorNatural().get(i)));
      }
      if (!objective.priorRest().equals(Exprs.ZERO)) {
        lines.add(new Line.Equation(new Quantity.RestOfLogPrior(), objective.priorRest()));
      }
    }
    return new Step(
        "Objective",
        lines,
        objective.hasPrior()
            ? Prose.of(Formulas.objective(true))
                .then(
                    "; over the statistics that it shares with the posterior, the prior contributes"
                        + " its natural parameters exactly")
            : Prose.of(Formulas.objective(false)),
        Optional.of("Khan & Rue, The Bayesian Learning Rule, JMLR 2023, eq. 2"),
        Grade.EXACT);
  }

  private static Step factsStep(Objective objective) {
    FamilyFacts posterior = objective.coordinates().facts();
    List<Sym> coordinates = objective.coordinates().symbols();
    List<Line> lines = new ArrayList<>();
    for (int j = 0; j < posterior.natural().size(); j++) {
      int at = j;
      posterior
          .expectation()
          .get(j)
          .ifPresent(mean -> lines.add(new Line.Equation(new Quantity.Expectation(at), mean)));
    }
    lines.addAll(naturalOfMeans(objective));
    List<List<Expr>> fisher = posterior.fisher(coordinates);
    for (int i = 0; i < coordinates.size(); i++) {
      for (int j = i; j < coordinates.size(); j++) {
        lines.add(
            new Line.Equation(
                new Quantity.Fisher(coordinates.get(i), coordinates.get(j)), fisher.get(i).get(j)));
      }
    }
    Model model = objective.model();
    for (Sym state : model.coordinates()) {
      if (!model.blockwise() && !model.tiedTo(state).isEmpty()) {
        // It has no block of its own.
        continue;
      }
      model
          .connection(state)
          .filter(connection -> !connection.equals(Exprs.ZERO))
          .ifPresent(
              connection ->
                  lines.add(new Line.Equation(new Quantity.Connection(state), connection)));
    }
    posterior
        .entropy()
        .ifPresent(entropy -> lines.add(new Line.Equation(new Quantity.Entropy(), entropy)));
    objective
        .model()
        .prior()
        .flatMap(posterior::divergenceFrom)
        .ifPresent(
            divergence -> lines.add(new Line.Equation(new Quantity.Divergence(), divergence)));
    return new Step(
        "Facts of the family",
        lines,
        Prose.of(Formulas.expectationParameters())
            .then(" through the chain rule in the declared parameters; ")
            .then(Formulas.fisher())
            .then("; ")
            .then(Formulas.entropy()),
        Optional.of("Wainwright & Jordan 2008, section 3"),
        Grade.EXACT);
  }

  /** lambda(mu), where the means can be solved for the parameters. */
  private static List<Line> naturalOfMeans(Objective objective) {
    List<Integer> varying = objective.varying();
    List<Sym> coordinates = objective.coordinates().symbols();
    // In a curved sub-family, not all means are those of one of its members.
    if (varying.size() != coordinates.size()
        || coordinates.size() > ParameterSolver.MOST_ELIMINATED) {
      return List.of();
    }
    List<Expr> means = varying.stream().<Expr>map(Symbols::mean).toList();
    return ParameterSolver.solve(objective.expectation(), means, coordinates)
        .map(
            solved ->
                varying.stream()
                    .<Line>map(
                        j ->
                            new Line.Equation(
                                new Quantity.NaturalOfMeans(j),
                                Normal.shorter(
                                    Walk.substitute(
                                        objective.coordinates().facts().natural().get(j), solved))))
                    .toList())
        .orElseGet(
            () ->
                List.of(
                    new Line.Remark(
                        "lambda(mu) is not found in closed form; it minimises A(lambda) - lambda . mu")));
  }
}
