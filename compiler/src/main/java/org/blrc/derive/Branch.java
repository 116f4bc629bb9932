package org.blrc.derive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.blrc.symbolic.Calculus;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration.Approximation;

/**
 * The derivation for the posterior, or, where that is a mixture, for one component or for the
 * weights: its steps so far and the update equations that they come to.
 */
final class Branch {

  private final Model model;

  /** Those over whose random variables expectations are taken, of which rules speak. */
  private final List<Model> subjects;

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
    this.subjects = List.of(model);
    this.objective = Objective.of(model);
    this.progress =
        new Progress(exact(share), model.states(), RuleNoise.NONE, model.own(model.scope()));
  }

  /**
   * The same for the weights of a mixture.
   *
   * @param components all of the mixture's
   */
  Branch(Model choice, List<Model> components, List<Step> steps, Expr share) {
    this.steps = steps;
    this.model = choice;
    this.subjects = List.copyOf(components);
    this.objective = Objective.of(model);
    this.progress =
        new Progress(exact(share), model.states(), RuleNoise.NONE, components.getFirst().scope());
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

  /** Whether it is for the weights of a mixture. */
  boolean isOfWeights() {
    return subjects.size() > 1;
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }

  Equations equations() {
    return progress.equations();
  }

  /**
   * @param inner the distributions whose means the loss holds
   */
  Setting setting(List<Model> inner) {
    return Setting.of(model, objective, inner.stream().map(Model::posterior).toList());
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
    Progress before = progress.with(states);
    RuleInstance rule = RuleInstance.of(approximation, subjects.getFirst(), before.names());
    if (Relaxation.isAll(rule)) {
      return states;
    }
    Passes passes = pass(approximation, before);
    if (passes.replacements().isEmpty()) {
      throw noMatch(approximation, rule);
    }
    history.add(new Before(rule, before));
    steps.add(step(rule, before.equations(), passes));
    progress = passes.last().progress();
    return progress.states();
  }

  /** Whether an approximation finds something here and can be carried out. */
  boolean finds(Approximation approximation, List<Model.State> states) {
    try {
      return !pass(approximation, progress.with(states)).replacements().isEmpty();
    } catch (Failure | Calculus.NotDifferentiable notHere) {
      return false;
    }
  }

  /** What an approximation did, subject by subject. */
  private record Passes(List<RulePass.Result> each) {

    RulePass.Result last() {
      return each.getLast();
    }

    List<Replacement> replacements() {
      return each.stream().flatMap(pass -> pass.replacements().stream()).toList();
    }

    /** The weakest of those that replaced something. */
    Grade grade() {
      return each.stream()
          .filter(pass -> !pass.replacements().isEmpty())
          .map(RulePass.Result::grade)
          .max(Comparator.naturalOrder())
          .orElse(last().grade());
    }
  }

  /**
   * Applies a rule for one subject after the other. What says nothing of a random variable does the
   * same for each, and is done once.
   */
  private Passes pass(Approximation approximation, Progress before) {
    List<RulePass.Result> alone =
        subjects.stream().map(subject -> pass(approximation, subject, before)).toList();
    RulePass.Result first = alone.getFirst();
    if (alone.stream()
        .allMatch(each -> each.progress().equations().equals(first.progress().equations()))) {
      return new Passes(List.of(first));
    }
    List<RulePass.Result> passes = new ArrayList<>(List.of(first));
    for (Model subject : subjects.subList(1, subjects.size())) {
      passes.add(pass(approximation, subject, passes.getLast().progress()));
    }
    return new Passes(passes);
  }

  private RulePass.Result pass(Approximation approximation, Model subject, Progress before) {
    Progress own = subjects.size() == 1 ? before : before.with(subject.ofComponent(before.names()));
    RuleInstance rule = RuleInstance.of(approximation, subject, own.names());
    return RulePass.apply(subject, model, rule, own);
  }

  /** Makes a state that was added elsewhere known here. */
  void know(Model.State state) {
    progress = progress.knowing(state);
  }

  private Step step(RuleInstance rule, Equations before, Passes passes) {
    Grade grade = passes.grade();
    String justification =
        switch (grade) {
          case EXACT -> "both sides are equal";
          case UNBIASED -> "equal in the mean over what is drawn";
          case BIASED -> "put in by the rule; the two sides differ in general";
        };
    return new Step(
        rule.title(),
        RuleLines.of(rule, subjects, before, passes.last()),
        Prose.of(justification),
        rule.source(),
        grade,
        Optional.of(passes.replacements()),
        Optional.of(passes.each().getFirst().applied()));
  }

  /** Says why a rule found nothing: another one was there first, or there never was anything. */
  private Failure noMatch(Approximation approximation, RuleInstance rule) {
    String title = rule.title();
    for (Before before : history.reversed()) {
      if (wouldFire(approximation, before)) {
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

  private boolean wouldFire(Approximation approximation, Before before) {
    try {
      return !pass(approximation, before.progress()).replacements().isEmpty();
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
