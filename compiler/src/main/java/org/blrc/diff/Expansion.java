package org.blrc.diff;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.blrc.derive.Derivation;
import org.blrc.program.Program;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Noise;
import org.blrc.symbolic.Expr.Oracle;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Walk;

/**
 * What an update program computes, as one expression for each state: answers are derivatives of the
 * loss at their points, means over draws are written out, and nothing refers to an intermediate
 * result but to the new value of another state.
 */
final class Expansion {

  private static final Sym DRAW = new Sym(Sym.Kind.INDEX, "k", -1, Domain.POSITIVE);

  private final Program program;
  private final Map<String, Integer> ranks = new HashMap<>();

  private Expansion(Derivation derivation) {
    this.program = derivation.program();
    Walk.visit(
        Parts.of(derivation).first().loss(),
        part -> {
          if (part instanceof Oracle oracle) {
            ranks.put(oracle.function(), oracle.rank());
          }
        });
  }

  /** The new value of each state, which may refer to new values of others. */
  static Map<Sym, Expr> of(Derivation derivation) {
    Expansion expansion = new Expansion(derivation);
    Map<Sym, Expr> values = new LinkedHashMap<>();
    for (Program.State state : derivation.program().states()) {
      derivation.program().update().stream()
          .filter(assign -> assign.target().equals(Derivation.newValue(state.symbol())))
          .findFirst()
          .ifPresent(
              assign ->
                  values.put(
                      state.symbol(),
                      expansion.expanded(assign.value(), Optional.empty(), Optional.empty())));
    }
    return values;
  }

  /** A value with nothing but old values of states in it. */
  static Expr inOldValues(Expr expr, Map<Sym, Expr> values) {
    if (expr instanceof Sym symbol && symbol.kind() == Sym.Kind.NEW) {
      Expr value = values.get(symbol.as(Sym.Kind.STATE));
      return value == null ? symbol : inOldValues(value, values);
    }
    return Walk.mapChildren(expr, child -> inOldValues(child, values));
  }

  /**
   * @param example the index of the example whose answers are meant
   * @param draw the number of the draw
   */
  private Expr expanded(Expr expr, Optional<Expr> example, Optional<Expr> draw) {
    return switch (expr) {
      case Sym symbol when symbol.kind() == Sym.Kind.ANSWER -> answer(symbol, example, draw);
      case Sym symbol when symbol.kind() == Sym.Kind.LOCAL -> local(symbol, example, draw);
      case Noise(var name, var rank, var distribution, var _) ->
          new Noise(name, rank, distribution, Optional.of(draw.orElse(Exprs.ONE)));
      case Reduce(boolean mean, Sym index, Axis.Batch axis, Expr body) ->
          new Reduce(mean, index, axis, expanded(body, Optional.of(index), draw));
      default -> Walk.mapChildren(expr, child -> expanded(child, example, draw));
    };
  }

  private Expr answer(Sym symbol, Optional<Expr> example, Optional<Expr> draw) {
    for (Program.Phase phase : program.phases()) {
      for (Program.Answer answer : phase.answers()) {
        if (answer.symbol().equals(symbol)) {
          return new Oracle(
              answer.function(),
              ranks.get(answer.function()),
              answer.kind().order(),
              answer.kind().perExample() ? example : Optional.empty(),
              expanded(phase.point(), Optional.empty(), draw),
              answer.kind().isDirected()
                  ? phase.direction().map(along -> expanded(along, Optional.empty(), draw))
                  : Optional.empty());
        }
      }
    }
    throw new IllegalArgumentException("not asked: " + symbol);
  }

  private Expr local(Sym symbol, Optional<Expr> example, Optional<Expr> draw) {
    for (Program.CoordinateSum sum : program.sums()) {
      if (sum.symbol().equals(symbol)) {
        Expr written = program.withSumsWritten(symbol);
        return Walk.mapChildren(written, body -> expanded(body, Optional.empty(), draw));
      }
    }
    for (Program.Accumulator accumulator : program.accumulators()) {
      if (accumulator.symbol().equals(symbol)) {
        return mean(accumulator.body(), example);
      }
    }
    return program.phases().stream()
        .flatMap(phase -> phase.locals().stream())
        .filter(assign -> assign.target().equals(symbol))
        .findFirst()
        .map(assign -> expanded(assign.value(), example, draw))
        .orElseThrow(() -> new IllegalArgumentException("not defined: " + symbol));
  }

  /** The mean over the draws of a step, of which there may be one. */
  private Expr mean(Expr body, Optional<Expr> example) {
    Expr count = program.samples().orElse(Exprs.ONE);
    return count.equals(Exprs.ONE)
        ? expanded(body, example, Optional.of(Exprs.ONE))
        : new Reduce(true, DRAW, new Axis.Draws(count), expanded(body, example, Optional.of(DRAW)));
  }
}
