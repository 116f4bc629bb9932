package org.blrc.diff;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.blrc.derive.Derivation;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Walk;
import org.blrc.verify.RandomValues;

/** Compares what two derivations end in, state by state. */
final class Updates {

  private final Correspondence names;
  private final Map<Sym, Expr> left;
  private final Map<Sym, Expr> right;

  private Updates(Derivation ofLeft, Derivation ofRight, Correspondence names) {
    this.names = names;
    this.left = Expansion.of(ofLeft);
    this.right = Expansion.of(ofRight);
  }

  /** How the updates of states that correspond compare, by the left state. */
  static Map<Sym, Agreement> compare(Derivation ofLeft, Derivation ofRight, Correspondence names) {
    Updates updates = new Updates(ofLeft, ofRight, names);
    Map<Sym, Agreement> result = new LinkedHashMap<>();
    names
        .states()
        .keySet()
        .forEach(state -> result.put(state, agreement(updates.pair(state, false), true)));
    // New values that satisfy the same equations are the same.
    boolean proved = result.values().stream().allMatch(each -> each == Agreement.PROVED);
    if (!proved || !isComplete(ofLeft, ofRight, names)) {
      result.replaceAll(updates::inOldValues);
    }
    return result;
  }

  /** Whether each state of one derivation has its counterpart in the other. */
  static boolean isComplete(Derivation ofLeft, Derivation ofRight, Correspondence names) {
    return ofLeft.program().states().size() == names.states().size()
        && ofRight.program().states().size() == names.states().size();
  }

  /**
   * @param given how the updates compare where new values of other states stand for themselves
   */
  private Agreement inOldValues(Sym state, Agreement given) {
    Agreement whole = agreement(pair(state, true), false);
    return whole == Agreement.NONE && given == Agreement.PROVED ? Agreement.GIVEN_OTHERS : whole;
  }

  /** What is proved is equal, whatever rounding makes of it; most that differs shows in numbers. */
  private static Agreement agreement(Pair pair, boolean proofsOnly) {
    if (pair.left().equals(pair.right())) {
      return Agreement.PROVED;
    }
    Optional<Boolean> numbers = RandomValues.agree(pair.left(), pair.right());
    if (numbers.equals(Optional.of(false))) {
      return Agreement.NONE;
    }
    if (Equality.holds(pair.left(), pair.right())) {
      return Agreement.PROVED;
    }
    return numbers.isPresent() && !proofsOnly ? Agreement.NUMERICAL : Agreement.NONE;
  }

  private record Pair(Expr left, Expr right) {}

  /**
   * The new values of a state and its counterpart, so that they have to be equal. Where one stands
   * for a function of the other, the function of the other's new value is compared.
   *
   * @param old whether nothing but old values shall occur in the updates
   */
  private Pair pair(Sym state, boolean old) {
    Sym other = names.states().get(state);
    Expr image = names.left().image(state);
    Expr otherImage = names.right().image(other);
    if (!(otherImage instanceof Sym)) {
      return new Pair(moved(otherImage, state, old), ofRight(other, old));
    }
    return image instanceof Sym
        ? new Pair(ofLeft(state, old), ofRight(other, old))
        : new Pair(ofLeft(state, old), moved(image, state, old));
  }

  private Expr ofLeft(Sym state, boolean old) {
    return names.left().ofAnswers(value(state, left, old));
  }

  private Expr ofRight(Sym state, boolean old) {
    return names.right().ofAnswers(value(state, right, old));
  }

  private static Expr value(Sym state, Map<Sym, Expr> values, boolean old) {
    return old ? Expansion.inOldValues(values.get(state), values) : values.get(state);
  }

  /** A function of shared states, at the new value of one of them and of the others. */
  private Expr moved(Expr function, Sym state, boolean old) {
    Map<Expr, Expr> renewed = new HashMap<>();
    names
        .states()
        .forEach(
            (mine, other) -> {
              Expr image = names.left().image(mine);
              boolean byLeft = image instanceof Sym;
              Expr shared = byLeft ? image : names.right().image(other);
              if (Walk.contains(function, shared)) {
                boolean written = old || mine.equals(state);
                renewed.put(
                    shared,
                    !written
                        ? Translation.renewed(shared)
                        : byLeft ? ofLeft(mine, old) : ofRight(other, old));
              }
            });
    return Walk.substitute(function, renewed);
  }
}
