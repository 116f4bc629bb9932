package org.blrc.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.blrc.derive.Derivation;
import org.blrc.diff.Names.Pair;
import org.blrc.program.Program;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Solver;
import org.blrc.symbolic.Walk;

/**
 * What of one derivation plays the part of what in another. It grows by equations between the two:
 * each may settle what one symbol is.
 *
 * <p>A settled symbol is either one of the other side (a renaming) or a function of symbols of the
 * other side, of which at least one corresponds to nothing yet; that one is taken with it. So no
 * symbol is settled by what would restrict the other derivation.
 */
final class Correspondence {

  private final Side left;
  private final Side right;

  /** Right states by the left ones that correspond to them. */
  private final Map<Sym, Sym> states = new LinkedHashMap<>();

  private final List<Pair> pairs = new ArrayList<>();

  Correspondence(Derivation left, Derivation right) {
    this(Side.of(left, false), Side.of(right, true));
  }

  /** The hyper-parameters and states of a derivation. */
  static Stream<Sym> symbols(Derivation derivation) {
    return Stream.concat(
        derivation.setting().hypers().stream(),
        derivation.program().states().stream().map(Program.State::symbol));
  }

  private Correspondence(Side left, Side right) {
    this.left = left;
    this.right = right;
  }

  Correspondence copy() {
    Correspondence copy = new Correspondence(left.copy(), right.copy());
    copy.states.putAll(states);
    copy.pairs.addAll(pairs);
    return copy;
  }

  Translation left() {
    return left.translation();
  }

  Translation right() {
    return right.translation();
  }

  /** Hyper-parameters and states that correspond, in the order in which they were settled. */
  List<Pair> pairs() {
    return List.copyOf(pairs);
  }

  /** Right states by the left ones. */
  Map<Sym, Sym> states() {
    return states;
  }

  /** The left state that corresponds to a right one. */
  Optional<Sym> counterpart(Sym rightState) {
    return states.entrySet().stream()
        .filter(entry -> entry.getValue().equals(rightState))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  boolean isOpenLeft(Sym symbol) {
    return left.isOpen(symbol);
  }

  boolean isOpenRight(Sym symbol) {
    return right.isOpen(symbol);
  }

  /** Symbols of one side that nothing settles yet. */
  List<Sym> openLeft(Expr expr, Sym.Kind kind) {
    return left.open(expr, kind);
  }

  List<Sym> openRight(Expr expr, Sym.Kind kind) {
    return right.open(expr, kind);
  }

  /** Whether two expressions, each of its side and about a component, are equal. */
  boolean equal(Expr ofLeft, Expr ofRight, int component) {
    return Equality.holds(left().of(ofLeft, component), right().of(ofRight, component));
  }

  /** Whether two expressions, each of its side, are equal. */
  boolean equal(Expr ofLeft, Expr ofRight) {
    return Equality.holds(left().of(ofLeft), right().of(ofRight));
  }

  static List<Sym> symbols(Expr expr, Sym.Kind kind) {
    return Walk.find(expr, part -> part instanceof Sym symbol && symbol.kind() == kind).stream()
        .map(Sym.class::cast)
        .toList();
  }

  /** One symbol stands for another. */
  void rename(Sym ofLeft, Sym ofRight) {
    Domain domain = intersection(ofLeft.domain(), ofRight.domain());
    Sym shared = new Sym(ofLeft.kind(), ofLeft.name(), ofLeft.rank(), domain, ofLeft.shared());
    left.put(ofLeft, shared);
    right.put(ofRight, shared);
    pair(ofLeft, ofRight, new Pair(ofLeft, ofRight));
  }

  private void pair(Sym ofLeft, Sym ofRight, Pair pair) {
    if (ofLeft.kind() == Sym.Kind.STATE) {
      states.put(ofLeft, ofRight);
    }
    if (ofLeft.kind() != Sym.Kind.VARIABLE) {
      pairs.add(pair);
    }
  }

  /**
   * Takes two expressions to be equal, if that settles an open symbol of some kind. Where states
   * are settled, nothing but one state of each side is open among states; hyper-parameters are
   * functions of hyper-parameters.
   *
   * @return whether it did
   */
  boolean settle(Expr ofLeft, Expr ofRight, Sym.Kind kind) {
    List<Sym> openLeft = openLeft(ofLeft, kind);
    List<Sym> openRight = openRight(ofRight, kind);
    boolean one = openLeft.size() == 1 && openRight.size() == 1;
    if (openLeft.isEmpty() || openRight.isEmpty() || (kind == Sym.Kind.STATE && !one)) {
      return false;
    }
    if (settleNames(ofLeft, ofRight)) {
      return true;
    }
    Expr sharedLeft = left().of(ofLeft);
    Expr sharedRight = right().of(ofRight);
    Sym mine = openLeft.getFirst();
    Sym other = openRight.getFirst();
    Optional<Pair> settled =
        right
            .settle(sharedRight, sharedLeft, openRight, left, openLeft, kind)
            .map(value -> shown(value, other, openLeft))
            .or(
                () ->
                    left.settle(sharedLeft, sharedRight, openLeft, right, openRight, kind)
                        .map(value -> new Pair(mine, right.named(value))));
    settled.ifPresent(pair -> pair(mine, other, pair));
    return settled.isPresent();
  }

  /** Takes two expressions to be equal, if both are open symbols of one kind. */
  boolean settleNames(Expr ofLeft, Expr ofRight) {
    if (ofLeft instanceof Sym mine
        && ofRight instanceof Sym other
        && mine.kind() == other.kind()
        && isOpenLeft(mine)
        && isOpenRight(other)) {
      rename(mine, other);
      return true;
    }
    return false;
  }

  /**
   * A right symbol with its value, and if it can be the one left symbol that it was settled with,
   * as a function of the right one.
   */
  private Pair shown(Expr value, Sym settled, List<Sym> taken) {
    Sym unknown = right().itself(settled);
    Optional<Expr> inverse =
        taken.size() == 1
            ? Equality.guarded(
                () -> Solver.solve(value, unknown, taken.getFirst()), Optional.<Expr>empty())
            : Optional.empty();
    return inverse
        .filter(right::namesAll)
        .map(found -> new Pair(taken.getFirst(), right.named(found)))
        .orElseGet(() -> new Pair(left.named(value), settled));
  }

  private static Domain intersection(Domain a, Domain b) {
    double lower = Math.max(a.lower(), b.lower());
    double upper = Math.min(a.upper(), b.upper());
    return new Domain(
        lower,
        (a.lower() < lower || a.lowerClosed()) && (b.lower() < lower || b.lowerClosed()),
        upper,
        (a.upper() > upper || a.upperClosed()) && (b.upper() > upper || b.upperClosed()));
  }
}
