package org.blrc.diff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.derive.Derivation;
import org.blrc.program.ExprEvaluator;
import org.blrc.program.Program;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Walk;

/**
 * What the two set differently and no derivation speaks of.
 *
 * @param defaults of hyper-parameters
 * @param initial values of states
 * @param domains of hyper-parameters and states
 */
public record StartValues(List<Default> defaults, List<Initial> initial, List<Domains> domains) {

  /** Default values of what corresponds; absent where the caller has to give one. */
  public record Default(
      Expr left, Expr right, Optional<Double> leftValue, Optional<Double> rightValue) {}

  /** Initial values of states that correspond; absent where the caller has to give one. */
  public record Initial(
      Expr left, Expr right, Optional<Expr> leftValue, Optional<Expr> rightValue) {}

  /** The domains of symbols that correspond. */
  public record Domains(Sym left, Sym right) {}

  public StartValues {
    defaults = List.copyOf(defaults);
    initial = List.copyOf(initial);
    domains = List.copyOf(domains);
  }

  /** Whether both start alike. */
  public boolean isEmpty() {
    return defaults.isEmpty() && initial.isEmpty() && domains.isEmpty();
  }

  static StartValues of(Derivation left, Derivation right, Correspondence names) {
    return new StartValues(
        defaults(left, right, names), initial(left, right, names), domains(names));
  }

  private static List<Default> defaults(Derivation left, Derivation right, Correspondence names) {
    List<Default> result = new ArrayList<>();
    for (Names.Pair pair : names.pairs()) {
      boolean hyper = Correspondence.symbols(pair.left(), Sym.Kind.STATE).isEmpty();
      if (hyper) {
        Optional<Double> mine = value(pair.left(), left);
        Optional<Double> other = value(pair.right(), right);
        if (!Equality.alike(mine, other, StartValues::sameValue)) {
          result.add(new Default(pair.left(), pair.right(), mine, other));
        }
      }
    }
    return result;
  }

  /** The same but for the rounding of an expression's value. */
  private static boolean sameValue(double mine, double other) {
    double size = Math.max(Math.abs(mine), Math.abs(other));
    return mine == other || Math.abs(mine - other) <= 1e-12 * size;
  }

  private static Optional<Double> value(Expr expr, Derivation derivation) {
    Map<Sym, Double> values = new HashMap<>();
    derivation
        .program()
        .hypers()
        .forEach(hyper -> hyper.byDefault().ifPresent(it -> values.put(hyper.symbol(), it)));
    return values.keySet().containsAll(Correspondence.symbols(expr, Sym.Kind.HYPER))
        ? Optional.of(ExprEvaluator.evaluate(expr, values::get))
        : Optional.empty();
  }

  private static List<Initial> initial(Derivation left, Derivation right, Correspondence names) {
    List<Initial> result = new ArrayList<>();
    for (Names.Pair pair : names.pairs()) {
      boolean state = !Correspondence.symbols(pair.left(), Sym.Kind.STATE).isEmpty();
      if (state) {
        Optional<Expr> mine = initial(pair.left(), left);
        Optional<Expr> other = initial(pair.right(), right);
        if (!Equality.alike(mine, other, names::equal)) {
          result.add(new Initial(pair.left(), pair.right(), mine, other));
        }
      }
    }
    return result;
  }

  /** An expression at the initial values of its states. */
  private static Optional<Expr> initial(Expr expr, Derivation derivation) {
    Map<Sym, Expr> values = new HashMap<>();
    for (Program.State state : derivation.program().states()) {
      state.initial().ifPresent(value -> values.put(state.symbol(), value));
    }
    return values.keySet().containsAll(Correspondence.symbols(expr, Sym.Kind.STATE))
        ? Optional.of(Equality.guarded(() -> Normal.shorter(Walk.substitute(expr, values)), expr))
        : Optional.empty();
  }

  private static List<Domains> domains(Correspondence names) {
    List<Domains> result = new ArrayList<>();
    for (Names.Pair pair : names.pairs()) {
      if (pair.left() instanceof Sym mine
          && pair.right() instanceof Sym other
          && !mine.domain().equals(other.domain())) {
        result.add(new Domains(mine, other));
      }
    }
    return result;
  }
}
