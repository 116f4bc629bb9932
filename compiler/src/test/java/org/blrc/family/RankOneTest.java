package org.blrc.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;
import org.junit.jupiter.api.Test;

/** Matrices that are a diagonal one plus a product of two vectors. */
final class RankOneTest {

  private static final int SIZE = 4;

  private static Expr symbol(String name, int number) {
    return new Sym(Sym.Kind.PARAMETER, name + number, number, Domain.REAL);
  }

  /** diag(d) + u v^T, with d multiplied by a scale. */
  private static List<List<Expr>> matrix(Expr scale) {
    List<List<Expr>> matrix = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      List<Expr> row = new ArrayList<>();
      for (int j = 0; j < SIZE; j++) {
        Expr product = Exprs.mul(symbol("u", i), symbol("v", j));
        Expr diagonal = Exprs.mul(scale, symbol("d", i));
        row.add(i == j ? Exprs.add(diagonal, product) : product);
      }
      matrix.add(row);
    }
    return matrix;
  }

  @Test
  void theSolutionSolvesTheSystem() {
    List<Expr> right = List.of(symbol("b", 0), symbol("b", 1), symbol("b", 2), symbol("b", 3));
    List<List<Expr>> matrix = matrix(Exprs.ONE);
    List<Expr> solution = RankOne.of(matrix).orElseThrow().solve(right).orElseThrow();
    List<Expr> product = Matrix.times(matrix, solution);
    for (int i = 0; i < SIZE; i++) {
      assertTrue(Normal.equal(right.get(i), product.get(i)));
    }
    assertEquals(Optional.of(solution), Matrix.solve(matrix, right));
  }

  @Test
  void othersAreLeftToElimination() {
    assertEquals(Optional.empty(), RankOne.of(matrix(Exprs.ZERO)), "no diagonal");
    List<List<Expr>> full = new ArrayList<>(matrix(Exprs.ONE));
    full.set(3, List.of(Exprs.ONE, symbol("x", 0), symbol("u", 1), Exprs.TWO));
    assertEquals(Optional.empty(), RankOne.of(full), "rank two");
    List<List<Expr>> sparse = new ArrayList<>(matrix(Exprs.ONE));
    sparse.set(3, List.of(Exprs.ZERO, symbol("x", 0), symbol("u", 1), Exprs.TWO));
    assertEquals(Optional.empty(), RankOne.of(sparse), "a zero");
    assertEquals(
        Optional.empty(),
        RankOne.of(List.of(List.of(Exprs.TWO, Exprs.ONE), List.of(Exprs.ONE, Exprs.TWO))),
        "too small");
  }

  /** diag(1) - u u^T with |u| = 1 takes u to zero. */
  @Test
  void aSingularMatrixHasNoSolution() {
    List<List<Expr>> matrix = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      List<Expr> row = new ArrayList<>();
      for (int j = 0; j < SIZE; j++) {
        Expr quarter = Exprs.divide(Exprs.MINUS_ONE, Exprs.num(SIZE));
        row.add(i == j ? Exprs.add(Exprs.ONE, quarter) : quarter);
      }
      matrix.add(row);
    }
    List<Expr> right = List.of(Exprs.ONE, Exprs.ONE, Exprs.ONE, Exprs.ONE);
    assertTrue(RankOne.of(matrix).isPresent());
    assertEquals(Optional.empty(), Matrix.solve(matrix, right));
  }
}
