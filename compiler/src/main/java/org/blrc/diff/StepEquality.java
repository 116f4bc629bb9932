package org.blrc.diff;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.derive.AppliedRule;
import org.blrc.derive.Derivation;
import org.blrc.derive.Quantity;
import org.blrc.derive.Replacement;
import org.blrc.derive.Step;
import org.blrc.derive.Step.Line;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Walk;

/** Whether steps of two derivations do and show the same, under what corresponds. */
final class StepEquality {

  private final Correspondence names;

  /** Right statistics by the left ones that they equal. */
  private final Map<Integer, Integer> statistics = new HashMap<>();

  StepEquality(Derivation left, Derivation right, Correspondence names) {
    this.names = names;
    List<Expr> mine = Parts.of(left).first().posterior().statistics();
    List<Expr> others = Parts.of(right).first().posterior().statistics();
    for (int i = 0; i < mine.size(); i++) {
      for (int j = 0; j < others.size(); j++) {
        if (names.equal(mine.get(i), others.get(j))) {
          statistics.put(i, j);
        }
      }
    }
  }

  /** Whether two steps are the same rule, or the same pass of the compiler. */
  boolean sameKind(Step mine, Step other) {
    if (mine.rule().isPresent() && other.rule().isPresent()) {
      return sameRule(mine.rule().get(), other.rule().get());
    }
    return mine.rule().isEmpty() && other.rule().isEmpty() && mine.title().equals(other.title());
  }

  private boolean sameRule(AppliedRule mine, AppliedRule other) {
    return Equality.alike(
            mine.target(), other.target(), (one, its) -> correspond(one.state(), its.state()))
        && SameRule.names(mine, other).isPresent();
  }

  private boolean correspond(Sym mine, Sym other) {
    Sym known = names.states().get(mine);
    return known == null ? !names.states().containsValue(other) : known.equals(other);
  }

  /**
   * Whether a rule that both apply gets the same arguments. A derivative that is not applied, as in
   * {@code grad(f)}, stands for its estimate, and is the same wherever that is taken.
   */
  boolean sameArguments(Step mine, Step other) {
    return arguments(mine, other).stream()
        .allMatch(
            each ->
                areCounterparts(each.left(), each.right())
                    || Equality.holds(
                        unapplied(names.left().of(each.left())),
                        unapplied(names.right().of(each.right()))));
  }

  /** Whether a state is asked for, and its counterpart, whatever function of it that is. */
  private boolean areCounterparts(Expr mine, Expr other) {
    return mine instanceof Sym && other.equals(names.states().get(mine));
  }

  private static Expr unapplied(Expr expr) {
    return switch (expr) {
      case Expr.Oracle(String function, int rank, int order, var _, var _, var direction) ->
          new Expr.Oracle(function, rank, order, Optional.empty(), Exprs.ZERO, direction);
      case Expr.Reduce(boolean mean, var _, var _, Expr body)
          when mean && Walk.contains(body, Expr.Oracle.class::isInstance) ->
          unapplied(body);
      default -> Walk.mapChildren(expr, StepEquality::unapplied);
    };
  }

  /** Arguments of the same rule, pair by pair. */
  static List<Names.Pair> arguments(Step mine, Step other) {
    if (mine.rule().isEmpty() || other.rule().isEmpty()) {
      return List.of();
    }
    Map<String, String> renamed =
        SameRule.names(mine.rule().get(), other.rule().get()).orElse(Map.of());
    return mine.rule().get().arguments().stream()
        .filter(argument -> argument.value().isPresent())
        .flatMap(
            argument ->
                other.rule().get().arguments().stream()
                    .filter(its -> its.name().equals(renamed.get(argument.name())))
                    .flatMap(its -> its.value().stream())
                    .map(value -> new Names.Pair(argument.value().get(), value)))
        .toList();
  }

  /** Whether two rules put the same in place of the same, however they are written. */
  boolean sameEffect(Step mine, Step other) {
    Optional<List<Replacement>> all = mine.replacements();
    Optional<List<Replacement>> others = other.replacements();
    return all.isPresent()
        && others.isPresent()
        && Equality.sameSets(
            all.get(),
            others.get(),
            (each, its) ->
                names.equal(each.from(), its.from()) && names.equal(each.to(), its.to()));
  }

  /**
   * Whether the equations of two steps are equal. Remarks and what follows from coordinates aside.
   */
  boolean sameLines(Step mine, Step other) {
    Map<Key, List<Expr>> all = equations(mine, false);
    Map<Key, List<Expr>> others = equations(other, true);
    return all.keySet().equals(others.keySet())
        && all.keySet().stream().allMatch(key -> equal(key, all.get(key), others.get(key)));
  }

  private boolean equal(Key key, List<Expr> mine, List<Expr> others) {
    return Equality.pairwise(mine, others, (left, right) -> equal(key, left, right));
  }

  private boolean equal(Key key, Expr mine, Expr its) {
    Expr one = names.left().of(mine, key.component());
    Expr other = names.right().of(its, key.component());
    if (key.quantity() instanceof NewState(Sym state)) {
      // A state that is a function of its counterpart moves as that function of it does.
      one = moved(names.right().image(names.states().get(state)), state, one);
      other = moved(names.left().image(state), state, other);
    }
    return Equality.holds(one, other);
  }

  private Expr moved(Expr function, Sym state, Expr value) {
    Expr shared =
        names.left().image(state) instanceof Sym symbol
            ? symbol
            : names.right().image(names.states().get(state));
    return function instanceof Sym
        ? value
        : Walk.substitute(Translation.renewed(function), Derivation.newValue((Sym) shared), value);
  }

  private record NewState(Sym state) {}

  /**
   * What a step shows, by the quantity that it gives, in the names and numbers of the left side.
   */
  private Map<Key, List<Expr>> equations(Step step, boolean isRight) {
    Map<Key, List<Expr>> result = new LinkedHashMap<>();
    int component = 1;
    for (Line line : step.lines()) {
      int about = component;
      switch (line) {
        case Line.Equation(Quantity quantity, Expr value) ->
            key(quantity, isRight)
                .ifPresent(key -> result.put(new Key(about, key), List.of(value)));
        case Line.Change(Quantity quantity, Expr before, Expr after) ->
            key(quantity, isRight)
                .ifPresent(key -> result.put(new Key(about, key), List.of(before, after)));
        case Line.Component(int number) -> component = number;
        case Line.Rule _, Line.Remark _ -> {}
      }
    }
    return result;
  }

  /** A quantity of a component. */
  private record Key(int component, Object quantity) {}

  /**
   * What identifies a quantity on both sides; nothing where its meaning depends on the coordinates
   * that a derivation happens to use.
   */
  private Optional<Object> key(Quantity quantity, boolean isRight) {
    return switch (quantity) {
      case Quantity.NewValue(Sym of) -> newState(of, isRight);
      case Quantity.Identity(Sym of) -> newState(of, isRight);
      case Quantity.Value(Sym of) when of.kind() == Sym.Kind.VARIABLE -> Optional.of("draw");
      case Quantity.PriorNatural(int index) -> indexed("prior", index, isRight);
      case Quantity.Statistic(int index) -> indexed("statistic", index, isRight);
      case Quantity.Natural(int index) -> indexed("natural", index, isRight);
      case Quantity.Expectation(int index) -> indexed("expectation", index, isRight);
      case Quantity.MeanGradient(int index) -> indexed("mean gradient", index, isRight);
      case Quantity.NewNatural(int index) -> indexed("new natural", index, isRight);
      case Quantity.Loss _,
          Quantity.RestOfLogPrior _,
          Quantity.LogPartition _,
          Quantity.BaseMeasure _,
          Quantity.Entropy _,
          Quantity.Divergence _,
          Quantity.Probability _,
          Quantity.Integrand _,
          Quantity.LogResponsibility _ ->
          Optional.of(quantity);
      // Points stand in the new values, too; weights, which count up to a factor, in
      // responsibilities.
      case Quantity.Weight _,
          Quantity.Point _,
          Quantity.Direction _,
          Quantity.Value _,
          Quantity.NaturalOfMeans _,
          Quantity.Fisher _,
          Quantity.Connection _,
          Quantity.JointConnection _,
          Quantity.SampleDerivative _,
          Quantity.DistributionFunction _,
          Quantity.QuantileDerivative _,
          Quantity.Score _,
          Quantity.ExpectedGradient _,
          Quantity.ObjectiveGradient _,
          Quantity.Field _,
          Quantity.EntropyGradient _,
          Quantity.ConditionalNatural _,
          Quantity.NewConditionalNatural _ ->
          Optional.empty();
    };
  }

  private Optional<Object> newState(Sym of, boolean isRight) {
    if (of.kind() != Sym.Kind.STATE) {
      return Optional.empty();
    }
    if (!isRight) {
      return Optional.of(names.states().containsKey(of) ? new NewState(of) : of);
    }
    return Optional.of(
        names.counterpart(of).<Object>map(NewState::new).orElseGet(() -> names.right().itself(of)));
  }

  private record Indexed(String what, int index) {}

  private Optional<Object> indexed(String what, int index, boolean isRight) {
    int own =
        isRight
            ? statistics.entrySet().stream()
                .filter(entry -> entry.getValue() == index)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(-1 - index)
            : index;
    return Optional.of(new Indexed(what, own));
  }
}
