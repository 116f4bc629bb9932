package org.blrc.family;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.blrc.symbolic.Calculus;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Rational;

/**
 * The Levi-Civita connection of the Fisher information in coordinates that move together, the
 * others held fixed: F Gamma(u, v) = w, where w_l is the sum over i and j of (d_i F_lj + d_j F_li -
 * d_l F_ij) u_i v_j / 2 (do Carmo, Riemannian Geometry, 1992, section 2.3).
 */
final class Connection {

  private static final Expr HALF = new Expr.Num(Rational.of(1, 2));

  private final List<Sym> coordinates;
  private final List<List<Expr>> fisher;

  Connection(List<Sym> coordinates, List<List<Expr>> fisher) {
    this.coordinates = coordinates;
    this.fisher = fisher;
  }

  /** Gamma(u, v), one component for each coordinate; absent where F is singular. */
  Optional<List<Expr>> at(List<Sym> u, List<Sym> v) {
    int count = coordinates.size();
    List<List<Expr>> right = new ArrayList<>();
    for (int l = 0; l < count; l++) {
      right.add(new ArrayList<>());
    }
    for (int l = 0; l < count; l++) {
      for (int j = 0; j < count; j++) {
        for (int i = 0; i < count; i++) {
          Expr slope = Calculus.derivative(fisher.get(l).get(j), coordinates.get(i));
          if (slope.equals(Exprs.ZERO)) {
            continue;
          }
          // The symbol d_i F_lj stands in w_l twice, and in w_i with the opposite sign.
          Expr half = Exprs.mul(HALF, slope);
          right.get(l).add(Exprs.mul(half, u.get(i), v.get(j)));
          right.get(l).add(Exprs.mul(half, u.get(j), v.get(i)));
          right.get(i).add(Exprs.negate(Exprs.mul(half, u.get(l), v.get(j))));
        }
      }
    }
    List<Expr> sums = right.stream().map(terms -> Normal.simplify(Exprs.add(terms))).toList();
    return sums.stream().allMatch(Exprs.ZERO::equals)
        ? Optional.of(Collections.nCopies(count, Exprs.ZERO))
        : Matrix.solve(fisher, sums).map(all -> all.stream().map(Normal::shorter).toList());
  }
}
