package org.blrc.derive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.blrc.symbolic.Calculus;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Walk;

/** What a name can stand for. */
sealed interface Value {

  /** A number for each coordinate, or for all. */
  record Scalar(Expr expr) implements Value {}

  /** Something that reductions run over. */
  record AxisValue(Expr.Axis axis) implements Value {}

  /** A function of the random variable, perhaps for one example. */
  sealed interface Callable extends Value {

    /**
     * The value at a point; {@code example} selects an example where the function is one example's.
     */
    Expr apply(Optional<Expr> example, Expr point);

    Callable derivative(int order);

    /** The product of the Hessian with a vector; absent where it is none that can be asked for. */
    Optional<Callable> hessianAlong(Expr along);
  }

  /**
   * A derivative of an opaque loss function.
   *
   * @param example the example, where the function was already given one
   * @param direction as in {@link Expr.Oracle}
   */
  record OracleFunction(
      String name, int rank, int order, Optional<Expr> example, Optional<Expr> direction)
      implements Callable {

    OracleFunction(String name, int rank, int order, Optional<Expr> example) {
      this(name, rank, order, example, Optional.empty());
    }

    @Override
    public Expr apply(Optional<Expr> index, Expr point) {
      return new Expr.Oracle(name, rank, order, index.or(() -> example), point, direction);
    }

    @Override
    public Callable derivative(int by) {
      return new OracleFunction(name, rank, order + by, example, direction);
    }

    @Override
    public Optional<Callable> hessianAlong(Expr along) {
      return order == 0 && direction.isEmpty()
          ? Optional.of(new OracleFunction(name, rank, 2, example, Optional.of(along)))
          : Optional.empty();
    }
  }

  /** {@code variable -> body}. */
  record Lambda(Sym variable, Expr body) implements Callable {

    @Override
    public Expr apply(Optional<Expr> example, Expr point) {
      Expr value = Walk.substitute(body, variable, point);
      // At a draw of the random variable, the base noise is that of the same draw.
      return point instanceof Expr.Draw(Sym _, Expr index) ? withNoiseOf(value, index) : value;
    }

    private static Expr withNoiseOf(Expr expr, Expr index) {
      return expr instanceof Expr.Noise(var name, var rank, var distribution, var which)
              && which.isEmpty()
          ? new Expr.Noise(name, rank, distribution, Optional.of(index))
          : Walk.mapChildren(expr, child -> withNoiseOf(child, index));
    }

    @Override
    public Callable derivative(int by) {
      Expr result = body;
      for (int i = 0; i < by; i++) {
        result = Calculus.derivative(result, variable);
      }
      return new Lambda(variable, result);
    }

    /** What is explicit has a diagonal Hessian. */
    @Override
    public Optional<Callable> hessianAlong(Expr along) {
      return Walk.contains(body, Expr.Oracle.class::isInstance)
          ? Optional.empty()
          : Optional.of(new Lambda(variable, Exprs.mul(((Lambda) derivative(2)).body(), along)));
    }
  }

  /**
   * A symmetric bilinear form of two tangents, each of them a number for each of some states.
   *
   * @param value for the tangents {@code left} and {@code right}
   * @param places for each state, what names stand for there; none where an argument is written for
   *     the one state
   */
  record Bilinear(Expr value, List<Sym> left, List<Sym> right, List<Scope> places)
      implements Value {

    /** The value for two arguments, which are read in each place. */
    Expr at(Scope here, Function<Scope, Expr> first, Function<Scope, Expr> second) {
      Map<Sym, Expr> tangents = new HashMap<>();
      for (int i = 0; i < left.size(); i++) {
        Scope place = places.isEmpty() ? here : places.get(i);
        tangents.put(left.get(i), first.apply(place));
        tangents.put(right.get(i), second.apply(place));
      }
      return Walk.substitute(value, tangents);
    }
  }
}
