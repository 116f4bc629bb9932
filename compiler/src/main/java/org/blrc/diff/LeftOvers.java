package org.blrc.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.blrc.derive.Derivation;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Walk;

/**
 * Pairs symbols of which nothing says what they correspond to, as those of rules that are written
 * differently: they are paired in the way that makes the updates equal, if there is one.
 */
final class LeftOvers {

  private static final int MOST_STATES = 3;
  private static final int MOST_HYPERS = 4;

  private final Derivation left;
  private final Derivation right;

  private LeftOvers(Derivation left, Derivation right) {
    this.left = left;
    this.right = right;
  }

  /** What corresponds, and how the updates compare under it, by the left state. */
  record Result(Correspondence names, Map<Sym, Agreement> agreements) {

    boolean isEqual() {
      return agreements.values().stream()
          .allMatch(each -> each == Agreement.PROVED || each == Agreement.NUMERICAL);
    }
  }

  static Result pair(Derivation left, Derivation right, Correspondence names) {
    LeftOvers leftOvers = new LeftOvers(left, right);
    return leftOvers.completed(names).orElseGet(() -> leftOvers.compared(names));
  }

  private Result compared(Correspondence names) {
    return new Result(names, Updates.compare(left, right, names));
  }

  private Optional<Result> completed(Correspondence names) {
    List<Sym> states = states(left).filter(names::isOpenLeft).toList();
    List<Sym> otherStates = states(right).filter(names::isOpenRight).toList();
    List<Sym> hypers = hypers(left).filter(names::isOpenLeft).toList();
    List<Sym> otherHypers = hypers(right).filter(names::isOpenRight).toList();
    boolean none = states.isEmpty() && hypers.isEmpty();
    if (none
        || states.size() != otherStates.size()
        || hypers.size() != otherHypers.size()
        || states.size() > MOST_STATES
        || hypers.size() > MOST_HYPERS) {
      return Optional.empty();
    }
    for (List<Sym> some : orders(otherStates)) {
      for (List<Sym> others : orders(otherHypers)) {
        Correspondence trial = names.copy();
        IntStream.range(0, states.size()).forEach(i -> trial.rename(states.get(i), some.get(i)));
        IntStream.range(0, hypers.size()).forEach(i -> trial.rename(hypers.get(i), others.get(i)));
        Result result = compared(trial);
        if (result.isEqual()) {
          return Optional.of(result);
        }
      }
    }
    return Optional.empty();
  }

  private static Stream<Sym> states(Derivation derivation) {
    return derivation.program().states().stream().map(state -> state.symbol());
  }

  /** Those on which the update depends. */
  private static Stream<Sym> hypers(Derivation derivation) {
    Map<Sym, Expr> values = Expansion.of(derivation);
    return derivation.setting().hypers().stream()
        .filter(hyper -> values.values().stream().anyMatch(each -> Walk.contains(each, hyper)));
  }

  private static List<List<Sym>> orders(List<Sym> symbols) {
    if (symbols.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Sym>> result = new ArrayList<>();
    for (Sym first : symbols) {
      List<Sym> rest = new ArrayList<>(symbols);
      rest.remove(first);
      for (List<Sym> order : orders(rest)) {
        List<Sym> whole = new ArrayList<>(List.of(first));
        whole.addAll(order);
        result.add(whole);
      }
    }
    return result;
  }
}
