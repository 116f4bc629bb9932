package org.blrc.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.blrc.symbolic.CoordinateSums;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Walk;

/** Compares expressions of an update by their values, with test losses for its loss functions. */
public final class RandomValues {

  private static final int POINTS = 24;

  /** At fewer points than these, both expressions have to have a value. */
  private static final int LEAST = 8;

  private static final double TOLERANCE = 1e-9;

  private RandomValues() {}

  /**
   * Whether two expressions in states, hyper-parameters, noise and derivatives of the loss have the
   * same values at random points of the symbols' domains. Absent where that cannot be told: where
   * they have values at too few points, and with sums over all coordinates, of which there is one.
   */
  public static Optional<Boolean> agree(Expr left, Expr right) {
    if (Walk.contains(left, CoordinateSums::isSum) || Walk.contains(right, CoordinateSums::isSum)) {
      return Optional.empty();
    }
    SplittableRandom random = new SplittableRandom(11);
    int compared = 0;
    for (int i = 0; i < POINTS; i++) {
      World world = world(List.of(left, right), random, i);
      double one = world.value(left);
      double other = world.value(right);
      if (Double.isFinite(one) && Double.isFinite(other)) {
        double size = Math.max(1e-3, Math.max(Math.abs(one), Math.abs(other)));
        if (Math.abs(one - other) > TOLERANCE * size) {
          return Optional.of(false);
        }
        compared++;
      }
    }
    return compared >= LEAST ? Optional.of(true) : Optional.empty();
  }

  private static World world(List<Expr> exprs, SplittableRandom random, int point) {
    Map<Sym, Double> symbols = new HashMap<>();
    Map<String, Expr.Noise> noises = new HashMap<>();
    for (Expr expr : exprs) {
      Walk.visit(
          expr,
          part -> {
            switch (part) {
              case Sym symbol when symbol.kind() == Sym.Kind.STEP_NUMBER ->
                  symbols.put(symbol, 1.0 + point % 5);
              case Sym symbol when symbol.kind() != Sym.Kind.INDEX ->
                  symbols.computeIfAbsent(symbol, each -> Point.number(each.domain(), random));
              case Expr.Noise noise -> noises.put(noise.name(), noise);
              default -> {}
            }
          });
    }
    Loss loss = TestLoss.MOSTLY_CONVEX.get(point % TestLoss.MOSTLY_CONVEX.size());
    return new World(
        symbols,
        Optional.empty(),
        Map.of(),
        List.of(draw(noises, random), draw(noises, random)),
        new Surroundings(loss, Exprs.ZERO, List.of(1, 2, 3)));
  }

  private static World.Drawn draw(Map<String, Expr.Noise> noises, SplittableRandom random) {
    Map<String, Double> values = new HashMap<>();
    noises.forEach(
        (name, noise) -> values.put(name, Point.number(noise.distribution().domain(), random)));
    return new World.Drawn.FromNoise(values);
  }
}
