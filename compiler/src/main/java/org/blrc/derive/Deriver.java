package org.blrc.derive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.blrc.program.Program;
import org.blrc.program.ProgramVerifier;
import org.blrc.program.Safeguard;
import org.blrc.symbolic.Calculus;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Exprs;
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

  private final List<Diagnostic> problems = new ArrayList<>();
  private final List<Branch> branches = new ArrayList<>();

  /** The steps of the branch that was begun last. */
  private List<Step> steps = List.of();

  /** The rule that is being applied. */
  private Optional<String> applied = Optional.empty();

  /** How much of the rule's step is made. */
  private final Expr share;

  private Deriver(Expr share) {
    this.share = share;
  }

  /**
   * Derives the update of an optimizer whose spec has been checked.
   *
   * @throws SpecException if the spec has no derivation; carries every independent reason
   */
  public static Derivation derive(Unit unit, Declaration.Optimizer optimizer) throws SpecException {
    WorkBudget.reset();
    Deriver deriver = new Deriver(Exprs.ONE);
    try {
      Derivation derivation = deriver.run(unit, optimizer);
      requireComputable(derivation, optimizer);
      return guarded(derivation, unit, optimizer);
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

  private static void requireComputable(Derivation derivation, Declaration.Optimizer optimizer) {
    derivation.parts().forEach(each -> requireComputable(each, optimizer));
    List<String> flaws = ProgramVerifier.problems(derivation.program());
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
  }

  /**
   * The derivation with what its program needs to keep states in their domains. Shorter steps are
   * derived as the whole one is, with other rates. None of this takes from what the derivation may
   * spend.
   */
  private static Derivation guarded(
      Derivation derivation, Unit unit, Declaration.Optimizer optimizer) {
    WorkBudget.reset();
    Program program = derivation.program();
    List<Sym> guarded = Safeguard.uncertain(program, program.update());
    if (guarded.isEmpty()) {
      return derivation;
    }
    WorkBudget.reset();
    List<Program.Assign> backOff = backOff(program, unit, optimizer);
    WorkBudget.reset();
    Set<Sym> either = new HashSet<>(guarded);
    either.addAll(Safeguard.uncertain(program, backOff));
    List<Sym> ordered =
        program.update().stream().map(Program.Assign::target).filter(either::contains).toList();
    return derivation.with(program.with(new Safeguard(ordered, backOff)));
  }

  /** The update at other rates; empty where a rule does not take them. */
  private static List<Program.Assign> backOff(
      Program program, Unit unit, Declaration.Optimizer optimizer) {
    try {
      Program shared = new Deriver(Safeguard.SHARE).run(unit, optimizer).program();
      return Safeguard.backOff(program, shared).orElse(List.of());
    } catch (SpecException
        | Failure
        | Calculus.NotDifferentiable
        | WorkBudget.Exceeded
        | StackOverflowError
        | ArithmeticException atOtherRates) {
      return List.of();
    }
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
    Mixture mixture =
        Mixture.of(
            SpecLowering.models(unit, optimizer), SpecLowering.choice(unit, optimizer), optimizer);
    for (Model model : mixture.components()) {
      steps = new ArrayList<>(mixture.steps(model));
      branches.add(new Branch(model, steps, share));
    }
    if (mixture.choice().isPresent()) {
      requireOwnDraws(mixture.choice().get(), branches);
      steps = new ArrayList<>(mixture.choiceSteps());
      branches.add(new Branch(mixture.choice().get(), mixture.all(), steps, share));
    }
    List<Model.State> states = mixture.states();
    for (Approximation approximation : optimizer.approximations()) {
      states = apply(approximation, states);
    }
    if (!problems.isEmpty()) {
      throw new SpecException(problems);
    }
    return new Results(optimizer, mixture, branches, states).derivation();
  }

  private List<Model.State> apply(Approximation approximation, List<Model.State> states) {
    applied = Optional.of(title(approximation));
    List<Model.State> result = states;
    for (Branch branch : Owners.of(approximation, branches, states)) {
      try {
        result = branch.apply(approximation, result);
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
    result.forEach(state -> branches.forEach(branch -> branch.know(state)));
    applied = Optional.empty();
    return result;
  }

  /** What relaxed draws stand for is known of gradients only. */
  private static void requireOwnDraws(Model choice, List<Branch> components) {
    if (components.stream().anyMatch(branch -> branch.model().relaxed())) {
      throw Failure.at(
              choice.spec().posterior().span(),
              Code.STATES,
              "the weights are learned, and a rule relaxes the draws of the components")
          .note("the mean loss of a component is taken over its own draws")
          .hint("leave the rule out, or make the weights of hyper-parameters");
    }
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
}
