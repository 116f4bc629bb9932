package org.blrc.diff;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.blrc.derive.Derivation;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Solver;
import org.blrc.symbolic.Walk;

/** One of two derivations whose symbols are settled: what is still open in it. */
final class Side {

  private final Translation translation;

  /** What another side's symbol was settled with. */
  private final Set<Sym> taken = new HashSet<>();

  /** What stands for a shared symbol in the names of this side. */
  private final Map<Sym, Sym> names = new HashMap<>();

  private Side(Translation translation) {
    this.translation = translation;
  }

  static Side of(Derivation derivation, boolean isRight) {
    Side side = new Side(new Translation(Parts.of(derivation), isRight));
    Correspondence.symbols(derivation)
        .forEach(symbol -> side.names.put(side.translation.itself(symbol), symbol));
    return side;
  }

  Side copy() {
    Side copy = new Side(translation.copy());
    copy.taken.addAll(taken);
    copy.names.putAll(names);
    return copy;
  }

  Translation translation() {
    return translation;
  }

  boolean isOpen(Sym symbol) {
    return !translation.knows(symbol) && !taken.contains(symbol);
  }

  /** Symbols of an expression that nothing settles yet. */
  List<Sym> open(Expr expr, Sym.Kind kind) {
    return Correspondence.symbols(expr, kind).stream().filter(this::isOpen).toList();
  }

  /** Lets a symbol stand for a shared one. */
  void put(Sym symbol, Sym shared) {
    translation.put(symbol, shared);
    names.put(shared, symbol);
  }

  /** A shared expression in the names of this side. */
  Expr named(Expr expr) {
    return Walk.substitute(expr, names);
  }

  /** Whether {@link #named} leaves nothing that only the other side knows. */
  boolean namesAll(Expr expr) {
    return Walk.find(expr, Sym.class::isInstance).stream()
        .map(Sym.class::cast)
        .allMatch(part -> part.kind() == Sym.Kind.CONSTANT || names.containsKey(part));
  }

  /**
   * Settles the one open symbol of an equation as a function of open symbols of the other side,
   * which are taken with it.
   *
   * @param holder what holds it, and {@code equal} what that is equal to, in the shared language
   * @param open the open symbols of the holder, of which there has to be one
   * @param others the open symbols of the other side, of which it has to be a function
   * @return its value, if it was settled
   */
  Optional<Expr> settle(
      Expr holder, Expr equal, List<Sym> open, Side other, List<Sym> others, Sym.Kind kind) {
    if (open.size() != 1) {
      return Optional.empty();
    }
    Sym symbol = open.getFirst();
    Optional<Expr> value =
        solved(holder, equal, translation.itself(symbol), kind)
            .filter(
                found ->
                    others.stream()
                        .anyMatch(each -> Walk.contains(found, other.translation.itself(each))));
    value.ifPresent(
        found -> {
          translation.put(symbol, found);
          other.taken.addAll(others);
        });
    return value;
  }

  /** The value of an unknown, if it is made of nothing but symbols of its kind and constants. */
  private static Optional<Expr> solved(Expr holder, Expr equal, Sym unknown, Sym.Kind kind) {
    return Equality.guarded(() -> Solver.solve(holder, equal, unknown), Optional.<Expr>empty())
        .filter(value -> !Walk.contains(value, part -> !mayStand(part, kind)));
  }

  private static boolean mayStand(Expr part, Sym.Kind kind) {
    return switch (part) {
      case Expr.Num _, Expr.Add _, Expr.Mul _, Expr.Pow _, Expr.Call _ -> true;
      case Sym symbol ->
          switch (symbol.kind()) {
            case CONSTANT, HYPER -> true;
            case STATE -> kind == Sym.Kind.STATE;
            case NEW, STEP_NUMBER, RATE, PARAMETER, VARIABLE, INDEX, ANSWER, LOCAL, META -> false;
          };
      case Expr.Vector _, Expr.Component _ -> false;
      case Expr.Oracle _, Expr.Expect _, Expr.Reduce _, Expr.Draw _, Expr.Noise _ -> false;
    };
  }
}
