package org.blrc.derive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.blrc.family.FamilyFacts;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Noise;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Declaration;

/**
 * The noise that rules bring along. Inside an expectation that is over it, too; inside a mean over
 * draws, each draw has its own; anywhere else it is that of the only draw of a step.
 *
 * @param all in the order in which rules added it
 */
record RuleNoise(List<Noise> all) {

  static final RuleNoise NONE = new RuleNoise(List.of());

  private static final Axis.Draws ONE_DRAW = new Axis.Draws(Exprs.ONE);

  RuleNoise and(Noise another) {
    List<Noise> more = new ArrayList<>(all);
    more.add(another);
    return new RuleNoise(List.copyOf(more));
  }

  /** New noise, under a name that no other noise has. */
  Noise next(Declaration.Draw draw, FamilyFacts posterior) {
    Set<String> taken = new HashSet<>();
    posterior.noises().forEach(noise -> taken.add(noise.name()));
    all.forEach(noise -> taken.add(noise.name()));
    String name = draw.name().text();
    for (int number = 2; taken.contains(name); number++) {
      name = draw.name().text() + number;
    }
    int rank = posterior.noises().size() + all.size();
    return new Noise(name, rank, FamilyLowering.distribution(draw), Optional.empty());
  }

  /** What stands outside of all expectations and means over draws. */
  static Expr drawn(Expr expr) {
    if (numbered(expr, Exprs.ONE).equals(expr)) {
      return expr;
    }
    Sym index = Symbols.index(ONE_DRAW);
    return new Expr.Reduce(true, index, ONE_DRAW, numbered(expr, index));
  }

  /**
   * What becomes of expressions that are put inside of something, given what does outside of it.
   */
  static UnaryOperator<Expr> within(Expr expr, UnaryOperator<Expr> outside) {
    return switch (expr) {
      case Expr.Expect _ -> UnaryOperator.identity();
      case Expr.Reduce(boolean _, Sym index, Axis.Draws _, Expr _) ->
          inside -> numbered(inside, index);
      default -> outside;
    };
  }

  private static Expr numbered(Expr expr, Expr index) {
    return switch (expr) {
      case Noise(var name, var rank, var distribution, var own) when own.isEmpty() ->
          new Noise(name, rank, distribution, Optional.of(index));
      case Expr.Expect _ -> expr;
      case Expr.Reduce(boolean _, Sym own, Axis.Draws _, Expr _) ->
          Walk.mapChildren(expr, body -> numbered(body, own));
      default -> Walk.mapChildren(expr, child -> numbered(child, index));
    };
  }
}
