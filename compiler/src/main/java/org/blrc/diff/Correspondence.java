package org.blrc.diff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  private final Translation left;
  private final Translation right;

  /** Left states by the right ones that correspond to them. */
  private final Map<Sym, Sym> states = new LinkedHashMap<>();

  private final Set<Sym> takenLeft = new HashSet<>();
  private final Set<Sym> takenRight = new HashSet<>();

  /** What stands for a shared symbol in the names of each side. */
  private final Map<Sym, Sym> leftNames = new HashMap<>();

  private final Map<Sym, Sym> rightNames = new HashMap<>();
  private final List<Pair> pairs = new ArrayList<>();

  Correspondence(Derivation left, Derivation right) {
    this(new Translation(left.setting(), false), new Translation(right.setting(), true));
    symbols(left).forEach(symbol -> leftNames.put(this.left.itself(symbol), symbol));
    symbols(right).forEach(symbol -> rightNames.put(this.right.itself(symbol), symbol));
  }

  /** The hyper-parameters and states of a derivation. */
  static Stream<Sym> symbols(Derivation derivation) {
    return Stream.concat(
        derivation.setting().hypers().stream(),
        derivation.program().states().stream().map(Program.State::symbol));
  }

  private Correspondence(Translation left, Translation right) {
    this.left = left;
    this.right = right;
  }

  Correspondence copy() {
    Correspondence copy = new Correspondence(left.copy(), right.copy());
    copy.states.putAll(states);
    copy.takenLeft.addAll(takenLeft);
    copy.takenRight.addAll(takenRight);
    copy.leftNames.putAll(leftNames);
    copy.rightNames.putAll(rightNames);
    copy.pairs.addAll(pairs);
    return copy;
  }

  Translation left() {
    return left;
  }

  Translation right() {
    return right;
  }

  /** Hyper-parameters and states that correspond, in the order in which they were settled. */
  List<Pair> pairs() {
    return List.copyOf(pairs);
  }

  /** Right states by the left ones. */
  Map<Sym, Sym> states() {
    return states;
  }

  boolean isOpenLeft(Sym symbol) {
    return !left.knows(symbol) && !takenLeft.contains(symbol);
  }

  boolean isOpenRight(Sym symbol) {
    return !right.knows(symbol) && !takenRight.contains(symbol);
  }

  /** Whether two expressions, each of its side, are equal. */
  boolean equal(Expr ofLeft, Expr ofRight) {
    return Equality.holds(left.of(ofLeft), right.of(ofRight));
  }

  /** Symbols of one side that nothing settles yet. */
  List<Sym> openLeft(Expr expr, Sym.Kind kind) {
    return symbols(expr, kind).stream().filter(this::isOpenLeft).toList();
  }

  List<Sym> openRight(Expr expr, Sym.Kind kind) {
    return symbols(expr, kind).stream().filter(this::isOpenRight).toList();
  }

  static List<Sym> symbols(Expr expr, Sym.Kind kind) {
    return Walk.find(expr, part -> part instanceof Sym symbol && symbol.kind() == kind).stream()
        .map(Sym.class::cast)
        .toList();
  }

  /** One symbol stands for another. */
  void rename(Sym ofLeft, Sym ofRight) {
    Domain domain = intersection(ofLeft.domain(), ofRight.domain());
    Sym shared = new Sym(ofLeft.kind(), ofLeft.name(), ofLeft.rank(), domain);
    left.put(ofLeft, shared);
    right.put(ofRight, shared);
    leftNames.put(shared, ofLeft);
    rightNames.put(shared, ofRight);
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
    Expr sharedLeft = left.of(ofLeft);
    Expr sharedRight = right.of(ofRight);
    return settleRight(sharedLeft, sharedRight, openLeft, openRight, kind)
        || settleLeft(sharedLeft, sharedRight, openLeft, openRight, kind);
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

  private boolean settleRight(
      Expr sharedLeft, Expr sharedRight, List<Sym> openLeft, List<Sym> openRight, Sym.Kind kind) {
    if (openRight.size() != 1) {
      return false;
    }
    Sym unknown = right.itself(openRight.getFirst());
    Optional<Expr> value = solved(sharedRight, sharedLeft, unknown, kind);
    if (value.isEmpty() || openLeft.stream().noneMatch(each -> mentions(value.get(), each))) {
      return false;
    }
    right.put(openRight.getFirst(), value.get());
    takenLeft.addAll(openLeft);
    Pair shown =
        shown(value.get(), unknown, openLeft, rightNames)
            .map(inverse -> new Pair(openLeft.getFirst(), inverse))
            .orElseGet(() -> new Pair(named(value.get(), leftNames), openRight.getFirst()));
    pair(openLeft.getFirst(), openRight.getFirst(), shown);
    return true;
  }

  private boolean settleLeft(
      Expr sharedLeft, Expr sharedRight, List<Sym> openLeft, List<Sym> openRight, Sym.Kind kind) {
    if (openLeft.size() != 1) {
      return false;
    }
    Sym unknown = left.itself(openLeft.getFirst());
    Optional<Expr> value = solved(sharedLeft, sharedRight, unknown, kind);
    if (value.isEmpty()
        || openRight.stream().noneMatch(each -> mentions(value.get(), right.itself(each)))) {
      return false;
    }
    left.put(openLeft.getFirst(), value.get());
    takenRight.addAll(openRight);
    pair(
        openLeft.getFirst(),
        openRight.getFirst(),
        new Pair(openLeft.getFirst(), named(value.get(), rightNames)));
    return true;
  }

  private static boolean mentions(Expr expr, Sym symbol) {
    return Walk.contains(expr, symbol);
  }

  /** The value of an unknown, if it is made of nothing but symbols of its kind and constants. */
  private static Optional<Expr> solved(Expr holder, Expr other, Sym unknown, Sym.Kind kind) {
    return Equality.guarded(() -> Solver.solve(holder, other, unknown), Optional.<Expr>empty())
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
      case Expr.Oracle _, Expr.Expect _, Expr.Reduce _, Expr.Draw _, Expr.Noise _ -> false;
    };
  }

  /** The one symbol that was taken, as a function of the settled one, in the right side's names. */
  private static Optional<Expr> shown(
      Expr value, Sym settled, List<Sym> taken, Map<Sym, Sym> names) {
    return taken.size() != 1
        ? Optional.empty()
        : Equality.guarded(
                () -> Solver.solve(value, settled, taken.getFirst()), Optional.<Expr>empty())
            .filter(
                inverse ->
                    Walk.find(inverse, Sym.class::isInstance).stream()
                        .allMatch(part -> isConstant(part) || names.containsKey(part)))
            .map(inverse -> named(inverse, names));
  }

  private static boolean isConstant(Expr part) {
    return part instanceof Sym symbol && symbol.kind() == Sym.Kind.CONSTANT;
  }

  private static Expr named(Expr expr, Map<Sym, Sym> names) {
    return Walk.substitute(expr, names);
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
