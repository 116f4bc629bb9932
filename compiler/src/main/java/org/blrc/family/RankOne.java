package org.blrc.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;

/**
 * A matrix diag(d) + u v^T, such as the Fisher information of a family whose log-partition is a
 * function of a sum over components. It is solved by the formula of Sherman and Morrison, without
 * the determinants that an elimination multiplies out.
 */
record RankOne(List<Expr> diagonal, List<Expr> left, List<Expr> right) {

  /** Smaller matrices always have this form, and gain nothing by it. */
  private static final int SMALLEST = 3;

  /** A matrix in this form, if it has it and no entry beside the diagonal is zero. */
  static Optional<RankOne> of(List<List<Expr>> matrix) {
    int n = matrix.size();
    if (n < SMALLEST || hasZeroBesideDiagonal(matrix)) {
      return Optional.empty();
    }
    // u_1 is 1; every other factor follows from an entry beside the diagonal.
    List<Expr> left = new ArrayList<>(List.of(Exprs.ONE));
    for (int i = 1; i < n; i++) {
      int column = i == 1 ? 2 : 1;
      left.add(quotient(matrix.get(i).get(column), matrix.getFirst().get(column)));
    }
    List<Expr> right = new ArrayList<>(matrix.getFirst());
    right.set(0, quotient(matrix.get(1).getFirst(), left.get(1)));
    List<Expr> diagonal = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        Expr product = Exprs.mul(left.get(i), right.get(j));
        Expr rest = Normal.simplify(Exprs.subtract(matrix.get(i).get(j), product));
        if (i == j) {
          diagonal.add(rest);
        }
        if (rest.equals(Exprs.ZERO) == (i == j)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new RankOne(diagonal, left, right));
  }

  private static boolean hasZeroBesideDiagonal(List<List<Expr>> matrix) {
    for (int i = 0; i < matrix.size(); i++) {
      for (int j = 0; j < matrix.size(); j++) {
        if (i != j && Normal.isZero(matrix.get(i).get(j))) {
          return true;
        }
      }
    }
    return false;
  }

  /** The solution of the system with this matrix, or nothing if the matrix is singular. */
  Optional<List<Expr>> solve(List<Expr> vector) {
    List<Expr> scaled = overDiagonal(vector);
    List<Expr> direction = overDiagonal(left);
    Expr along = Normal.simplify(Exprs.add(Exprs.ONE, product(right, direction)));
    if (along.equals(Exprs.ZERO)) {
      return Optional.empty();
    }
    Expr factor = quotient(product(right, scaled), along);
    List<Expr> solution = new ArrayList<>();
    for (int i = 0; i < scaled.size(); i++) {
      Expr correction = Exprs.mul(direction.get(i), factor);
      solution.add(Normal.simplify(Exprs.subtract(scaled.get(i), correction)));
    }
    return Optional.of(solution);
  }

  private List<Expr> overDiagonal(List<Expr> vector) {
    List<Expr> result = new ArrayList<>();
    for (int i = 0; i < vector.size(); i++) {
      result.add(quotient(vector.get(i), diagonal.get(i)));
    }
    return result;
  }

  private static Expr product(List<Expr> left, List<Expr> right) {
    List<Expr> terms = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      terms.add(Exprs.mul(left.get(i), right.get(i)));
    }
    return Normal.simplify(Exprs.add(terms));
  }

  private static Expr quotient(Expr numerator, Expr denominator) {
    return Normal.simplify(Exprs.divide(numerator, denominator));
  }
}
