package org.blrc.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.blrc.derive.Setting;
import org.blrc.family.Support;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Function;

/**
 * A declared distribution function against the density, and what follows from it, at quantiles.
 *
 * @param points at least one
 */
record QuantileChecks(List<Point> points) {

  private static final List<Double> PROBABILITIES = List.of(0.02, 0.2, 0.5, 0.8, 0.98);
  private static final double INTEGRAL = 1e-8;
  private static final double DIFFERENCE = 1e-6;

  /** Quantiles lie within so much of the middle of the line. */
  private static final double REACH = 50;

  /** With the slope of a density, a mean of 1/2 says that it goes from 0 to 1. */
  List<Check> cdf() {
    Expr density = Exprs.call(Function.EXP, setting().family().logDensity());
    return List.of(
        worst(
            0,
            "cdf: its mean is 1/2",
            INTEGRAL,
            point -> Check.error(0.5, point.mean(cdfExpression(), point.coordinates()))),
        atQuantiles(
            0,
            "cdf: its slope is the density",
            (point, x) ->
                Check.error(value(point, density, x), slope(point, x, setting().variable()))));
  }

  /** A formula for the derivative of quantiles by a coordinate. */
  Check derivative(int step, String subject, Sym by, Expr formula) {
    return atQuantiles(
        step,
        subject,
        (point, x) ->
            Check.error(
                -slope(point, x, by) / slope(point, x, setting().variable()),
                value(point, formula, x)));
  }

  private Check atQuantiles(int step, String subject, ToDoubleBiFunction<Point, Double> error) {
    return worst(
        step,
        subject,
        DIFFERENCE,
        point ->
            PROBABILITIES.stream()
                .mapToDouble(p -> error.applyAsDouble(point, quantile(point, p)))
                .reduce(0, Check::worse));
  }

  private Check worst(int step, String subject, double limit, ToDoubleFunction<Point> error) {
    Errors errors = new Errors();
    points.forEach(point -> errors.add(() -> error.applyAsDouble(point)));
    return errors.check(step, subject, limit);
  }

  private double quantile(Point point, double probability) {
    Line line = Line.over(support(point));
    double below = -REACH;
    double above = REACH;
    // Halving ends where the two are neighbours among the numbers.
    for (double u = 0; below < u && u < above; u = (below + above) / 2) {
      if (value(point, cdfExpression(), line.point(u)) < probability) {
        below = u;
      } else {
        above = u;
      }
    }
    return line.point(below);
  }

  private Domain support(Point point) {
    return switch (setting().family().support().at(point.world()::value)) {
      case Support.Interval interval -> interval.hull();
      case Support.Finite _, Support.Counts _, Support.Circle _, Support.Simplex _ ->
          throw new IllegalArgumentException("no distribution function can be declared");
    };
  }

  private Setting setting() {
    return points.getFirst().setting();
  }

  private Expr cdfExpression() {
    return setting().family().cdf().orElseThrow();
  }

  private double value(Point point, Expr expr, double x) {
    return point.world().with(setting().variable(), x).value(expr);
  }

  /** The derivative of the distribution function by the variable or by a coordinate. */
  private double slope(Point point, double x, Sym by) {
    Map<Sym, Double> at = new HashMap<>(point.coordinates());
    at.put(setting().variable(), x);
    return Differences.slope(values -> point.world().with(values).value(cdfExpression()), at, by);
  }
}
