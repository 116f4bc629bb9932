package org.blrc.trial;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.blrc.family.FamilyFacts;
import org.blrc.program.ExprEvaluator;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;

/**
 * The log density of an exponential family, natural . statistics + base measure - log-partition.
 *
 * @param variable the random variable, of which statistics and base measure are functions
 */
record LogDensity(
    Sym variable, List<Expr> natural, List<Expr> statistics, Expr baseMeasure, Expr logPartition) {

  static LogDensity of(FamilyFacts family) {
    return new LogDensity(
        family.variable(),
        family.natural(),
        family.statistics(),
        family.logBaseMeasure(),
        family.logPartition());
  }

  /** At given values of all other symbols; those that the variable is not in are read once. */
  DoubleUnaryOperator at(ToDoubleFunction<Sym> values) {
    DoubleUnaryOperator kernel = kernel(values);
    double constant = ExprEvaluator.evaluate(logPartition, values::applyAsDouble);
    return x -> kernel.applyAsDouble(x) - constant;
  }

  /** The same without the log-partition, which improper densities lack. */
  DoubleUnaryOperator kernel(ToDoubleFunction<Sym> values) {
    double[] weights =
        natural.stream()
            .mapToDouble(each -> ExprEvaluator.evaluate(each, values::applyAsDouble))
            .toArray();
    return x -> {
      ExprEvaluator.Bindings bindings =
          symbol -> symbol.equals(variable) ? x : values.applyAsDouble(symbol);
      double sum = ExprEvaluator.evaluate(baseMeasure, bindings);
      for (int j = 0; j < weights.length; j++) {
        sum += weights[j] * ExprEvaluator.evaluate(statistics.get(j), bindings);
      }
      return sum;
    };
  }
}
