package org.blrc.verify;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.blrc.derive.Derivation;
import org.blrc.derive.Grade;
import org.blrc.derive.Quantity;
import org.blrc.derive.Replacement;
import org.blrc.derive.Setting;
import org.blrc.derive.Step;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Walk;

/**
 * What a rule replaced against what it put there: equal for an exact rule, equal in the mean over
 * noise and minibatches for an unbiased one; for an approximation the difference is measured.
 */
final class RuleChecks {

  private static final double EXACT = 1e-7;

  /** Differences below this are those of the arithmetic. */
  private static final double NONE = 1e-9;

  private final Derivation derivation;
  private final Setting setting;
  private final List<Point> points;
  private final Means means;

  RuleChecks(Derivation derivation, List<Point> points) {
    this.derivation = derivation;
    this.setting = derivation.setting();
    this.points = points;
    this.means = new Means(setting);
  }

  Check check(int number, Step step) {
    List<Replacement> replacements = step.replacements().orElseThrow();
    Map<TestLoss, Errors> errors = new EnumMap<>(TestLoss.class);
    Errors all = new Errors();
    for (TestLoss loss : TestLoss.values()) {
      errors.put(loss, errors(replacements, loss));
      all.add(errors.get(loss));
    }
    return switch (step.grade()) {
      case EXACT -> all.check(number, step.title() + ": identity", EXACT);
      case UNBIASED -> all.check(number, step.title() + ": equal in the mean", EXACT);
      case BIASED -> all.measured(number, step.title(), note(errors, replacements));
    };
  }

  /** What the draws that a rule puts in place of the variable do to the gradient of its loss. */
  Check relaxation(int number, Step step) {
    Map<TestLoss, Errors> errors = new EnumMap<>(TestLoss.class);
    Errors all = new Errors();
    for (TestLoss loss : TestLoss.values()) {
      Errors ofLoss = new Errors();
      for (Point point : points) {
        ofLoss.add(() -> new StepChecks(point.with(loss), 0).relaxationError());
      }
      errors.put(loss, ofLoss);
      all.add(ofLoss);
    }
    return all.measured(number, step.title(), note(errors, List.of()));
  }

  /**
   * The equations that a step shows against those of the step before: what it rewrites has to stand
   * there, an exact rule leaves the value as it is, and where all that it replaced stands in the
   * equations as written, putting the replacements there gives the equations after.
   */
  Check equations(int number, Step step, Map<Sym, Expr> before) {
    List<Replacement> replacements = step.replacements().orElseThrow();
    List<Step.Line.Change> changes =
        step.lines().stream()
            .filter(Step.Line.Change.class::isInstance)
            .map(Step.Line.Change.class::cast)
            .toList();
    boolean allStand =
        replacements.stream()
            .allMatch(
                each ->
                    changes.stream().anyMatch(line -> Walk.contains(line.before(), each.from())));
    Map<Expr, Expr> put = new HashMap<>();
    replacements.forEach(each -> put.put(each.from(), each.to()));
    Errors errors = new Errors();
    for (Step.Line.Change line : changes) {
      if (line.left() instanceof Quantity.NewValue(Sym of)) {
        errors.add(differences(before.get(of), line.before()));
      }
      if (step.grade() == Grade.EXACT) {
        errors.add(differences(line.before(), line.after()));
      }
      if (allStand) {
        errors.add(differences(Walk.substitute(line.before(), put), line.after()));
      }
    }
    String subject = allStand ? "the equations, rewritten" : "the equations that are rewritten";
    return errors.check(number, subject, EXACT);
  }

  /** How far two right sides are apart. */
  Errors differences(Expr left, Expr right) {
    Errors errors = new Errors();
    for (Point point : points) {
      World world = withNewValues(point.with(TestLoss.BUMP).world()).coupled();
      errors.add(() -> Check.errorOrBothUndefined(world.value(left), world.value(right)));
    }
    return errors;
  }

  private String note(Map<TestLoss, Errors> errors, List<Replacement> replacements) {
    if (replacements.stream().anyMatch(this::bringsInState)) {
      return "an estimate from earlier steps";
    }
    Map<TestLoss, Double> found = new EnumMap<>(TestLoss.class);
    errors.forEach((loss, each) -> each.worst().ifPresent(worst -> found.put(loss, worst)));
    if (found.values().stream().allMatch(error -> error < NONE)) {
      return "no difference on the test losses";
    }
    String measured =
        found.entrySet().stream()
            .map(
                each ->
                    "%s %s"
                        .formatted(
                            each.getKey().label(), VerificationTable.number(each.getValue())))
            .collect(Collectors.joining(", "));
    return found.getOrDefault(TestLoss.QUADRATIC, Double.NaN) < NONE
        ? "exact on quadratics; " + measured
        : measured;
  }

  /** Whether a replacement speaks of a state that the replaced expression does not hold. */
  private boolean bringsInState(Replacement replacement) {
    return derivation.program().states().stream()
        .map(state -> state.symbol())
        .filter(state -> !setting.states().contains(state))
        .anyMatch(
            state ->
                Walk.contains(replacement.to(), Derivation.newValue(state))
                    && !Walk.contains(replacement.from(), Derivation.newValue(state)));
  }

  private Errors errors(List<Replacement> replacements, TestLoss loss) {
    Errors errors = new Errors();
    for (Point point : points) {
      World world = withNewValues(point.with(loss).world()).coupled();
      for (Replacement each : replacements) {
        IntStream.concat(means.batchSizes(each.from()), means.batchSizes(each.to()))
            .distinct()
            .forEach(
                size ->
                    errors.add(
                        () ->
                            Check.error(
                                means.of(each.from(), world, size),
                                means.of(each.to(), world, size))));
      }
    }
    return errors;
  }

  /**
   * New states have values of their own, since a rule may be applied to equations that hold them.
   */
  private World withNewValues(World world) {
    SplittableRandom random = new SplittableRandom(11);
    Map<Sym, Double> values = new HashMap<>();
    derivation
        .program()
        .states()
        .forEach(
            state ->
                values.put(
                    Derivation.newValue(state.symbol()),
                    world.symbols().get(state.symbol()) * random.nextDouble(0.9, 1.1)));
    return world.with(values);
  }
}
