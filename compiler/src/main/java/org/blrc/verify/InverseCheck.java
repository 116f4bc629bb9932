package org.blrc.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.blrc.derive.Derivation;
import org.blrc.derive.Setting;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Walk;

/**
 * Natural parameters as functions of expectation parameters, which are integrals.
 *
 * @param point at which
 */
record InverseCheck(Point point) {

  static final String SUBJECT =
      "lambda(mu), by Newton's method: the means lead back to their distribution";

  /** Whether the means of the statistics determine the distribution; of a sub-family, some do. */
  boolean applies() {
    int varying = varying().size();
    return varying > 0 && varying == setting().coordinates().size();
  }

  /** The error of a natural parameter in closed form. */
  double error(int index, Expr value) {
    Map<Sym, Double> means = new HashMap<>();
    varying().forEach(j -> means.put(Derivation.mean(j), mean(j)));
    return Check.error(point.world().value(natural(index)), point.world().with(means).value(value));
  }

  /** The largest error of those that are found in numbers. */
  double error() {
    Optional<Map<Sym, Double>> found =
        new NaturalInverse(setting().family(), varying(), setting().domains(), point.world())
            .parameters(varying().stream().map(this::mean).toList());
    World there =
        point
            .world()
            .with(
                found.orElseThrow(
                    () -> new UntrustedIntegral("the search for the parameters does not settle")));
    double worst = 0;
    for (int j : varying()) {
      worst =
          Check.worse(worst, Check.error(point.world().value(natural(j)), there.value(natural(j))));
    }
    return worst;
  }

  private Setting setting() {
    return point.setting();
  }

  /** The natural parameters that the coordinates move. */
  private List<Integer> varying() {
    return IntStream.range(0, setting().family().natural().size())
        .filter(j -> Walk.contains(natural(j), setting().coordinates()::contains))
        .boxed()
        .toList();
  }

  private Expr natural(int index) {
    return setting().family().natural().get(index);
  }

  private double mean(int statistic) {
    return point.mean(setting().family().statistics().get(statistic), point.coordinates());
  }
}
