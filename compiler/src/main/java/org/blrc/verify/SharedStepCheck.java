package org.blrc.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.blrc.derive.Derivation;
import org.blrc.derive.Setting;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;

/**
 * Whether states that several coordinates share, and those of each coordinate beside them, set out
 * along the natural gradient of all coordinates together: the Fisher information and the gradient
 * of each coordinate are integrals, and go into one linear system.
 */
final class SharedStepCheck {

  private final List<Point> points;
  private final Setting setting;

  /** The system's unknowns: shared states once, the others by coordinate. */
  private final List<Sym> shared;

  private final List<Sym> own;

  /**
   * @param points one for each coordinate
   */
  SharedStepCheck(List<Point> points) {
    this.points = points;
    this.setting = points.getFirst().setting();
    this.shared = setting.states().stream().filter(Sym::shared).toList();
    this.own = setting.states().stream().filter(state -> !state.shared()).toList();
  }

  /** The largest error of the derivatives of new values by the rate, at a rate of zero. */
  double error(Map<Sym, Expr> values) {
    double[] expected = naturalGradient();
    double worst = 0;
    for (int coordinate = 0; coordinate < points.size(); coordinate++) {
      for (Sym state : setting.states()) {
        double slope = slope(values, state, coordinate);
        worst = Check.worse(worst, Check.error(-expected[place(state, coordinate)], slope));
      }
    }
    return worst;
  }

  private int place(Sym state, int coordinate) {
    return state.shared()
        ? shared.indexOf(state)
        : shared.size() + coordinate * own.size() + own.indexOf(state);
  }

  /** Of all coordinates together; block by block where each state takes its own step. */
  private double[] naturalGradient() {
    int unknowns = shared.size() + points.size() * own.size();
    double[][] fisher = new double[unknowns][unknowns];
    List<Double> gradient = new ArrayList<>(Collections.nCopies(unknowns, 0.0));
    for (int coordinate = 0; coordinate < points.size(); coordinate++) {
      Point point = points.get(coordinate);
      double[][] ofOne = point.fisher(setting.posterior(), point.states(), setting.states());
      for (int i = 0; i < setting.states().size(); i++) {
        Sym row = setting.states().get(i);
        int at = place(row, coordinate);
        double slope = Differences.slope(objective(point), point.states(), row);
        gradient.set(at, gradient.get(at) + slope);
        for (int j = 0; j < setting.states().size(); j++) {
          if (i == j || setting.mode() != Setting.Mode.BLOCKWISE) {
            fisher[at][place(setting.states().get(j), coordinate)] += ofOne[i][j];
          }
        }
      }
    }
    return Differences.solve(fisher, gradient);
  }

  /** The objective as a function of the states. */
  private ToDoubleFunction<Map<Sym, Double>> objective(Point point) {
    return states -> {
      World there = point.world().with(states);
      Map<Sym, Double> coordinates = new HashMap<>();
      setting.inStates().forEach((symbol, value) -> coordinates.put(symbol, there.value(value)));
      return point.objective(coordinates);
    };
  }

  private double slope(Map<Sym, Expr> values, Sym state, int coordinate) {
    return Differences.slope(
        rate -> {
          List<World> worlds = points.stream().map(point -> point.world().with(rate)).toList();
          return StepChecks.inOrder(values, worlds).get(coordinate).get(state);
        },
        Map.of(Derivation.RATE, 0.0),
        Derivation.RATE);
  }
}
