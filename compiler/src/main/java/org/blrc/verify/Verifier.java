package org.blrc.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.blrc.derive.Derivation;
import org.blrc.derive.Quantity;
import org.blrc.derive.Setting;
import org.blrc.derive.Step;
import org.blrc.emit.java.CompiledProgram;
import org.blrc.program.Program;
import org.blrc.symbolic.CoordinateSums;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Walk;

/**
 * Checks a derivation line by line, as it is shown, and what was made of it.
 *
 * <p>Every line of an exact step is compared with brute force at random points, for several smooth
 * losses; every rule's replacements are compared by its grade; the update program is compared with
 * the last equations, and emitted code with the program.
 */
public final class Verifier {

  /** Points at which facts and steps are compared; each takes some hundred integrals. */
  private static final int POINTS = 3;

  private static final double RATE = 0.15;

  private static final double EQUATIONS = 1e-9;

  private final Derivation derivation;
  private final List<Check> checks = new ArrayList<>();
  private final List<Point> points;
  private Map<Sym, Expr> equations = Map.of();

  private Verifier(Derivation derivation) {
    this.derivation = derivation;
    this.points = Point.of(derivation, POINTS);
  }

  public static List<Check> verify(Derivation derivation) {
    return verify(derivation, CompiledProgram::of);
  }

  /** The same for another back end than the one that there is. */
  static List<Check> verify(Derivation derivation, Function<Program, CompiledProgram> backEnd) {
    try {
      List<Check> checks = new ArrayList<>();
      if (derivation.components().isEmpty()) {
        checks.addAll(withoutCode(derivation));
      } else {
        checks.addAll(new MixtureChecks(derivation).all());
      }
      if (checks.stream().anyMatch(check -> check.where() > 0)) {
        checks.addAll(new CodeChecks(derivation).javaCode(backEnd));
      }
      return List.copyOf(checks);
    } finally {
      FunctionMemo.clear();
      ExpectationMemo.clear();
    }
  }

  /** The checks of what is behind the code. */
  static List<Check> withoutCode(Derivation derivation) {
    return new Verifier(derivation).run();
  }

  private List<Check> run() {
    if (points.isEmpty()) {
      checks.add(
          Check.of(0, "density: has mass somewhere in the domains", Double.NaN, 0)
              .withNote("the declared density has no finite integral at any point tried"));
      return checks;
    }
    FamilyChecks family = new FamilyChecks(points);
    checks.addAll(family.declaration());
    RuleChecks rules = new RuleChecks(derivation, points);
    for (int i = 0; i < derivation.steps().size(); i++) {
      Step step = derivation.steps().get(i);
      if (step.replacements().isPresent()) {
        facts(family, i + 1, step);
        checks.add(rules.check(i + 1, step));
        checks.add(rules.equations(i + 1, step, equations));
        rewrite(step);
      } else if (isRelaxation(step)) {
        checks.add(rules.relaxation(i + 1, step));
      } else {
        facts(family, i + 1, step);
        lines(i + 1, step);
        newValues(i + 1, step);
      }
    }
    checks.add(lastEquations(rules));
    checks.add(new ProgramChecks(derivation).program(points));
    return checks;
  }

  /** Whether a step is a rule that acts before the gradient is taken, and so replaces nothing. */
  private static boolean isRelaxation(Step step) {
    return step.lines().stream().anyMatch(Step.Line.Rule.class::isInstance);
  }

  /** Takes over the equations that a rule leaves, and those of states that it adds. */
  private void rewrite(Step step) {
    Map<Sym, Expr> after = new LinkedHashMap<>(equations);
    for (Step.Line line : step.lines()) {
      switch (line) {
        case Step.Line.Change(Quantity.NewValue(Sym of), Expr _, Expr value) ->
            after.put(of, value);
        case Step.Line.Equation(Quantity.NewValue(Sym of), Expr value) -> after.put(of, value);
        default -> {}
      }
    }
    equations = after;
  }

  private Setting setting() {
    return derivation.setting();
  }

  /** Whether coordinates share states; the one choice of a component is a single variable. */
  private boolean sharesStates() {
    boolean choice =
        !setting().inner().isEmpty() && Walk.contains(setting().loss(), CoordinateSums::isSum);
    return !choice && setting().states().stream().anyMatch(Sym::shared);
  }

  private Check sharedStep(int number, Map<Sym, Expr> values) {
    Errors errors = new Errors();
    for (TestLoss loss : TestLoss.MOSTLY_CONVEX) {
      List<Point> together =
          Point.together(points).stream().map(point -> point.with(loss)).toList();
      errors.add(() -> new SharedStepCheck(together).error(values));
    }
    return errors.check(
        number,
        "coordinates that share states move together, against brute force",
        StepChecks.LIMIT);
  }

  /** The result of the derivation against what the last rule left. */
  private Check lastEquations(RuleChecks rules) {
    Errors errors = new Errors();
    for (Derivation.Result result : derivation.result()) {
      errors.add(rules.differences(equations.get(result.state()), result.value()));
    }
    return errors.check(
        derivation.steps().size(), "the equations are those of the step before", EQUATIONS);
  }

  private static List<Step.Line.Equation> equations(Step step) {
    return step.lines().stream()
        .filter(Step.Line.Equation.class::isInstance)
        .map(Step.Line.Equation.class::cast)
        .toList();
  }

  private void facts(FamilyChecks family, int number, Step step) {
    for (Step.Line.Equation line : equations(step)) {
      family.of(number, line.left(), line.right()).ifPresent(checks::add);
    }
  }

  /** Lines about gradients and natural parameters, for each loss. */
  private void lines(int number, Step step) {
    Map<Quantity, Errors> errors = new LinkedHashMap<>();
    for (TestLoss loss : TestLoss.values()) {
      for (Point point : points) {
        StepChecks brute = new StepChecks(point.with(loss), RATE);
        brute.define(derivation);
        for (Step.Line.Equation line : equations(step)) {
          if (brute.knows(line.left())) {
            errors
                .computeIfAbsent(line.left(), _ -> new Errors())
                .add(() -> brute.error(line.left(), line.right()));
          }
        }
      }
    }
    errors.forEach(
        (quantity, each) ->
            checks.add(each.check(number, quantity.label().text(), StepChecks.LIMIT)));
  }

  /**
   * New values that the step gives: of the rule itself, or with rates in place of the common one.
   */
  private void newValues(int number, Step step) {
    Map<Sym, Expr> values = new LinkedHashMap<>();
    for (Step.Line.Equation line : equations(step)) {
      if (line.left() instanceof Quantity.NewValue(Sym of)) {
        values.put(of, line.right());
      }
    }
    boolean last = number == derivation.steps().size();
    if (values.isEmpty() || last) {
      return;
    }
    boolean common =
        values.values().stream().anyMatch(value -> Walk.contains(value, Derivation.RATE));
    Errors errors = new Errors();
    for (TestLoss loss : TestLoss.MOSTLY_CONVEX) {
      for (Point point : points) {
        StepChecks brute = new StepChecks(point.with(loss), RATE);
        brute.define(derivation);
        errors.add(
            () ->
                common
                    ? brute.newValuesError(values)
                    : equations.isEmpty() ? 0 : brute.ratesError(equations, values));
      }
    }
    if (common && sharesStates() && values.keySet().equals(Set.copyOf(setting().states()))) {
      checks.add(sharedStep(number, values));
    }
    checks.add(
        errors.check(
            number,
            common ? "new values solve the rule, against brute force" : "new values at their rates",
            StepChecks.LIMIT));
    equations = values;
  }
}
