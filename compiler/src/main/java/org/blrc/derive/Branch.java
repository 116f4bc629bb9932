package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration.Approximation;

/**
 * The derivation for the posterior, or for one component where that is a mixture: its steps so far
 * and the update equations that they come to.
 */
final class Branch {

  private final Model model;
  private final Objective objective;
  private final List<Step> steps;
  private final List<Before> history = new ArrayList<>();
  private Progress progress;

  /** What there was before a rule was applied. */
  private record Before(RuleInstance rule, Progress progress) {}

  /**
   * Derives everything up to the exact equations.
   *
   * @param steps takes the steps, also those of a derivation that fails
   * @param share what every rate is multiplied by
   */
  Branch(Model given, List<Step> steps, Expr share) {
    this.steps = steps;
    this.model = relaxed(given);
    this.objective = Objective.of(model);
    this.progress = new Progress(exact(share), model.states(), RuleNoise.NONE, model.scope());
  }

  private Equations exact(Expr share) {
    if (model.family().group().isPresent()) {
      return new GroupStep(objective, steps, share).derive();
    }
    FamilySteps.describe(objective, steps);
    return new NaturalStep(objective, steps, share).derive();
  }

  Model model() {
    return model;
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }

  Equations equations() {
    return progress.equations();
  }

  Setting setting() {
    return Setting.of(model, objective);
  }

  /** The model with the random variable as rules relax it. */
  private Model relaxed(Model given) {
    Model result = given;
    for (Approximation approximation : given.spec().approximations()) {
      if (approximation instanceof Approximation.Use) {
        RuleInstance rule = RuleInstance.of(approximation, given, given.scope());
        if (Relaxation.in(rule)) {
          result = Relaxation.apply(result, rule, steps);
        }
      }
    }
    return result;
  }

  /**
   * Applies an approximation.
   *
   * @param states those that exist so far
   * @return those that exist afterwards
   */
  List<Model.State> apply(Approximation approximation, List<Model.State> states) {
    RuleInstance rule = RuleInstance.of(approximation, model, progress.names());
    if (Relaxation.isAll(rule)) {
      return states;
    }
    Progress before = progress.with(states);
    RulePass.Result result = RulePass.apply(model, rule, before);
    if (result.replacements().isEmpty()) {
      throw noMatch(rule);
    }
    history.add(new Before(rule, before));
    steps.add(step(rule, before.equations(), result));
    progress = result.progress();
    return progress.states();
  }

  /** Makes a state that was added elsewhere known here. */
  void know(Model.State state) {
    progress = progress.knowing(state);
  }

  private Step step(RuleInstance rule, Equations before, RulePass.Result result) {
    String justification =
        switch (result.grade()) {
          case EXACT -> "both sides are equal";
          case UNBIASED -> "equal in the mean over what is drawn";
          case BIASED -> "put in by the rule; the two sides differ in general";
        };
    return new Step(
        rule.title(),
        RuleLines.of(rule, new EquationForm(model.posterior()), before, result),
        Prose.of(justification),
        rule.source(),
        result.grade(),
        Optional.of(result.replacements()),
        Optional.of(result.applied()));
  }

  /** Says why a rule found nothing: another one was there first, or there never was anything. */
  private Failure noMatch(RuleInstance rule) {
    String title = rule.title();
    for (Before before : history.reversed()) {
      if (wouldFire(rule, before)) {
        return Failure.at(
                rule.span(),
                Code.CONTENTION,
                "`"
                    + title
                    + "` finds nothing: `"
                    + before.rule().title()
                    + "` has already replaced what it matches")
            .note(shown("before `" + before.rule().title() + "`:", before.progress().equations()))
            .hint("remove one of the two, or write `" + title + "` first");
      }
    }
    return Failure.at(rule.span(), Code.NO_MATCH, "`" + title + "` matches nothing")
        .note(shown("tried on:", equations()));
  }

  private boolean wouldFire(RuleInstance rule, Before before) {
    try {
      return !RulePass.apply(model, rule, before.progress()).replacements().isEmpty();
    } catch (Failure unrelated) {
      return false;
    }
  }

  private static String shown(String heading, Equations equations) {
    return heading
        + "\n"
        + String.join(
            "\n",
            equations.updates().stream()
                .map(
                    update ->
                        "  "
                            + ExprPrinter.TEXT.print(Symbols.newValue(update.state()))
                            + " = "
                            + ExprPrinter.TEXT.print(update.value()))
                .toList());
  }
}
