package org.blrc.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.blrc.derive.Derivation;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;

/**
 * The Levi-Civita connection of several states at a point, from differences of Fisher informations,
 * which are integrals: F Gamma(u, u) = (d_u F) u - grad (u^T F u) / 2.
 */
final class ConnectionCheck {

  private final Point point;
  private final List<Sym> states;
  private final Map<Sym, Double> tangent = new HashMap<>();

  ConnectionCheck(Point point, List<Sym> states) {
    this.point = point;
    this.states = states;
    for (int i = 0; i < states.size(); i++) {
      // Of different sizes and signs.
      tangent.put(Derivation.direction(states.get(i)), Math.cos(1 + 2.0 * i));
    }
  }

  /** The error of what a line says of the component of Gamma(u, u) that belongs to a state. */
  double error(Sym of, Expr value) {
    double expected = connection()[states.indexOf(of)];
    return Check.error(expected, point.world().with(tangent).value(value));
  }

  private double[] connection() {
    Map<Sym, Double> at = point.states();
    List<Double> right = new ArrayList<>();
    for (int l = 0; l < states.size(); l++) {
      int row = l;
      double along = 0;
      for (Sym state : states) {
        along += u(state) * Differences.slope(moved -> lowered(moved)[row], at, state);
      }
      right.add(along - Differences.slope(this::square, at, states.get(l)) / 2);
    }
    return Differences.solve(fisher(at), right);
  }

  private double u(Sym state) {
    return tangent.get(Derivation.direction(state));
  }

  private double[][] fisher(Map<Sym, Double> at) {
    return point.fisher(point.setting().posterior(), at, states);
  }

  /** F u. */
  private double[] lowered(Map<Sym, Double> at) {
    double[][] fisher = fisher(at);
    double[] result = new double[states.size()];
    for (int i = 0; i < result.length; i++) {
      for (int j = 0; j < result.length; j++) {
        result[i] += fisher[i][j] * u(states.get(j));
      }
    }
    return result;
  }

  /** u^T F u. */
  private double square(Map<Sym, Double> at) {
    double[] lowered = lowered(at);
    double result = 0;
    for (int i = 0; i < lowered.length; i++) {
      result += u(states.get(i)) * lowered[i];
    }
    return result;
  }
}
