package org.blrc.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.blrc.derive.Derivation;
import org.blrc.program.Precision;
import org.blrc.program.Program;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Walk;

/**
 * The update program against the equations that it was made from. Every draw of every step has
 * noise of its own.
 */
final class ProgramChecks {

  private static final double EQUATIONS = 1e-9;

  /** Steps in which the program is compared with the equations. */
  private static final int STEPS = 3;

  private final Derivation derivation;

  /** How many finite values were compared: those that left the numbers prove nothing. */
  private int compared;

  ProgramChecks(Derivation derivation) {
    this.derivation = derivation;
  }

  /**
   * Steps of the reference evaluator, from points where each equation has a known value. Each point
   * is a single coordinate; where coordinates share states, they are together.
   */
  Check program(List<Point> points) {
    boolean shares = derivation.program().states().stream().anyMatch(Program.State::shared);
    List<List<Point>> runs =
        shares ? List.of(Point.together(points)) : points.stream().map(List::of).toList();
    double worst = 0;
    for (TestLoss loss : TestLoss.MOSTLY_CONVEX) {
      for (List<Point> run : runs) {
        List<Point> coordinates = run.stream().map(point -> point.with(loss)).toList();
        worst = Check.worse(worst, programError(coordinates, new Trials(derivation, loss)));
      }
    }
    return Check.of(
        derivation.steps().size(),
        "update program against the equations",
        compared > 0 ? worst : Double.NaN,
        EQUATIONS);
  }

  private double programError(List<Point> points, Trials trials) {
    World first = points.getFirst().world();
    Map<String, Double> hypers = new HashMap<>();
    for (Program.Hyper hyper : derivation.program().hypers()) {
      hypers.put(hyper.name(), first.symbols().get(hyper.symbol()));
    }
    Map<String, double[]> states = new HashMap<>();
    for (Program.State state : derivation.program().states()) {
      states.put(
          state.name(),
          points.stream()
              .limit(state.shared() ? 1 : points.size())
              .mapToDouble(point -> point.world().symbols().get(state.symbol()))
              .toArray());
    }
    ReferenceOptimizer optimizer =
        new ReferenceOptimizer(derivation.program(), points.size(), hypers);
    Precision<double[]> doubles = new Precision.Doubles();
    states.forEach((name, values) -> doubles.copy(values, optimizer.state(name)));
    optimizer.refresh();
    int draws = Math.max(optimizer.samples(), drawsInEquations(first));
    double worst = 0;
    for (int step = 1; step <= STEPS; step++) {
      double[][][] noise = trials.noise(step, draws, points.size());
      List<Map<Sym, Double>> expected = expected(points, step, states, noise);
      states = trials.step(optimizer, doubles, noise);
      for (int i = 0; i < points.size(); i++) {
        for (Map.Entry<Sym, Double> entry : expected.get(i).entrySet()) {
          double actual = value(states, entry.getKey(), i);
          compared += Double.isFinite(actual) ? 1 : 0;
          worst = Check.worse(worst, Check.errorOrBothUndefined(entry.getValue(), actual));
        }
      }
    }
    return worst;
  }

  private static double value(Map<String, double[]> states, Sym state, int coordinate) {
    return states.get(state.name())[state.shared() ? 0 : coordinate];
  }

  private int drawsInEquations(World world) {
    return derivation.result().stream()
        .flatMap(result -> Walk.find(result.value(), Expr.Reduce.class::isInstance).stream())
        .map(found -> ((Expr.Reduce) found).axis())
        .mapToInt(axis -> axis instanceof Axis.Draws(Expr count) ? (int) world.value(count) : 1)
        .max()
        .orElse(1);
  }

  /** What the equations make of given states in one step, by coordinate. */
  private List<Map<Sym, Double>> expected(
      List<Point> points, int step, Map<String, double[]> states, double[][][] noise) {
    Map<Sym, Expr> equations = new HashMap<>();
    derivation.result().forEach(result -> equations.put(result.state(), result.value()));
    List<World> coordinates = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      Map<Sym, Double> symbols = new HashMap<>();
      symbols.put(Derivation.STEP_NUMBER, (double) step);
      for (Program.State state : derivation.program().states()) {
        symbols.put(state.symbol(), value(states, state.symbol(), i));
      }
      World world = points.get(i).world().with(symbols).withBatch(Trials.BATCH);
      coordinates.add(world.withNoises(byDraw(noise, i)));
    }
    return StepChecks.inOrder(equations, coordinates);
  }

  /** The noises of each draw at a coordinate, by name. */
  private List<Map<String, Double>> byDraw(double[][][] noise, int coordinate) {
    List<Program.NoiseInput> inputs = derivation.program().noises();
    int draws = inputs.isEmpty() ? 0 : noise[0].length;
    List<Map<String, Double>> result = new ArrayList<>();
    for (int draw = 0; draw < draws; draw++) {
      Map<String, Double> values = new HashMap<>();
      for (int stream = 0; stream < inputs.size(); stream++) {
        values.put(inputs.get(stream).name(), noise[stream][draw][coordinate]);
      }
      result.add(values);
    }
    return result;
  }
}
