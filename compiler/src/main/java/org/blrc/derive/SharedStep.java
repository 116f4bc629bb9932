package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.blrc.family.Matrix;
import org.blrc.symbolic.CoordinateSums;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;

/**
 * The natural gradient where all coordinates share some of the parameters, from those that each
 * coordinate would have alone.
 *
 * <p>Let F be the Fisher information of one coordinate, in blocks for its own parameters (a) and
 * the shared ones (s), G its gradient and D = F^-1 G. Together the coordinates have
 *
 * <pre>
 * F_aa d_a + F_as d_s = G_a for each of them
 * sum (F_sa d_a + F_ss d_s) = sum G_s over all of them
 * </pre>
 *
 * Without d_a, and with S = F_ss - F_sa F_aa^-1 F_as, of which S D_s = G_s - F_sa F_aa^-1 G_a, that
 * is
 *
 * <pre>
 * d_s = (mean S)^-1 mean (S D_s)
 * d_a = D_a + F_aa^-1 F_as (D_s - d_s)
 * </pre>
 *
 * @param own the places of a coordinate's own parameters
 * @param shared the places of the shared ones
 * @param weights S
 * @param slopes F_aa^-1 F_as, a row for each of a coordinate's own parameters
 */
record SharedStep(
    List<Integer> own, List<Integer> shared, List<List<Expr>> weights, List<List<Expr>> slopes) {

  static final String JUSTIFICATION =
      "; what all coordinates share moves by the mean of their steps, weighted by the Fisher"
          + " information that each of them has, and what each has of its own by the rest of its step";

  /**
   * Absent where the Fisher information is singular.
   *
   * @param fisher that of one coordinate
   * @param isShared for each parameter
   */
  static Optional<SharedStep> of(List<List<Expr>> fisher, List<Boolean> isShared) {
    List<Integer> own = places(isShared, false);
    List<Integer> shared = places(isShared, true);
    List<List<Expr>> columns = new ArrayList<>();
    for (int s : shared) {
      List<Expr> column = own.stream().map(a -> fisher.get(a).get(s)).toList();
      Optional<List<Expr>> solved = Matrix.solve(block(fisher, own, own), column);
      if (solved.isEmpty()) {
        return Optional.empty();
      }
      columns.add(solved.get());
    }
    List<List<Expr>> slopes = own.isEmpty() ? List.of() : Matrix.transpose(columns);
    List<List<Expr>> explained =
        own.isEmpty() ? List.of() : Matrix.product(block(fisher, shared, own), slopes);
    List<List<Expr>> weights = new ArrayList<>();
    for (int i = 0; i < shared.size(); i++) {
      List<Expr> row = new ArrayList<>();
      for (int j = 0; j < shared.size(); j++) {
        Expr whole = fisher.get(shared.get(i)).get(shared.get(j));
        row.add(
            Normal.simplify(
                own.isEmpty() ? whole : Exprs.subtract(whole, explained.get(i).get(j))));
      }
      weights.add(row);
    }
    return Optional.of(new SharedStep(own, shared, weights, slopes));
  }

  private static List<Integer> places(List<Boolean> isShared, boolean wanted) {
    return IntStream.range(0, isShared.size())
        .filter(i -> isShared.get(i) == wanted)
        .boxed()
        .toList();
  }

  private static List<List<Expr>> block(
      List<List<Expr>> matrix, List<Integer> rows, List<Integer> columns) {
    return rows.stream().map(row -> columns.stream().map(matrix.get(row)::get).toList()).toList();
  }

  /**
   * The natural gradient. Linear, so that it may be applied to a part of it, too.
   *
   * @param alone what each coordinate would have alone
   */
  Optional<List<Expr>> of(List<Expr> alone) {
    return means(shared.stream().map(alone::get).toList())
        .map(
            means -> {
              List<Expr> result = new ArrayList<>(alone);
              for (int i = 0; i < shared.size(); i++) {
                result.set(shared.get(i), means.get(i));
              }
              for (int a = 0; a < own.size(); a++) {
                List<Expr> terms = new ArrayList<>(List.of(alone.get(own.get(a))));
                for (int i = 0; i < shared.size(); i++) {
                  Expr difference = Exprs.subtract(alone.get(shared.get(i)), means.get(i));
                  terms.add(Exprs.mul(slopes.get(a).get(i), difference));
                }
                result.set(own.get(a), Normal.simplify(Exprs.add(terms)));
              }
              return result;
            });
  }

  /** The weighted mean; weights that are the same for all coordinates cancel. */
  private Optional<List<Expr>> means(List<Expr> alone) {
    boolean equal = weights.stream().flatMap(List::stream).noneMatch(CoordinateSums::varies);
    return equal
        ? Optional.of(alone.stream().map(SharedStep::average).toList())
        : Matrix.solve(
            weights.stream().map(row -> row.stream().map(SharedStep::average).toList()).toList(),
            Matrix.times(weights, alone).stream().map(SharedStep::average).toList());
  }

  /** The mean over all coordinates of what may be the same for all of them. */
  static Expr average(Expr expr) {
    Expr body = Normal.shorter(expr);
    return CoordinateSums.varies(body) ? CoordinateSums.average(body) : body;
  }
}
