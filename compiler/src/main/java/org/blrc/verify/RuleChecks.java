package org.blrc.verify;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.blrc.derive.Derivation;
import org.blrc.derive.Grade;
import org.blrc.derive.Quantity;
import org.blrc.derive.Replacement;
import org.blrc.derive.Setting;
import org.blrc.derive.Step;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
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

  RuleChecks(Derivation derivation, List<Point> points) {
    this.derivation = derivation;
    this.setting = derivation.setting();
    this.points = points;
  }

  Check check(int number, Step step) {
    List<Replacement> replacements = step.replacements().orElseThrow();
    Map<TestLoss, Double> errors = new EnumMap<>(TestLoss.class);
    for (TestLoss loss : TestLoss.values()) {
      errors.put(loss, error(replacements, loss));
    }
    double worst = errors.values().stream().reduce(0.0, Check::worse);
    return switch (step.grade()) {
      case EXACT -> Check.of(number, step.title() + ": identity", worst, EXACT);
      case UNBIASED -> Check.of(number, step.title() + ": equal in the mean", worst, EXACT);
      case BIASED -> Check.measured(number, step.title(), worst, note(errors, replacements));
    };
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
    double worst = 0;
    for (Step.Line.Change line : changes) {
      if (line.left() instanceof Quantity.NewValue(Sym of)) {
        worst = Check.worse(worst, difference(before.get(of), line.before()));
      }
      if (step.grade() == Grade.EXACT) {
        worst = Check.worse(worst, difference(line.before(), line.after()));
      }
      if (allStand) {
        worst = Check.worse(worst, difference(Walk.substitute(line.before(), put), line.after()));
      }
    }
    String subject = allStand ? "the equations, rewritten" : "the equations that are rewritten";
    return Check.of(number, subject, worst, EXACT);
  }

  /** How far two right sides are apart. */
  double difference(Expr left, Expr right) {
    double worst = 0;
    for (Point point : points) {
      World world = withNewValues(point.with(TestLoss.BUMP).world());
      worst = Check.worse(worst, Check.errorOrBothUndefined(world.value(left), world.value(right)));
    }
    return worst;
  }

  private String note(Map<TestLoss, Double> errors, List<Replacement> replacements) {
    if (replacements.stream().anyMatch(this::bringsInState)) {
      return "an estimate from earlier steps";
    }
    if (errors.values().stream().allMatch(error -> error < NONE)) {
      return "no difference on the test losses";
    }
    String measured =
        errors.entrySet().stream()
            .map(
                each ->
                    "%s %s"
                        .formatted(
                            each.getKey().label(), VerificationTable.number(each.getValue())))
            .collect(Collectors.joining(", "));
    return errors.get(TestLoss.QUADRATIC) < NONE ? "exact on quadratics; " + measured : measured;
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

  private double error(List<Replacement> replacements, TestLoss loss) {
    double worst = 0;
    for (Point point : points) {
      World world = withNewValues(point.with(loss).world());
      for (Replacement replacement : replacements) {
        double from = mean(replacement.from(), world);
        double to = mean(replacement.to(), world);
        worst = Check.worse(worst, Check.error(from, to));
      }
    }
    return worst;
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

  /** The mean over what the expression leaves open: the example, the variable, noise, batches. */
  private double mean(Expr expr, World world) {
    Optional<Sym> index = freeIndex(expr);
    return index.isEmpty()
        ? overVariable(expr, world)
        : average(example -> overVariable(expr, world.with(index.get(), example)));
  }

  private double overVariable(Expr expr, World world) {
    if (isFree(setting.variable(), expr)) {
      return world
          .posterior()
          .orElseThrow()
          .integral(x -> world.with(setting.variable(), x).value(expr));
    }
    return Walk.contains(expr, RuleChecks::isOverBatch)
        ? average(example -> overNoise(expr, world.withBatch(List.of(example))))
        : overNoise(expr, world);
  }

  private static double average(IntToDoubleFunction ofExample) {
    return IntStream.range(0, World.EXAMPLES).mapToDouble(ofExample).average().orElseThrow();
  }

  private double overNoise(Expr expr, World world) {
    boolean drawn =
        Walk.contains(expr, part -> part instanceof Expr.Noise || part instanceof Expr.Draw);
    return drawn
        ? FamilyChecks.overNoise(
            setting.posterior().noises(), Map.of(), noise -> world.withNoise(noise).value(expr))
        : world.value(expr);
  }

  private static boolean isOverBatch(Expr part) {
    return part instanceof Expr.Reduce reduce && reduce.axis() instanceof Axis.Batch;
  }

  /** The index of an example, where the sum that binds it is not part of the expression. */
  private static Optional<Sym> freeIndex(Expr expr) {
    return Walk.find(expr, part -> part instanceof Sym symbol && symbol.kind() == Sym.Kind.INDEX)
        .stream()
        .map(Sym.class::cast)
        .filter(symbol -> isFree(symbol, expr))
        .findFirst();
  }

  /** Whether a symbol stands outside what binds it. */
  private static boolean isFree(Sym symbol, Expr expr) {
    return switch (expr) {
      case Expr.Expect(Sym variable, Expr _) when variable.equals(symbol) -> false;
      case Expr.Reduce reduce when reduce.index().equals(symbol) -> false;
      case Sym found -> found.equals(symbol);
      default -> Walk.children(expr).stream().anyMatch(child -> isFree(symbol, child));
    };
  }
}
