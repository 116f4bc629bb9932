package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.blrc.symbolic.CoordinateSums;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Code;
import org.blrc.syntax.Span;

/** The opaque parts of expressions. */
final class Atoms {

  private Atoms() {}

  static boolean isOpaque(Expr expr) {
    return expr instanceof Expr.Expect
        || expr instanceof Expr.Reduce
        || expr instanceof Expr.Oracle;
  }

  /** The outermost opaque parts, without looking inside them. */
  static List<Expr> opaque(Expr expr) {
    List<Expr> found = new ArrayList<>();
    collect(expr, found);
    return found;
  }

  private static void collect(Expr expr, List<Expr> found) {
    if (isOpaque(expr)) {
      if (!found.contains(expr)) {
        found.add(expr);
      }
    } else {
      Walk.children(expr).forEach(child -> collect(child, found));
    }
  }

  /** What an equation can be solved for: opaque parts first, then states. */
  static List<Expr> byOpacity(Expr expr) {
    List<Expr> result = opaque(expr);
    result.addAll(
        Walk.find(
            expr,
            part ->
                part instanceof Sym symbol
                    && (symbol.kind() == Sym.Kind.NEW || symbol.kind() == Sym.Kind.STATE)));
    return result;
  }

  /**
   * What an unapplied derivative such as {@code grad(ell)} stands for in some expressions: the one
   * estimate in them that is made of that derivative by expectations, sums and means alone. Where
   * these hold other factors, too, it is what they make of the derivative by itself.
   */
  static Expr estimate(Value.OracleFunction function, List<Expr> expressions, Span span) {
    List<Expr> found = new ArrayList<>();
    for (Expr expr : expressions) {
      estimates(function, expr, UnaryOperator.identity(), found);
    }
    if (found.size() == 1) {
      return found.getFirst();
    }
    String along = function.direction().map(v -> ", " + ExprPrinter.TEXT.print(v)).orElse("");
    String shown = (function.order() == 1 ? "grad(" : "hess(") + function.name() + along + ")";
    List<String> texts = expressions.stream().map(ExprPrinter.TEXT::print).toList();
    if (found.isEmpty()) {
      throw Failure.at(span, Code.NO_MATCH, "there is no estimate of `" + shown + "` here")
          .note("in: " + String.join("\nin: ", texts));
    }
    throw Failure.at(span, Code.AMBIGUOUS, "`" + shown + "` is estimated in more than one way here")
        .note("as: " + String.join("\nas: ", found.stream().map(ExprPrinter.TEXT::print).toList()))
        .hint(
            "write which one is meant, for example `"
                + ExprPrinter.TEXT.print(found.getFirst())
                + "`");
  }

  /**
   * Collects estimates.
   *
   * @param bound puts what was found in place of the body of what is around it
   */
  private static void estimates(
      Value.OracleFunction function, Expr expr, UnaryOperator<Expr> bound, List<Expr> found) {
    if (core(expr).filter(oracle -> isOf(function, oracle)).isPresent()) {
      Expr estimate = bound.apply(expr);
      if (!found.contains(estimate)) {
        found.add(estimate);
      }
      return;
    }
    switch (expr) {
      case Expr.Expect(Sym variable, Expr body) ->
          estimates(function, body, inner -> bound.apply(new Expr.Expect(variable, inner)), found);
      case Expr.Reduce(boolean mean, Sym index, Expr.Axis axis, Expr body)
          when !CoordinateSums.isSum(expr) ->
          estimates(
              function,
              body,
              inner -> bound.apply(new Expr.Reduce(mean, index, axis, inner)),
              found);
      default -> Walk.children(expr).forEach(child -> estimates(function, child, bound, found));
    }
  }

  private static boolean isOf(Value.OracleFunction function, Expr.Oracle oracle) {
    return oracle.rank() == function.rank()
        && oracle.function().equals(function.name())
        && oracle.order() == function.order()
        && oracle.direction().equals(function.direction());
  }

  /** The derivative inside expectations, sums and means that hold nothing else. */
  private static Optional<Expr.Oracle> core(Expr expr) {
    return switch (expr) {
      case Expr.Oracle oracle -> Optional.of(oracle);
      case Expr.Expect(Sym _, Expr body) -> core(body);
      case Expr.Reduce reduce when !CoordinateSums.isSum(reduce) -> core(reduce.body());
      default -> Optional.empty();
    };
  }
}
