package org.blrc.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.blrc.derive.Derivation;
import org.blrc.derive.Derivation.Component;
import org.blrc.family.FamilyFacts;
import org.blrc.program.Precision;
import org.blrc.program.Program;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;

/**
 * Checks the derivation for a mixture: that of each component, and that together they are the step
 * of the mixture.
 */
final class MixtureChecks {

  private static final int POINTS = 2;
  private static final double GRADIENT = 1e-6;
  private static final double PROGRAM = 1e-12;

  private final Derivation derivation;
  private final List<Component> components;

  MixtureChecks(Derivation derivation) {
    this.derivation = derivation;
    this.components = derivation.components();
  }

  List<Check> all() {
    List<Check> checks = new ArrayList<>();
    for (int k = 0; k < components.size(); k++) {
      if (components.get(k).derivation().isPresent()) {
        Derivation own = components.get(k).derivation().get();
        String prefix = "component " + (k + 1) + ": ";
        checks.add(gradient(k, own, prefix));
        int last = own.steps().size();
        for (Check check : Verifier.withoutCode(own)) {
          int where = check.where() == last ? derivation.steps().size() : check.where();
          checks.add(check.about(prefix).at(where));
        }
      }
    }
    derivation.weights().ifPresent(own -> checks.addAll(weights(own)));
    checks.add(program());
    checks.sort(Comparator.comparingInt(Check::where));
    return checks;
  }

  /** Those of the weights, whose steps come after all others. */
  private List<Check> weights(Derivation own) {
    int before = derivation.steps().size() - own.steps().size();
    List<Check> checks = new ArrayList<>(List.of(weightGradient(own)));
    Verifier.withoutCode(own).forEach(check -> checks.add(check.about("weights: ")));
    return checks.stream().map(check -> check.at(before + check.where())).toList();
  }

  /**
   * The gradient of E_q[loss - log prior + log q] by a component's states is its weight times that
   * of the component's own objective, in which the responsibility does not move.
   */
  private Check gradient(int k, Derivation own, String prefix) {
    return gradient(
        own,
        world -> weight(k, world),
        prefix + "the gradient of the mixture's objective is the weight times its own");
  }

  /**
   * By the states of the weights, it is that of their own objective, in which neither
   * responsibilities nor components' densities move.
   */
  private Check weightGradient(Derivation own) {
    return gradient(
        own, _ -> 1, "weights: the gradient of the mixture's objective is that of their own");
  }

  /** The gradient of the mixture's objective against a multiple of that of a part's own. */
  private Check gradient(Derivation own, ToDoubleFunction<World> multiple, String subject) {
    Errors errors = new Errors();
    for (TestLoss loss : TestLoss.MOSTLY_CONVEX) {
      for (Point each : Point.of(own, POINTS)) {
        Point point = each.with(loss);
        for (Sym state : point.setting().states()) {
          errors.add(
              () ->
                  Check.error(
                      Differences.slope(at -> objective(point.world(), at), point.states(), state),
                      multiple.applyAsDouble(point.world())
                          * Differences.slope(
                              at -> ownObjective(point, at), point.states(), state)));
        }
      }
    }
    return errors.check(1, subject, GRADIENT);
  }

  private double weight(int k, World world) {
    double sum = components.stream().mapToDouble(each -> world.value(each.weight())).sum();
    return world.value(components.get(k).weight()) / sum;
  }

  /** The objective of the mixture, from its definition. */
  private double objective(World world, Map<Sym, Double> states) {
    World there = world.with(states);
    double sum = 0;
    for (int k = 0; k < components.size(); k++) {
      Component component = components.get(k);
      Sym variable = component.posterior().variable();
      Expr loss = Exprs.subtract(component.loss(), logPrior(component));
      sum +=
          weight(k, there)
              * density(component.posterior(), there)
                  .integral(x -> there.with(variable, x).value(loss) + Math.log(mixture(there, x)));
    }
    return sum;
  }

  private static Expr logPrior(Component component) {
    return component.prior().map(FamilyFacts::logDensity).orElse(Exprs.ZERO);
  }

  /** The density of the mixture. */
  private double mixture(World world, double[] x) {
    double sum = 0;
    for (int k = 0; k < components.size(); k++) {
      FamilyFacts posterior = components.get(k).posterior();
      sum +=
          weight(k, world)
              * Math.exp(world.with(posterior.variable(), x).value(posterior.logDensity()));
    }
    return sum;
  }

  /** The objective of a component with its own loss. */
  private static double ownObjective(Point point, Map<Sym, Double> states) {
    FamilyFacts posterior = point.setting().posterior();
    Sym variable = posterior.variable();
    World there = point.world().with(states);
    Expr prior = point.setting().prior().map(FamilyFacts::logDensity).orElse(Exprs.ZERO);
    Expr relative = Exprs.subtract(posterior.logDensity(), prior);
    return density(posterior, there)
        .integral(
            x ->
                point.world().with(variable, x).value(point.setting().loss())
                    + there.with(variable, x).value(relative));
  }

  private static Density density(FamilyFacts facts, World world) {
    Expr logDensity = facts.logDensity();
    return Density.of(
            facts.support().at(world::value),
            x -> world.with(facts.variable(), x).value(logDensity))
        .orElseThrow(() -> new ArithmeticException("no mass"));
  }

  /** One step of the program against those of the components' own programs. */
  private Check program() {
    double worst = 0;
    for (TestLoss loss : TestLoss.MOSTLY_CONVEX) {
      Map<String, double[]> together = step(derivation, loss);
      for (Derivation own : derivation.parts()) {
        Map<String, double[]> alone = step(own, loss);
        for (Derivation.Result result : own.result()) {
          String state = result.state().name();
          for (int i = 0; i < alone.get(state).length; i++) {
            worst =
                Check.worse(
                    worst, Check.errorOrBothUndefined(alone.get(state)[i], together.get(state)[i]));
          }
        }
      }
    }
    return Check.of(
        derivation.steps().size(),
        "update program against those of the components",
        worst,
        PROGRAM);
  }

  private Map<String, double[]> step(Derivation of, TestLoss loss) {
    Trials trials = new Trials(of, loss);
    // All begin where the whole does.
    Trials whole = new Trials(derivation, loss);
    Map<String, Double> hypers = new HashMap<>(whole.hyperParameters());
    Map<String, double[]> start = whole.states();
    for (Program.Hyper hyper : of.program().hypers()) {
      hyper.byDefault().ifPresent(value -> hypers.put(hyper.name(), value));
    }
    ReferenceOptimizer optimizer = new ReferenceOptimizer(of.program(), Trials.DIMENSION, hypers);
    Precision<double[]> doubles = new Precision.Doubles();
    start.forEach((name, values) -> doubles.copy(values, optimizer.state(name)));
    optimizer.refresh();
    return trials.step(optimizer, doubles, trials.noise(1, optimizer.samples(), Trials.DIMENSION));
  }
}
