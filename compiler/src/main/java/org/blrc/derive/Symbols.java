package org.blrc.derive;

import java.util.Optional;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Sym;

/** Symbols that the compiler itself names. */
final class Symbols {

  /** The common rate of the rule, before the spec's rates take its place. */
  static final Sym RATE = new Sym(Sym.Kind.RATE, "rate", 0, Domain.POSITIVE);

  private static final String ALONG = "u_";

  private Symbols() {}

  /** The mean of a statistic, as something that is given. */
  static Sym mean(int statistic) {
    return new Sym(Sym.Kind.LOCAL, "mu_" + (statistic + 1), statistic, Domain.REAL);
  }

  /** The value of a state, or of a parameter of the posterior, after the step. */
  static Sym newValue(Sym old) {
    // A state may have the name and the rank of a parameter.
    return old.kind() == Sym.Kind.PARAMETER
        ? new Sym(Sym.Kind.NEW, old.name(), -1 - old.rank(), old.domain(), old.shared())
        : old.as(Sym.Kind.NEW);
  }

  /** The value before the step of a state whose new value is given. */
  static Sym oldValue(Sym newValue) {
    return newValue.as(Sym.Kind.STATE);
  }

  /** The direction in which a state moves: a tangent, or one in the algebra of its group. */
  static Sym direction(Sym state) {
    return along(state, ALONG);
  }

  /** Another direction of the same state, for what takes two. */
  static Sym secondDirection(Sym state) {
    return along(state, "v_");
  }

  private static Sym along(Sym state, String prefix) {
    return new Sym(
        Sym.Kind.LOCAL, prefix + state.name(), state.rank(), Domain.REAL, state.shared());
  }

  /** The name of the state in whose direction a symbol points, if it is a direction. */
  static Optional<String> along(Expr symbol) {
    return symbol instanceof Sym named && named.kind() == Sym.Kind.LOCAL
        ? Optional.of(named.name().substring(ALONG.length()))
        : Optional.empty();
  }

  /** Bound indices have one name for each axis, so that equal sums are equal expressions. */
  static Sym index(Axis axis) {
    return switch (axis) {
      case Axis.Data data -> new Sym(Sym.Kind.INDEX, "i", data.rank(), Domain.POSITIVE);
      case Axis.Batch(Axis.Data data) -> new Sym(Sym.Kind.INDEX, "i", data.rank(), Domain.POSITIVE);
      case Axis.Draws _ -> new Sym(Sym.Kind.INDEX, "k", -1, Domain.POSITIVE);
      case Axis.Coordinates _ -> throw new IllegalArgumentException("no axis of the language");
    };
  }
}
