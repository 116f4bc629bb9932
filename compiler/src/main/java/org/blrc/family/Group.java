package org.blrc.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.symbolic.Calculus;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Distribution;
import org.blrc.symbolic.Expr.Noise;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Function;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Solver;
import org.blrc.symbolic.Walk;

/**
 * A Lie group of transformations of the line, and the distributions that it makes of one.
 *
 * <p>A draw x = s(g, noise) is the base variable s(identity, noise), moved by the element g. That
 * says how elements follow each other: g h is the element whose draws are those of h, moved by g.
 * With s' the derivative by the noise, a change ds(identity)/dg_i of the base variable therefore
 * moves the draw by
 *
 * <pre>moves_i = s'(g) / s'(identity) * ds(identity)/dg_i</pre>
 *
 * and g itself along the left-invariant vector field that solves sum_j ds(g)/dg_j fields_ji =
 * moves_i for all noise. Where there is no such field, the transformations form no group.
 *
 * @param parameters those of an element
 * @param identity the identity, in these parameters
 * @param sampler a draw, as a function of the parameters and of one noise
 * @param logDensity log q, as a function of the random variable
 * @param fields row j, column i: the change of parameter j along the i-th direction of the algebra
 * @param moves the change of a draw along each direction, at the same noise
 * @param growth the change of log|dx/dnoise| along each direction, at the same noise
 */
public record Group(
    List<Sym> parameters,
    Map<Sym, Expr> identity,
    Expr sampler,
    Noise noise,
    Expr logDensity,
    List<List<Expr>> fields,
    List<Expr> moves,
    List<Expr> growth) {

  /** Thrown where a declaration does not define a group. */
  public static final class NoGroup extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    NoGroup(String message, String hint) {
      super(message, null, false, false);
      this.hint = hint;
    }

    public String hint() {
      return hint;
    }
  }

  /**
   * Derives the group from how it moves noise.
   *
   * @throws NoGroup if the transformations form none, or none that can be told
   */
  public static Group derive(Map<Sym, Expr> identity, Noise noise, Expr sampler, Sym variable) {
    List<Sym> parameters = List.copyOf(identity.keySet());
    Expr spread = Normal.simplify(Calculus.derivative(sampler, noise));
    if (spread.equals(Exprs.ZERO)) {
      throw new NoGroup("a draw does not depend on its noise", "let the noise move it");
    }
    Expr scale = Exprs.divide(spread, Walk.substitute(spread, identity));
    List<Expr> slopes = parameters.stream().map(by -> Calculus.derivative(sampler, by)).toList();
    List<Expr> moves =
        slopes.stream()
            .map(slope -> Normal.simplify(Exprs.mul(scale, Walk.substitute(slope, identity))))
            .toList();
    List<List<Expr>> columns =
        moves.stream().map(move -> field(slopes, move, noise, parameters)).toList();
    requireIndependent(parameters, identity, columns);
    List<Expr> growth = columns.stream().map(column -> growth(spread, column, parameters)).toList();
    return new Group(
        parameters,
        identity,
        sampler,
        noise,
        logDensity(sampler, noise, spread, variable),
        Matrix.transpose(columns),
        moves,
        growth);
  }

  /** Solves for one vector field: with as many derivatives by the noise as there are parameters. */
  private static List<Expr> field(List<Expr> slopes, Expr move, Noise noise, List<Sym> parameters) {
    List<List<Expr>> rows = new ArrayList<>();
    List<Expr> right = new ArrayList<>();
    List<Expr> row = slopes.stream().map(Normal::simplify).toList();
    Expr value = move;
    for (int i = 0; i < slopes.size(); i++) {
      rows.add(row);
      right.add(value);
      row = row.stream().map(each -> slope(each, noise)).toList();
      value = slope(value, noise);
    }
    List<Expr> field =
        Matrix.solve(rows, right)
            .orElseThrow(
                () ->
                    new NoGroup(
                        "the parameters do not move the draws independently",
                        "leave one of them out, or make it `fixed`"));
    for (int j = 0; j < field.size(); j++) {
      if (!Normal.isZero(Calculus.derivative(field.get(j), noise))) {
        throw new NoGroup(
            "no change of `%s` does to all draws what two elements after each other do"
                .formatted(parameters.get(j).name()),
            "two transformations after each other have to be one, as x -> a x + b after x -> c x + d"
                + " is x -> (a c) x + (a d + b)");
      }
    }
    return field.stream().map(each -> Normal.shorter(each)).toList();
  }

  /** At the identity, each direction of the algebra moves one parameter at unit speed. */
  private static void requireIndependent(
      List<Sym> parameters, Map<Sym, Expr> identity, List<List<Expr>> columns) {
    for (int i = 0; i < columns.size(); i++) {
      for (int j = 0; j < columns.size(); j++) {
        Expr speed = Walk.substitute(columns.get(i).get(j), identity);
        if (!Normal.equal(speed, i == j ? Exprs.ONE : Exprs.ZERO)) {
          throw new NoGroup(
              "at the identity, `%s` does not move the draws".formatted(parameters.get(i).name()),
              "write the family in parameters that move them everywhere");
        }
      }
    }
  }

  private static Expr slope(Expr expr, Expr by) {
    return Normal.simplify(Calculus.derivative(expr, by));
  }

  private static Expr growth(Expr spread, List<Expr> field, List<Sym> parameters) {
    List<Expr> terms = new ArrayList<>();
    for (int j = 0; j < field.size(); j++) {
      terms.add(Exprs.mul(field.get(j), Calculus.derivative(spread, parameters.get(j))));
    }
    return Normal.shorter(Exprs.divide(Exprs.add(terms), spread));
  }

  /** log q, by the change of variables from the noise. */
  private static Expr logDensity(Expr sampler, Noise noise, Expr spread, Sym variable) {
    Sym unknown =
        new Sym(Sym.Kind.META, noise.name(), Integer.MAX_VALUE, noise.distribution().domain());
    Expr value =
        Solver.solve(Walk.substitute(sampler, noise, unknown), variable, unknown)
            .orElseThrow(
                () ->
                    new NoGroup(
                        "the sampler cannot be solved for the noise of a draw",
                        "write it with functions whose inverse is known, and with the noise in one place"));
    Expr size = Exprs.call(Function.ABS, Walk.substitute(spread, noise, value));
    return Normal.tidy(
        Exprs.subtract(logDensity(noise.distribution(), value), Exprs.call(Function.LOG, size)));
  }

  private static Expr logDensity(Distribution distribution, Expr value) {
    return switch (distribution) {
      case UNIFORM -> Exprs.ZERO;
      case STANDARD_NORMAL ->
          Exprs.negate(
              Exprs.divide(
                  Exprs.add(
                      Exprs.square(value),
                      Exprs.call(Function.LOG, Exprs.mul(Exprs.TWO, Exprs.PI))),
                  Exprs.TWO));
    };
  }

  /** The mean of a draw that is linear in its noise. */
  Optional<Expr> mean(Expr draw) {
    Expr atMean =
        switch (noise.distribution()) {
          case UNIFORM -> Exprs.HALF;
          case STANDARD_NORMAL -> Exprs.ZERO;
        };
    return Normal.coefficients(draw, noise, 1)
        .map(_ -> Normal.shorter(Walk.substitute(draw, noise, atMean)));
  }

  /**
   * Where the one-parameter subgroup along some direction takes an element: g exp(direction), for
   * each parameter.
   *
   * @param direction in the algebra, one component for each parameter
   * @return absent where the vector fields cannot be integrated in closed form
   */
  public Optional<Map<Sym, Expr>> moved(List<Sym> direction) {
    return new Flow(parameters, Matrix.times(fields, List.copyOf(direction))).end();
  }
}
