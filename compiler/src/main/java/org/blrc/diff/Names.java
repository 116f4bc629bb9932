package org.blrc.diff;

import java.util.List;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;

/**
 * What corresponds in two derivations.
 *
 * @param functions loss functions; where one is that of a single example, its mean or sum
 * @param onlyLeft hyper-parameters and states to which nothing corresponds
 */
public record Names(
    List<Pair> functions,
    List<Pair> states,
    List<Pair> hypers,
    List<Sym> onlyLeft,
    List<Sym> onlyRight) {

  /** Two expressions that stand for the same, each in the names of its side. */
  public record Pair(Expr left, Expr right) {}
}
