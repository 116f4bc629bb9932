package org.blrc.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.blrc.symbolic.Expr.Sym;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;

/** Derivatives by central differences, extrapolated once, and small linear systems. */
final class Differences {

  private static final double STEP = 1e-3;

  private Differences() {}

  /** The derivative of a function of some symbols in one of them. */
  static double slope(ToDoubleFunction<Map<Sym, Double>> f, Map<Sym, Double> at, Sym by) {
    double x = at.get(by);
    double h = STEP * Math.max(0.1, Math.min(1, distanceToEnd(by, x)));
    double wide = (at(f, at, by, x + 2 * h) - at(f, at, by, x - 2 * h)) / (4 * h);
    double narrow = (at(f, at, by, x + h) - at(f, at, by, x - h)) / (2 * h);
    return narrow + (narrow - wide) / 3;
  }

  private static double distanceToEnd(Sym symbol, double x) {
    return Math.min(x - symbol.domain().lower(), symbol.domain().upper() - x);
  }

  private static double at(
      ToDoubleFunction<Map<Sym, Double>> f, Map<Sym, Double> at, Sym by, double value) {
    Map<Sym, Double> moved = new HashMap<>(at);
    moved.put(by, value);
    return f.applyAsDouble(moved);
  }

  static List<Double> gradient(
      ToDoubleFunction<Map<Sym, Double>> f, Map<Sym, Double> at, List<Sym> by) {
    return by.stream().map(symbol -> slope(f, at, symbol)).toList();
  }

  /** Row i, column j: the derivative of function i in symbol j. */
  static double[][] jacobian(
      List<ToDoubleFunction<Map<Sym, Double>>> functions, Map<Sym, Double> at, List<Sym> by) {
    List<double[]> rows = new ArrayList<>();
    for (ToDoubleFunction<Map<Sym, Double>> function : functions) {
      rows.add(gradient(function, at, by).stream().mapToDouble(Double::doubleValue).toArray());
    }
    return rows.toArray(double[][]::new);
  }

  static double[] solve(double[][] matrix, List<Double> right) {
    RealMatrix left = new Array2DRowRealMatrix(matrix);
    double[] vector = right.stream().mapToDouble(Double::doubleValue).toArray();
    return new LUDecomposition(left).getSolver().solve(new ArrayRealVector(vector)).toArray();
  }

  static double[][] transpose(double[][] matrix) {
    return new Array2DRowRealMatrix(matrix).transpose().getData();
  }
}
