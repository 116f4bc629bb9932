package org.blrc.family;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Call;
import org.blrc.symbolic.Expr.Num;
import org.blrc.symbolic.Expr.Pow;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Function;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Rational;
import org.blrc.symbolic.Walk;

/**
 * Where a vector field takes a point in a unit of time, in closed form.
 *
 * <p>One coordinate after the other is solved for whose velocity depends on coordinates that are
 * solved and, linearly, on itself: x' = a(t) x + b(t) is solved by an integrating factor, x =
 * exp(A) (x(0) + int exp(-A) b) with A = int a.
 *
 * @param velocity of each coordinate, as a function of all
 */
record Flow(List<Sym> coordinates, List<Expr> velocity) {

  private static final Sym TIME = new Sym(Sym.Kind.LOCAL, "time", -1, Domain.REAL);

  /** Absent where there is none that can be found. */
  Optional<Map<Sym, Expr>> end() {
    Map<Sym, Expr> solved = new LinkedHashMap<>();
    while (solved.size() < coordinates.size()) {
      int before = solved.size();
      for (int j = 0; j < coordinates.size(); j++) {
        Sym coordinate = coordinates.get(j);
        if (!solved.containsKey(coordinate)) {
          solution(coordinate, velocity.get(j), solved)
              .ifPresent(value -> solved.put(coordinate, value));
        }
      }
      if (solved.size() == before) {
        return Optional.empty();
      }
    }
    Map<Sym, Expr> end = new LinkedHashMap<>();
    for (Sym coordinate : coordinates) {
      end.put(coordinate, Walk.substitute(solved.get(coordinate), TIME, Exprs.ONE));
    }
    return Optional.of(end);
  }

  private Optional<Expr> solution(Sym coordinate, Expr speed, Map<Sym, Expr> solved) {
    boolean open =
        coordinates.stream()
            .filter(other -> !other.equals(coordinate) && !solved.containsKey(other))
            .anyMatch(other -> Walk.contains(speed, other));
    if (open) {
      return Optional.empty();
    }
    return Normal.coefficients(Walk.substitute(speed, solved), coordinate, 1)
        .flatMap(linear -> solution(coordinate, linear.getFirst(), linear.getLast()));
  }

  private static Optional<Expr> solution(Sym coordinate, Expr constant, Expr slope) {
    return integral(slope)
        .flatMap(
            growth ->
                integral(Exprs.mul(constant, exp(Exprs.negate(growth))))
                    .map(way -> Exprs.mul(exp(growth), Exprs.add(coordinate, way))))
        .map(Flow::multipliedOut);
  }

  /** An exponential of zero is left out, and one that multiplies its own inverse cancels. */
  private static Expr multipliedOut(Expr product) {
    return Normal.shorter(product);
  }

  private static Expr exp(Expr argument) {
    return Normal.isZero(argument) ? Exprs.ONE : Exprs.call(Function.EXP, argument);
  }

  /** The integral from 0 to {@link #TIME} of a sum of c t^n, and of c exp(k t). */
  private static Optional<Expr> integral(Expr expr) {
    List<Expr> parts = new ArrayList<>();
    for (Expr term : Exprs.terms(Normal.simplify(expr))) {
      Optional<Expr> part = integralOfTerm(term);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
    }
    return Optional.of(Exprs.add(parts));
  }

  private static Optional<Expr> integralOfTerm(Expr term) {
    List<Expr> constant = new ArrayList<>();
    Expr rate = Exprs.ZERO;
    Rational power = Rational.ZERO;
    for (Expr factor : Exprs.factors(term)) {
      Expr base = factor instanceof Pow(Expr inner, Num _) ? inner : factor;
      Rational exponent =
          factor instanceof Pow(Expr _, Num(Rational number)) ? number : Rational.ONE;
      if (!Walk.contains(factor, TIME)) {
        constant.add(factor);
      } else if (base.equals(TIME) && exponent.isInteger() && exponent.signum() > 0) {
        power = power.plus(exponent);
      } else if (base instanceof Call(Function function, List<Expr> arguments)
          && function == Function.EXP
          && Normal.coefficients(arguments.getFirst(), TIME, 1).isPresent()) {
        List<Expr> linear = Normal.coefficients(arguments.getFirst(), TIME, 1).get();
        constant.add(exp(Exprs.mul(Exprs.num(exponent), linear.getFirst())));
        rate = Exprs.add(rate, Exprs.mul(Exprs.num(exponent), linear.getLast()));
      } else {
        return Optional.empty();
      }
    }
    Expr outside = Exprs.mul(constant);
    if (Normal.isZero(rate)) {
      Rational next = power.plus(Rational.ONE);
      return Optional.of(
          Exprs.divide(Exprs.mul(outside, Exprs.pow(TIME, Exprs.num(next))), Exprs.num(next)));
    }
    Expr growth = Exprs.call(Function.EXPREL, Normal.simplify(Exprs.mul(rate, TIME)));
    return power.isZero() ? Optional.of(Exprs.mul(outside, TIME, growth)) : Optional.empty();
  }
}
