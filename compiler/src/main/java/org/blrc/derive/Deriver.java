package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blrc.program.Program;
import org.blrc.program.ProgramVerifier;
import org.blrc.symbolic.Calculus;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.WorkBudget;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Declaration.Approximation;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Library;
import org.blrc.syntax.Span;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;

/**
 * The derivation: names, objective, family, natural gradient, states, approximations, oracles. Each
 * pass takes the immutable result of the one before and leaves a step that says what was done and
 * why it may be done.
 */
public final class Deriver {

  private final List<Step> steps = new ArrayList<>();
  private final List<Diagnostic> problems = new ArrayList<>();
  private final List<Before> history = new ArrayList<>();

  /** The rule that is being applied. */
  private Optional<String> applied = Optional.empty();

  /** The equations before a rule was applied. */
  private record Before(
      RuleInstance rule, Equations equations, List<Model.State> states, Scope names) {}

  private Deriver() {}

  /**
   * Derives the update of an optimizer whose spec has been checked.
   *
   * @throws SpecException if the spec has no derivation; carries every independent reason
   */
  public static Derivation derive(Unit unit, Declaration.Optimizer optimizer) throws SpecException {
    WorkBudget.reset();
    Deriver deriver = new Deriver();
    try {
      return deriver.run(unit, optimizer);
    } catch (Failure failure) {
      deriver.problems.add(failure.diagnostic());
    } catch (Calculus.NotDifferentiable problem) {
      deriver.problems.add(
          Diagnostic.at(
                  optimizer.loss().span(),
                  Code.LOSS,
                  "this has no derivative that can be written down")
              .withNote("in: " + ExprPrinter.TEXT.print(problem.expr())));
    } catch (WorkBudget.Exceeded | StackOverflowError exceeded) {
      deriver.problems.add(
          Diagnostic.at(optimizer.name().span(), Code.BUDGET, WorkBudget.MESSAGE)
              .withNote(deriver.reached()));
    } catch (ArithmeticException problem) {
      deriver.problems.add(
          Diagnostic.at(
                  optimizer.name().span(),
                  Code.DOMAIN,
                  "the derivation comes to a " + problem.getMessage())
              .withNote(deriver.reached()));
    } finally {
      WorkBudget.reset();
    }
    throw new SpecException(deriver.problems);
  }

  /** Where the derivation is: at a rule, or on the way to the step after the last one. */
  private String reached() {
    if (applied.isPresent()) {
      return "in step \u201c" + applied.get() + "\u201d";
    }
    return steps.isEmpty()
        ? "in the first step"
        : "in the step after \u201c" + steps.getLast().title() + "\u201d";
  }

  private Derivation run(Unit unit, Declaration.Optimizer optimizer) throws SpecException {
    Model model = relaxed(SpecLowering.model(unit, optimizer), optimizer);
    Objective objective = Objective.of(model);
    FamilySteps.describe(objective, steps);
    Equations equations = new NaturalStep(objective, steps).derive();
    List<Model.State> states = model.states();
    Scope names = model.scope();
    for (Approximation approximation : optimizer.approximations()) {
      applied = Optional.of(title(approximation));
      try {
        RuleInstance rule = RuleInstance.of(approximation, model, names);
        if (Relaxation.isAll(rule)) {
          continue;
        }
        RulePass.Result result = RulePass.apply(model, rule, equations, states, names);
        if (result.replacements().isEmpty()) {
          throw noMatch(model, rule, equations);
        }
        history.add(new Before(rule, equations, states, names));
        steps.add(ruleStep(model, rule, equations, result));
        equations = result.equations();
        states = result.states();
        names = result.names();
      } catch (Failure failure) {
        Diagnostic problem = atUse(failure.diagnostic(), approximation.span());
        // A rule that is applied to each component is wrong once.
        if (!problems.contains(problem)) {
          problems.add(problem);
        }
      } catch (Calculus.NotDifferentiable problem) {
        problems.add(
            Diagnostic.at(
                    approximation.span(),
                    Code.PATTERN,
                    "this asks for a derivative that cannot be written down")
                .withNote("in: " + ExprPrinter.TEXT.print(problem.expr())));
      }
    }
    applied = Optional.empty();
    if (!problems.isEmpty()) {
      throw new SpecException(problems);
    }
    ProgramBuilder builder = new ProgramBuilder(model, equations, states);
    Program program = builder.build();
    List<String> flaws = ProgramVerifier.problems(program);
    if (!flaws.isEmpty()) {
      throw Failure.at(
              optimizer.name().span(),
              Code.PATTERN,
              "the rules lead to an update that cannot be computed")
          .note(String.join("\n", flaws))
          .hint(
              "a point may use old states and answers to earlier questions; draws belong inside"
                  + " means over draws");
    }
    steps.add(builder.step());
    return new Derivation(
        optimizer.name().text(),
        steps,
        equations.updates().stream()
            .map(update -> new Derivation.Result(update.state(), update.value()))
            .toList(),
        program,
        Setting.of(model, objective));
  }

  /** The model with the random variable as rules relax it. */
  private Model relaxed(Model model, Declaration.Optimizer optimizer) {
    Model result = model;
    for (Approximation approximation : optimizer.approximations()) {
      if (approximation instanceof Approximation.Use) {
        RuleInstance rule = RuleInstance.of(approximation, model, model.scope());
        if (Relaxation.in(rule)) {
          result = Relaxation.apply(result, rule, steps);
        }
      }
    }
    return result;
  }

  private static String title(Approximation approximation) {
    return approximation.span().oneLine();
  }

  /** What goes wrong inside a rule of the library is shown where the spec uses it. */
  private static Diagnostic atUse(Diagnostic problem, Span use) {
    boolean inLibrary = problem.span().map(span -> Library.get().owns(span.source())).orElse(false);
    return inLibrary
        ? new Diagnostic(
            problem.code(), problem.message(), Optional.of(use), problem.note(), problem.hint())
        : problem;
  }

  private static Step ruleStep(
      Model model, RuleInstance rule, Equations before, RulePass.Result result) {
    String justification =
        switch (result.grade()) {
          case EXACT -> "both sides are equal";
          case UNBIASED -> "equal in the mean over what is drawn";
          case BIASED -> "put in by the rule; the two sides differ in general";
        };
    return new Step(
        rule.title(),
        RulePass.lines(rule, new EquationForm(model.posterior()), before, result.equations()),
        Prose.of(justification),
        rule.source(),
        result.grade(),
        Optional.of(result.replacements()),
        Optional.of(result.applied()));
  }

  /** Says why a rule found nothing: another one was there first, or there never was anything. */
  private Failure noMatch(Model model, RuleInstance rule, Equations equations) {
    String title = rule.title();
    for (Before before : history.reversed()) {
      if (wouldFire(model, rule, before)) {
        return Failure.at(
                rule.span(),
                Code.CONTENTION,
                "`"
                    + title
                    + "` finds nothing: `"
                    + before.rule().title()
                    + "` has already replaced what it matches")
            .note(shown("before `" + before.rule().title() + "`:", before.equations()))
            .hint("remove one of the two, or write `" + title + "` first");
      }
    }
    return Failure.at(rule.span(), Code.NO_MATCH, "`" + title + "` matches nothing")
        .note(shown("tried on:", equations));
  }

  private static boolean wouldFire(Model model, RuleInstance rule, Before before) {
    try {
      return !RulePass.apply(model, rule, before.equations(), before.states(), before.names())
          .replacements()
          .isEmpty();
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
