package org.blrc.symbolic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Expect;
import org.blrc.symbolic.Expr.Noise;
import org.blrc.symbolic.Expr.Oracle;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Expr.Sym;

/**
 * Reads E[x g] - m E[g] as E[(x - m) g]: expectations of one derivative with different weights
 * become one, and so do their means over all coordinates and their sums over data.
 */
final class ExpectationMerger {

  private ExpectationMerger() {}

  /**
   * What terms have in common that become one.
   *
   * @param outer the sum or mean that is taken of the expectation, over all coordinates or over
   *     data; its body does not matter
   */
  private record Key(Optional<Reduce> outer, Sym variable, List<Expr> derivatives) {

    boolean isConstant(Expr factor) {
      return outer
          .map(reduce -> isConstant(reduce, factor))
          .orElseGet(
              () -> !Walk.contains(factor, part -> part.equals(variable) || part instanceof Noise));
    }

    /** What is the same for all that is summed. */
    static boolean isConstant(Reduce reduce, Expr factor) {
      return CoordinateSums.isSum(reduce)
          ? !CoordinateSums.varies(factor)
          : !Walk.contains(factor, reduce.index());
    }

    Expr expectation(List<Expr> body) {
      Expr expectation = new Expect(variable, Exprs.mul(body));
      return outer.<Expr>map(reduce -> of(reduce, expectation)).orElse(expectation);
    }

    static Reduce of(Reduce reduce, Expr body) {
      return new Reduce(reduce.mean(), reduce.index(), reduce.axis(), body);
    }
  }

  /** A term as an expectation of derivatives with a weight. */
  private record Weighted(Key key, Expr weight) {}

  static List<Expr> merged(List<Expr> terms) {
    Map<Key, List<Expr>> weights = new LinkedHashMap<>();
    List<Expr> others = new ArrayList<>();
    for (Expr term : terms) {
      weighted(term)
          .ifPresentOrElse(
              found ->
                  weights.computeIfAbsent(found.key(), _ -> new ArrayList<>()).add(found.weight()),
              () -> others.add(term));
    }
    if (weights.values().stream().allMatch(list -> list.size() == 1)) {
      return terms;
    }
    weights.forEach((key, list) -> others.add(whole(key, list)));
    return others;
  }

  /** An expectation with the sum of weights, from which common constants come out. */
  private static Expr whole(Key key, List<Expr> weights) {
    List<Expr> outside = new ArrayList<>();
    List<Expr> rests = weights;
    for (Expr factor : Exprs.factors(weights.getFirst())) {
      if (!(factor instanceof Expr.Num) && key.isConstant(factor)) {
        List<List<Expr>> factors =
            rests.stream().<List<Expr>>map(each -> new ArrayList<>(Exprs.factors(each))).toList();
        if (factors.stream().allMatch(each -> each.remove(factor))) {
          outside.add(factor);
          rests = factors.stream().map(Exprs::mul).toList();
        }
      }
    }
    boolean turned =
        rests.stream()
            .anyMatch(
                weight ->
                    Walk.contains(weight, key.variable())
                        && Exprs.coefficient(weight).signum() < 0);
    Expr sign = turned ? Exprs.MINUS_ONE : Exprs.ONE;
    List<Expr> body = new ArrayList<>(key.derivatives());
    body.add(Exprs.mul(sign, Exprs.add(rests)));
    return Exprs.mul(sign, Exprs.mul(Exprs.mul(outside), key.expectation(body)));
  }

  private static Optional<Weighted> weighted(Expr term) {
    for (Expr factor : Exprs.factors(term)) {
      List<Expr> outside = new ArrayList<>(Exprs.factors(term));
      outside.remove(factor);
      if (factor instanceof Expect expectation) {
        return weighted(expectation, outside);
      }
      // What differs between the terms of a sum means another one inside of it.
      if (factor instanceof Reduce reduce
          && (CoordinateSums.isAverage(reduce) || isOverData(reduce))
          && outside.stream().allMatch(each -> Key.isConstant(reduce, each))) {
        Optional<Weighted> inner = weighted(reduce.body());
        if (inner.isPresent() && inner.get().key().outer().isEmpty()) {
          Key key = inner.get().key();
          outside.add(inner.get().weight());
          Optional<Reduce> outer = Optional.of(Key.of(reduce, Exprs.ONE));
          return Optional.of(
              new Weighted(new Key(outer, key.variable(), key.derivatives()), Exprs.mul(outside)));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isOverData(Reduce reduce) {
    return reduce.axis() instanceof Axis.Data || reduce.axis() instanceof Axis.Batch;
  }

  private static Optional<Weighted> weighted(Expect expectation, List<Expr> outside) {
    List<Expr> derivatives = derivatives(expectation.body());
    List<Expr> weight = new ArrayList<>(Exprs.factors(expectation.body()));
    weight.removeAll(derivatives);
    weight.addAll(outside);
    return derivatives.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Weighted(
                new Key(Optional.empty(), expectation.variable(), derivatives), Exprs.mul(weight)));
  }

  private static List<Expr> derivatives(Expr body) {
    return Exprs.factors(body).stream()
        .filter(
            factor ->
                factor instanceof Oracle
                    || (factor instanceof Expr.Pow(Expr base, _) && base instanceof Oracle))
        .toList();
  }
}
