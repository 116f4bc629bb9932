package org.blrc.diff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Oracle;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Walk;

/** The opaque functions of a loss. */
final class LossFunctions {

  /** More functions than these are paired in the order of their declaration only. */
  private static final int MOST_PERMUTED = 4;

  private LossFunctions() {}

  /**
   * What an opaque function is to a loss.
   *
   * @param axis the data axis over which its values are added or averaged
   * @param weightOfMean its factor in the loss; where there is an axis, that of the mean over it
   */
  record Term(String function, int rank, Optional<Axis.Data> axis, Expr weightOfMean) {}

  record Pairing(Term left, Term right) {}

  /** The functions of a loss, in the order in which it names them. */
  static List<Term> of(Expr loss) {
    Expr simplified = Equality.guarded(() -> Normal.simplify(loss), loss);
    List<Term> terms = new ArrayList<>();
    for (Expr found : Walk.find(simplified, LossFunctions::isFunction)) {
      Oracle oracle = oracle(found);
      if (terms.stream().noneMatch(term -> term.function().equals(oracle.function()))) {
        Optional<Reduce> sum =
            Walk.find(simplified, part -> isSumOf(part, oracle)).stream()
                .map(Reduce.class::cast)
                .findFirst();
        terms.add(
            new Term(
                oracle.function(),
                oracle.rank(),
                sum.map(each -> (Axis.Data) each.axis()),
                weight(simplified, sum.isPresent() ? sum.get() : oracle)));
      }
    }
    terms.sort(Comparator.comparingInt(Term::rank));
    return terms;
  }

  /** The loss without its opaque functions. */
  static Expr explicit(Expr loss) {
    Expr simplified = Equality.guarded(() -> Normal.simplify(loss), loss);
    return without(simplified);
  }

  private static Expr without(Expr expr) {
    return isFunction(expr) ? Exprs.ZERO : Walk.mapChildren(expr, LossFunctions::without);
  }

  private static boolean isFunction(Expr part) {
    return part instanceof Oracle;
  }

  private static Oracle oracle(Expr part) {
    return (Oracle) part;
  }

  private static boolean isSumOf(Expr part, Oracle oracle) {
    return part instanceof Reduce reduce
        && reduce.axis() instanceof Axis.Data
        && Walk.contains(reduce.body(), oracle);
  }

  private static Expr weight(Expr loss, Expr atom) {
    Expr factor =
        Equality.guarded(() -> Normal.coefficients(loss, atom, 1), Optional.<List<Expr>>empty())
            .map(both -> both.get(1))
            .orElse(Exprs.ONE);
    return atom instanceof Reduce(boolean mean, var _, Axis.Data axis, var _) && !mean
        ? Exprs.mul(factor, axis.size())
        : factor;
  }

  /** All ways to pair functions of two losses, the order of declaration first. */
  static List<List<Pairing>> pairings(Expr left, Expr right) {
    List<Term> mine = of(left);
    List<Term> others = of(right);
    int count = Math.min(mine.size(), others.size());
    List<List<Pairing>> result = new ArrayList<>();
    if (Math.max(mine.size(), others.size()) > MOST_PERMUTED) {
      List<Pairing> inOrder = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        inOrder.add(new Pairing(mine.get(i), others.get(i)));
      }
      return List.of(inOrder);
    }
    extend(mine, others, List.of(), count, result);
    return result;
  }

  private static void extend(
      List<Term> left,
      List<Term> right,
      List<Pairing> chosen,
      int count,
      List<List<Pairing>> result) {
    if (chosen.size() == count) {
      result.add(chosen);
      return;
    }
    for (int i = 0; i < left.size(); i++) {
      for (int j = 0; j < right.size(); j++) {
        boolean next = left.size() <= right.size() ? i == 0 : j == 0;
        if (next) {
          List<Pairing> more = new ArrayList<>(chosen);
          more.add(new Pairing(left.get(i), right.get(j)));
          extend(without(left, i), without(right, j), more, count, result);
        }
      }
    }
  }

  private static List<Term> without(List<Term> terms, int index) {
    List<Term> rest = new ArrayList<>(terms);
    rest.remove(index);
    return rest;
  }
}
