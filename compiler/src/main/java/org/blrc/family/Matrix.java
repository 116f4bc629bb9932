package org.blrc.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blrc.symbolic.Calculus;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;

/** Small dense matrices of expressions, as lists of rows. */
public final class Matrix {

  private Matrix() {}

  /** Row i, column j: the derivative of value i with respect to variable j. */
  public static List<List<Expr>> jacobian(List<Expr> values, List<Sym> variables) {
    return values.stream()
        .map(
            value ->
                variables.stream()
                    .map(by -> Normal.simplify(Calculus.derivative(value, by)))
                    .toList())
        .toList();
  }

  public static List<List<Expr>> transpose(List<List<Expr>> matrix) {
    List<List<Expr>> result = new ArrayList<>();
    for (int j = 0; j < matrix.getFirst().size(); j++) {
      int column = j;
      result.add(matrix.stream().map(row -> row.get(column)).toList());
    }
    return result;
  }

  public static List<Expr> times(List<List<Expr>> matrix, List<Expr> vector) {
    List<Expr> result = new ArrayList<>();
    for (List<Expr> row : matrix) {
      List<Expr> terms = new ArrayList<>();
      for (int j = 0; j < row.size(); j++) {
        terms.add(Exprs.mul(row.get(j), vector.get(j)));
      }
      result.add(Normal.simplify(Exprs.add(terms)));
    }
    return result;
  }

  public static List<List<Expr>> product(List<List<Expr>> left, List<List<Expr>> right) {
    return transpose(transpose(right).stream().map(column -> times(left, column)).toList());
  }

  /** The solution of a square system, or nothing if the matrix is singular. */
  public static Optional<List<Expr>> solve(List<List<Expr>> matrix, List<Expr> right) {
    return RankOne.of(matrix)
        .map(structured -> structured.solve(right))
        .orElseGet(() -> eliminated(matrix, right));
  }

  private static Optional<List<Expr>> eliminated(List<List<Expr>> matrix, List<Expr> right) {
    int n = matrix.size();
    List<List<Expr>> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      List<Expr> row = new ArrayList<>(matrix.get(i));
      row.add(right.get(i));
      rows.add(row);
    }
    for (int column = 0; column < n; column++) {
      int pivot = column;
      while (pivot < n && Normal.isZero(rows.get(pivot).get(column))) {
        pivot++;
      }
      if (pivot == n) {
        return Optional.empty();
      }
      List<Expr> swap = rows.get(pivot);
      rows.set(pivot, rows.get(column));
      Expr scale = swap.get(column);
      List<Expr> normalised =
          swap.stream().map(entry -> Normal.simplify(Exprs.divide(entry, scale))).toList();
      rows.set(column, normalised);
      for (int i = 0; i < n; i++) {
        Expr factor = rows.get(i).get(column);
        if (i != column && !factor.equals(Exprs.ZERO)) {
          rows.set(i, minusMultiple(rows.get(i), normalised, factor));
        }
      }
    }
    return Optional.of(rows.stream().map(List::getLast).toList());
  }

  private static List<Expr> minusMultiple(List<Expr> row, List<Expr> pivot, Expr factor) {
    List<Expr> result = new ArrayList<>();
    for (int j = 0; j < row.size(); j++) {
      result.add(Normal.simplify(Exprs.subtract(row.get(j), Exprs.mul(factor, pivot.get(j)))));
    }
    return result;
  }
}
