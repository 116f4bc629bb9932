package org.blrc.symbolic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blrc.symbolic.Expr.Add;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Call;
import org.blrc.symbolic.Expr.Component;
import org.blrc.symbolic.Expr.Draw;
import org.blrc.symbolic.Expr.Expect;
import org.blrc.symbolic.Expr.Mul;
import org.blrc.symbolic.Expr.Noise;
import org.blrc.symbolic.Expr.Num;
import org.blrc.symbolic.Expr.Oracle;
import org.blrc.symbolic.Expr.Pow;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Expr.Vector;

/** Derivatives. */
public final class Calculus {

  private Calculus() {}

  /**
   * The derivative with respect to a symbol or a noise, coordinate by coordinate: the derivative of
   * an opaque function is its next derivative at the same point.
   *
   * @throws NotDifferentiable where a function has no derivative that the language can name
   */
  public static Expr derivative(Expr expr, Expr by) {
    if (expr.equals(by)) {
      return Exprs.ONE;
    }
    if (!depends(expr, by)) {
      return Exprs.ZERO;
    }
    return switch (expr) {
      case Num _, Sym _, Noise _, Draw _ -> Exprs.ZERO;
      case Add(List<Expr> terms) ->
          Exprs.add(terms.stream().map(term -> derivative(term, by)).toList());
      case Mul(List<Expr> factors) -> product(factors, by);
      case Pow(Expr base, Expr exponent) -> power(base, exponent, by);
      case Call(Function function, List<Expr> arguments) -> chain(function, arguments, by);
      case Oracle oracle -> oracle(oracle, by);
      // Mixed second derivatives of a loss cannot be asked for.
      case Vector _, Component _ -> throw new NotDifferentiable(expr);
      case Reduce(boolean mean, Sym _, Axis.Coordinates _, Expr body) ->
          inSum(expr, mean, body, by);
      case Reduce(boolean mean, Sym index, Axis axis, Expr body) ->
          new Reduce(mean, index, axis, derivative(body, by));
      case Expect _ -> throw new NotDifferentiable(expr);
    };
  }

  /** A coordinate moves its own term, and those of the others, too, where the loss couples them. */
  private static Expr inSum(Expr sum, boolean mean, Expr body, Expr by) {
    boolean own =
        by instanceof Sym symbol
            && symbol.kind() == Sym.Kind.VARIABLE
            && !Walk.contains(body, Oracle.class::isInstance);
    if (mean || !own) {
      throw new NotDifferentiable(sum);
    }
    return derivative(body, by);
  }

  /** What is taken at a point with components depends on each of them. */
  private static boolean depends(Expr expr, Expr by) {
    return Walk.contains(expr, by)
        || (by instanceof Component(Expr of, int _)
            && Walk.contains(expr, part -> part instanceof Oracle at && at.point().equals(of)));
  }

  private static Expr oracle(Oracle oracle, Expr by) {
    // All coordinates of the direction contribute, and a coordinate of the point moves those of the
    // others, too.
    if (oracle.direction().isPresent()) {
      throw new NotDifferentiable(oracle);
    }
    Expr point = oracle.point();
    Expr next =
        new Oracle(oracle.function(), oracle.rank(), oracle.order() + 1, oracle.example(), point);
    if (by instanceof Component(Expr of, int number) && point.equals(of)) {
      return Exprs.component(next, number);
    }
    if (point instanceof Vector(List<Expr> components)) {
      List<Expr> terms = new ArrayList<>();
      for (int i = 0; i < components.size(); i++) {
        terms.add(Exprs.mul(Exprs.component(next, i + 1), derivative(components.get(i), by)));
      }
      return Exprs.add(terms);
    }
    return Exprs.mul(next, derivative(point, by));
  }

  /** Thrown where an expression has no derivative here. */
  public static final class NotDifferentiable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Expr expr;

    NotDifferentiable(Expr expr) {
      super("no derivative", null, false, false);
      this.expr = expr;
    }

    public Expr expr() {
      return expr;
    }
  }

  private static Expr product(List<Expr> factors, Expr by) {
    List<Expr> terms = new ArrayList<>();
    for (int i = 0; i < factors.size(); i++) {
      List<Expr> term = new ArrayList<>(factors);
      term.set(i, derivative(factors.get(i), by));
      terms.add(Exprs.mul(term));
    }
    return Exprs.add(terms);
  }

  private static Expr power(Expr base, Expr exponent, Expr by) {
    Expr inBase =
        Exprs.mul(
            exponent, Exprs.pow(base, Exprs.subtract(exponent, Exprs.ONE)), derivative(base, by));
    Expr byExponent = derivative(exponent, by);
    return byExponent.equals(Exprs.ZERO)
        ? inBase
        : Exprs.add(
            inBase,
            Exprs.mul(Exprs.pow(base, exponent), Exprs.call(Function.LOG, base), byExponent));
  }

  private static Expr chain(Function function, List<Expr> arguments, Expr by) {
    List<Expr> terms = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (depends(arguments.get(i), by)) {
        Expr outer =
            function
                .partial(i, arguments)
                .or(() -> almostEverywhere(function, by))
                .orElseThrow(() -> new NotDifferentiable(Exprs.call(function, arguments)));
        terms.add(Exprs.mul(outer, derivative(arguments.get(i), by)));
      }
    }
    return Exprs.add(terms);
  }

  /** Zero almost everywhere is enough for the noise of a sampler, but not for a loss. */
  private static Optional<Expr> almostEverywhere(Function function, Expr by) {
    return function == Function.SIGN && by instanceof Noise
        ? Optional.of(Exprs.ZERO)
        : Optional.empty();
  }
}
