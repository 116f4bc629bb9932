package org.blrc.symbolic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.blrc.program.ExprEvaluator;
import org.blrc.symbolic.Expr.Sym;

/** Random expressions in a few symbols, and points at which to evaluate them. */
final class RandomExpr {

  static final Sym X = symbol("x", 0, Domain.REAL);
  static final Sym Y = symbol("y", 1, Domain.REAL);
  static final Sym P = symbol("p", 2, Domain.POSITIVE);
  static final Sym Q = symbol("q", 3, Domain.POSITIVE);
  static final Sym U = symbol("u", 4, Domain.open(0, 1));
  static final Sym N = symbol("n", 5, Domain.NEGATIVE);
  static final List<Sym> SYMBOLS = List.of(X, Y, P, Q, U, N);

  private final Random random;

  RandomExpr(long seed) {
    this.random = new Random(seed);
  }

  private static Sym symbol(String name, int rank, Domain domain) {
    return new Sym(Sym.Kind.STATE, name, rank, domain);
  }

  /** A rational function of the symbols. */
  Expr rational(int depth) {
    if (depth == 0 || random.nextInt(6) == 0) {
      return leaf();
    }
    return switch (random.nextInt(6)) {
      case 0, 1 -> Exprs.add(rational(depth - 1), rational(depth - 1));
      case 2 -> Exprs.subtract(rational(depth - 1), rational(depth - 1));
      case 3, 4 -> Exprs.mul(rational(depth - 1), rational(depth - 1));
      default -> quotient(rational(depth - 1), rational(depth - 1));
    };
  }

  /** With roots, exponentials, logarithms, sizes and signs as well. */
  Expr any(int depth) {
    if (depth == 0 || random.nextInt(6) == 0) {
      return leaf();
    }
    Expr first = any(depth - 1);
    return switch (random.nextInt(13)) {
      case 0, 1 -> Exprs.add(first, any(depth - 1));
      case 2 -> Exprs.subtract(first, any(depth - 1));
      case 3, 4 -> Exprs.mul(first, any(depth - 1));
      case 5 -> quotient(first, any(depth - 1));
      case 6 -> Exprs.pow(first, Exprs.num(random.nextInt(2, 4)));
      case 7 -> Exprs.sqrt(positive(first));
      case 8 -> Exprs.call(Function.EXP, first);
      case 9 -> Exprs.call(Function.LOG, positive(first));
      case 10 -> Exprs.call(Function.ABS, first);
      case 11 -> Exprs.call(Function.SIGN, first);
      default -> Exprs.call(smooth(), first);
    };
  }

  /** Without kinks and jumps. */
  Expr differentiable(int depth) {
    if (depth == 0 || random.nextInt(6) == 0) {
      return leaf();
    }
    Expr first = differentiable(depth - 1);
    return switch (random.nextInt(9)) {
      case 0, 1 -> Exprs.add(first, differentiable(depth - 1));
      case 2, 3 -> Exprs.mul(first, differentiable(depth - 1));
      case 4 -> quotient(first, differentiable(depth - 1));
      case 5 -> Exprs.pow(positive(first), Exprs.num(Rational.of(random.nextInt(-3, 4), 2)));
      case 6 -> Exprs.pow(P, first);
      case 7 -> Exprs.call(Function.LOG, positive(first));
      default -> Exprs.call(smooth(), first);
    };
  }

  private Function smooth() {
    List<Function> smooth =
        List.of(
            Function.EXP,
            Function.SIN,
            Function.COS,
            Function.TANH,
            Function.SIGMOID,
            Function.SOFTPLUS,
            Function.ERF);
    return smooth.get(random.nextInt(smooth.size()));
  }

  private Expr positive(Expr expr) {
    return switch (random.nextInt(3)) {
      case 0 -> Exprs.add(Exprs.ONE, Exprs.square(expr));
      case 1 -> random.nextBoolean() ? P : Exprs.mul(P, Q);
      default -> Exprs.add(P, Exprs.call(Function.EXP, Exprs.call(Function.TANH, expr)));
    };
  }

  private Expr quotient(Expr numerator, Expr denominator) {
    return Normal.isZero(denominator) ? numerator : Exprs.divide(numerator, denominator);
  }

  private Expr leaf() {
    return random.nextInt(3) == 0
        ? Exprs.num(Rational.of(random.nextInt(-4, 5), random.nextInt(1, 4)))
        : SYMBOLS.get(random.nextInt(SYMBOLS.size()));
  }

  Sym symbol() {
    return SYMBOLS.get(random.nextInt(SYMBOLS.size()));
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Values in the symbols' domains. */
  Map<Sym, Double> point() {
    Map<Sym, Double> values = new HashMap<>();
    values.put(X, random.nextDouble(-2, 2));
    values.put(Y, random.nextDouble(-2, 2));
    values.put(P, random.nextDouble(0.2, 3));
    values.put(Q, random.nextDouble(0.2, 3));
    values.put(U, random.nextDouble(0.05, 0.95));
    values.put(N, random.nextDouble(-3, -0.2));
    return values;
  }

  List<Map<Sym, Double>> points(int count) {
    List<Map<Sym, Double>> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(point());
    }
    return points;
  }

  static double value(Expr expr, Map<Sym, Double> at) {
    return ExprEvaluator.evaluate(expr, at::get);
  }
}
