package org.blrc.derive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.derive.Step.Line;
import org.blrc.family.FamilyFacts;
import org.blrc.family.Group;
import org.blrc.symbolic.Containment;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Code;

/**
 * The passes from the objective to exact update equations where the states are the element of a
 * group that moves a base distribution: the gradient in the algebra, and the step through the
 * exponential map, which stays on the group.
 */
final class GroupStep {

  static final String PAPER =
      "Kiral, Moellenhoff & Khan, The Lie-Group Bayesian Learning Rule, AISTATS 2023";

  private final Model model;
  private final Objective objective;
  private final Group group;
  private final List<Step> steps;
  private final Expr share;

  /** The state that stands for each parameter of the group. */
  private final Map<Sym, Sym> states = new LinkedHashMap<>();

  /**
   * @param share what every rate is multiplied by
   */
  GroupStep(Objective objective, List<Step> steps, Expr share) {
    this.model = objective.model();
    this.objective = objective;
    this.group = model.family().group().orElseThrow();
    this.steps = steps;
    this.share = share;
  }

  Equations derive() {
    requireStates();
    requireNothingElse();
    steps.add(FamilySteps.objectiveStep(objective));
    steps.add(posterior());
    steps.add(fields());
    Map<Sym, Expr> gradient = gradient();
    Equations equations = exponential(gradient);
    return new NaturalStep(objective, steps, share).rates(equations);
  }

  /** The step moves the element itself, so that its parameters have to be what is stored. */
  private void requireStates() {
    for (Sym parameter : group.parameters()) {
      Expr argument = model.arguments().get(parameter);
      if (!(argument instanceof Sym state)
          || !Coordinates.isState(state)
          || states.containsValue(state)) {
        throw Failure.at(
                model.spec().posterior().span(),
                Code.STATES,
                "`%s = %s`: a parameter of a group is a state of its own"
                    .formatted(parameter.name(), ExprPrinter.TEXT.print(argument)))
            .hint(
                "declare the family in the parameters that are stored; what tells one base"
                    + " distribution from another is a `fixed` parameter");
      }
      if (!state.domain().equals(parameter.domain())) {
        throw Failure.at(
                model.spec().posterior().span(),
                Code.DOMAIN,
                "the state `%s` and the parameter `%s` of the group have different domains"
                    .formatted(state.name(), parameter.name()))
            .hint("give the state the domain of the parameter");
      }
      if (state.shared()) {
        throw Failure.at(
                model.spec().posterior().span(),
                Code.STATES,
                "a group moves each coordinate by itself, and all of them share `%s`"
                    .formatted(state.name()))
            .hint("declare the state without `shared`");
      }
      states.put(parameter, state);
    }
  }

  private void requireNothingElse() {
    model
        .spec()
        .step()
        .filter(_ -> model.blockwise())
        .ifPresent(
            step -> {
              throw Failure.at(step.span(), Code.STATES, "the parameters of a group move together")
                  .hint("leave this out: `step joint` is the default");
            });
    model
        .spec()
        .gradient()
        .filter(way -> !way.text().equals("pathwise"))
        .ifPresent(
            way -> {
              throw Failure.at(
                      way.span(),
                      Code.NO_SAMPLER,
                      "gradients in the algebra of a group go through the sampler")
                  .hint("use `gradient pathwise`, or leave the choice to the compiler");
            });
    if (model.relaxed()) {
      throw Failure.at(
              model.spec().posterior().span(),
              Code.STATES,
              "a rule relaxes the variable, but a group moves the family's own draws")
          .hint("use an exponential family");
    }
  }

  private Expr inStates(Expr expr) {
    return Normal.tidy(Walk.substitute(expr, model.arguments()));
  }

  private Step posterior() {
    List<Line> lines = new ArrayList<>();
    lines.add(
        new Line.Equation(
            new Quantity.Value(model.variable()), model.posterior().sampler().orElseThrow()));
    group
        .identity()
        .forEach(
            (parameter, value) ->
                lines.add(new Line.Equation(new Quantity.Identity(states.get(parameter)), value)));
    return new Step(
        "Posterior as a base distribution moved by a group",
        lines,
        Prose.of(
            "from the declaration of `"
                + model.family().name()
                + "`: a draw is that of the identity, moved by the element that the states are"),
        Optional.of(PAPER),
        Grade.EXACT);
  }

  private Step fields() {
    List<Line> lines = new ArrayList<>();
    moves()
        .forEach(
            (along, move) ->
                lines.add(
                    new Line.Equation(
                        new Quantity.SampleDerivative(model.variable(), along), move)));
    for (int j = 0; j < group.parameters().size(); j++) {
      Sym of = states.get(group.parameters().get(j));
      for (int i = 0; i < group.parameters().size(); i++) {
        Expr field = inStates(group.fields().get(j).get(i));
        if (!field.equals(Exprs.ZERO)) {
          lines.add(new Line.Equation(new Quantity.Field(of, along(i)), field));
        }
      }
    }
    return new Step(
        "Algebra of the group",
        lines,
        Prose.of("along g exp(t u), at t = 0: how the base variable moves, carried on by ")
            .then(GroupFormulas.carried(model.variable()))
            .then(", and the left-invariant vector fields that move the states alike"),
        Optional.of(PAPER),
        Grade.EXACT);
  }

  private Sym along(int direction) {
    return Symbols.direction(states.get(group.parameters().get(direction)));
  }

  /** How draws move along each direction. */
  private Map<Sym, Expr> moves() {
    Map<Sym, Expr> result = new LinkedHashMap<>();
    for (int i = 0; i < group.parameters().size(); i++) {
      result.put(along(i), inStates(group.moves().get(i)));
    }
    return result;
  }

  /** The gradient of the objective along each direction of the algebra, by state. */
  private Map<Sym, Expr> gradient() {
    FamilyFacts posterior = model.posterior();
    PathwiseGradient pathwise = PathwiseGradient.along(moves(), model, posterior);
    Expr integrand = Normal.tidy(Exprs.subtract(model.loss(), objective.priorRest()));
    EquationForm form = new EquationForm(posterior);
    Map<Sym, Expr> result = new LinkedHashMap<>();
    List<Line> lines = new ArrayList<>();
    lines.add(new Line.Equation(new Quantity.Integrand(), integrand));
    for (int i = 0; i < group.parameters().size(); i++) {
      Sym along = along(i);
      Expr expected = pathwise.gradient(integrand, along);
      Expr entropy = pathwise.mean(inStates(group.growth().get(i)));
      Expr gradient = form.of(Exprs.subtract(expected, entropy));
      lines.add(new Line.Equation(new Quantity.ExpectedGradient(along), expected));
      lines.add(new Line.Equation(new Quantity.EntropyGradient(along), entropy));
      lines.add(new Line.Equation(new Quantity.ObjectiveGradient(along), gradient));
      result.put(states.get(group.parameters().get(i)), gradient);
    }
    steps.add(
        new Step(
            "Gradient in the algebra",
            lines,
            pathwise
                .justification()
                .then("; the entropy by the change of variables: ")
                .then(GroupFormulas.entropyOfDraws(model.variable(), group.noise())),
            Optional.of(PAPER),
            Grade.EXACT));
    return result;
  }

  /** g exp(-rate * gradient), for each state. */
  private Equations exponential(Map<Sym, Expr> gradient) {
    List<Sym> directions = gradient.keySet().stream().map(Symbols::direction).toList();
    Map<Sym, Expr> moved =
        group
            .moved(directions)
            .orElseThrow(
                () ->
                    Failure.at(
                            model.spec().posterior().family().span(),
                            Code.NOT_SOLVABLE,
                            "the exponential map of `%s` is not known in closed form"
                                .formatted(model.family().name()))
                        .hint(
                            "a parameter's vector field has to be linear in it, and to depend on"
                                + " no others but those that are solved before"));
    moved.forEach(this::requireInside);
    Map<Sym, Expr> steps = new LinkedHashMap<>();
    directions.forEach(each -> steps.put(each, Exprs.negate(Exprs.mul(Symbols.RATE, each))));
    List<Update> updates = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    moved.forEach(
        (parameter, value) -> {
          Expr end = Walk.substitute(Walk.substitute(value, states), steps);
          Update update =
              new Update(states.get(parameter), new Update.Form.Flow(Symbols.RATE, gradient, end));
          updates.add(update);
          lines.add(new Line.Equation(new Quantity.NewValue(update.state()), update.value()));
        });
    updates.sort((left, right) -> Integer.compare(left.state().rank(), right.state().rank()));
    this.steps.add(
        new Step(
            "Step through the exponential map",
            lines,
            Prose.of(GroupFormulas.groupStep())
                .then(
                    ": the vector fields, followed for a unit of time; the states stay on the group"),
            Optional.of(PAPER),
            Grade.EXACT));
    return new Equations(updates);
  }

  /** Whatever the direction, the element stays one. */
  private void requireInside(Sym parameter, Expr value) {
    if (!Containment.isCertain(value, parameter.domain())) {
      throw Failure.at(
              model.spec().posterior().family().span(),
              Code.DOMAIN,
              "the exponential map of `%s` may leave the domain of `%s`"
                  .formatted(model.family().name(), parameter.name()))
          .note("it leads to " + ExprPrinter.TEXT.print(value))
          .hint("give `%s` a domain that the group keeps".formatted(parameter.name()));
    }
  }
}
