package org.blrc.diff;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.blrc.derive.AppliedRule;
import org.blrc.derive.Derivation;
import org.blrc.derive.Quantity;
import org.blrc.derive.Replacement;
import org.blrc.derive.Step;
import org.blrc.derive.Step.Line;
import org.blrc.diff.Difference.Assumption;
import org.blrc.diff.Difference.Kind;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Oracle;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Declaration.Action;
import org.blrc.syntax.Declaration.Scope;

/** The rules that two derivations apply differently; those that answer the same need are paired. */
final class RuleDifferences {

  private final Derivation left;
  private final Derivation right;
  private final Correspondence names;
  private final StepEquality equality;

  private RuleDifferences(Derivation left, Derivation right, Correspondence names) {
    this.left = left;
    this.right = right;
    this.names = names;
    this.equality = new StepEquality(left, right, names);
  }

  /** The need that a rule answers: what it does away with, or else what it changes. */
  private sealed interface Need {

    /** An expectation under the posterior. */
    record Expectation() implements Need {}

    /** A sum over all data. */
    record Data() implements Need {}

    /** A derivative of the loss, by its order. */
    record Derivative(int order) implements Need {}

    /** A part of the update of a state. */
    record Part(Scope.Part part, Sym state) implements Need {}

    /** A variable through which no derivative passes. */
    record Relaxation() implements Need {}

    /** Another form of the same thing, such as a derivative of the loss. */
    record Form(int order) implements Need {}
  }

  static List<Difference> of(
      Derivation left, Derivation right, Correspondence names, List<Row> rows) {
    return new RuleDifferences(left, right, names).of(rows);
  }

  /** Left rules first; those of the right side that none of them answers to are left over. */
  private List<Difference> of(List<Row> rows) {
    Set<Integer> others =
        rows.stream()
            .filter(row -> row.left().isEmpty() && isRule(right, row.right()))
            .map(row -> row.right().getAsInt())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    List<Difference> result = new ArrayList<>();
    for (Row row : rows) {
      if (row.relation() == Row.Relation.OTHER_ARGUMENTS) {
        result.add(difference(Kind.ARGUMENTS, row.left(), row.right()));
      } else if (row.right().isEmpty() && isRule(left, row.left())) {
        int mine = row.left().getAsInt();
        OptionalInt moved = find(others, other -> isMoved(mine, other));
        OptionalInt other =
            moved.isPresent() ? moved : find(others, each -> answersSame(mine, each));
        other.ifPresent(others::remove);
        result.add(difference(moved.isPresent() ? Kind.ORDER : Kind.RULE, row.left(), other));
      }
    }
    for (int other : others) {
      result.add(difference(Kind.RULE, OptionalInt.empty(), OptionalInt.of(other)));
    }
    return result;
  }

  private static OptionalInt find(Set<Integer> indices, IntPredicate condition) {
    return indices.stream().mapToInt(Integer::intValue).filter(condition).findFirst();
  }

  private static boolean isRule(Derivation derivation, OptionalInt index) {
    return index.isPresent() && derivation.steps().get(index.getAsInt()).rule().isPresent();
  }

  private boolean isMoved(int mine, int other) {
    Step one = left.steps().get(mine);
    Step its = right.steps().get(other);
    return equality.sameKind(one, its) && equality.sameArguments(one, its);
  }

  private boolean answersSame(int mine, int other) {
    Step one = left.steps().get(mine);
    Step its = right.steps().get(other);
    Set<Need> needs = needs(one);
    return needs(its).stream()
        .map(this::named)
        .anyMatch(
            need ->
                needs.contains(need)
                    && (!(need instanceof Need.Part || need instanceof Need.Form)
                        || replaceSame(one, its)));
  }

  /** A need of the right side in the names of the left one. */
  private Need named(Need need) {
    if (need instanceof Need.Part(Scope.Part part, Sym state)) {
      return names.counterpart(state).<Need>map(mine -> new Need.Part(part, mine)).orElse(need);
    }
    return need;
  }

  private boolean replaceSame(Step mine, Step other) {
    return replacements(mine).stream()
        .anyMatch(
            each ->
                replacements(other).stream().anyMatch(its -> names.equal(each.from(), its.from())));
  }

  private static List<Replacement> replacements(Step step) {
    return step.replacements().orElse(List.of()).stream().distinct().toList();
  }

  private static Set<Need> needs(Step step) {
    if (step.replacements().isEmpty()) {
      return Set.of(new Need.Relaxation());
    }
    Set<Need> needs = new LinkedHashSet<>();
    for (Replacement replacement : replacements(step)) {
      Expr from = replacement.from();
      Expr to = replacement.to();
      if (gone(from, to, RuleDifferences::isExpectedLoss)) {
        needs.add(new Need.Expectation());
      } else if (gone(from, to, RuleDifferences::isData)) {
        needs.add(new Need.Data());
      } else if (order(from) >= 2 && order(from) > order(to)) {
        needs.add(new Need.Derivative(order(from)));
      }
    }
    for (Action action : step.rule().map(AppliedRule::actions).orElse(List.of())) {
      if (action instanceof Action.Rewrite rewrite) {
        rewrite.scope().flatMap(where -> part(step.rule().get(), where)).ifPresent(needs::add);
      }
    }
    return needs.isEmpty() ? Set.of(new Need.Form(order(step))) : needs;
  }

  private static Optional<Need> part(AppliedRule rule, Scope scope) {
    return state(rule, scope.state().text()).map(state -> new Need.Part(scope.part(), state));
  }

  /** The state that a rule calls by a name. */
  private static Optional<Sym> state(AppliedRule rule, String name) {
    return rule.target()
        .filter(target -> target.name().equals(name))
        .map(target -> target.state())
        .or(
            () ->
                rule.arguments().stream()
                    .filter(argument -> argument.name().equals(name))
                    .flatMap(argument -> argument.value().stream())
                    .filter(Sym.class::isInstance)
                    .map(Sym.class::cast)
                    .findFirst());
  }

  private static boolean gone(Expr from, Expr to, Predicate<Expr> what) {
    return Walk.contains(from, what) && !Walk.contains(to, what);
  }

  private static boolean isExpectedLoss(Expr part) {
    return part instanceof Expr.Expect && Walk.contains(part, Oracle.class::isInstance);
  }

  private static boolean isData(Expr part) {
    return part instanceof Reduce reduce && reduce.axis() instanceof Axis.Data;
  }

  private static int order(Expr expr) {
    return Walk.find(expr, Oracle.class::isInstance).stream()
        .mapToInt(part -> ((Oracle) part).order())
        .max()
        .orElse(-1);
  }

  private static int order(Step step) {
    return replacements(step).stream().mapToInt(each -> order(each.from())).max().orElse(-1);
  }

  private Difference difference(Kind kind, OptionalInt mine, OptionalInt other) {
    Step shown =
        mine.isPresent() ? left.steps().get(mine.getAsInt()) : right.steps().get(other.getAsInt());
    return new Difference(kind, subject(shown), assumption(left, mine), assumption(right, other));
  }

  private static String subject(Step step) {
    return needs(step).stream().findFirst().map(RuleDifferences::words).orElse("equations");
  }

  private static String words(Need need) {
    return switch (need) {
      case Need.Expectation _ -> "expectation under the posterior";
      case Need.Data _ -> "sum over the data";
      case Need.Derivative(int order) -> derivative(order);
      case Need.Part(Scope.Part part, Sym state) ->
          part.name().toLowerCase(Locale.ROOT) + " of " + state.name();
      case Need.Relaxation _ -> "random variable";
      case Need.Form(int order) -> order < 0 ? "equations" : derivative(order);
    };
  }

  private static String derivative(int order) {
    return switch (order) {
      case 0 -> "loss";
      case 1 -> "gradient";
      case 2 -> "Hessian";
      default -> "derivative of order " + order;
    };
  }

  private static Optional<Assumption> assumption(Derivation derivation, OptionalInt index) {
    if (index.isEmpty()) {
      return Optional.empty();
    }
    Step step = derivation.steps().get(index.getAsInt());
    return Optional.of(
        new Assumption(
            index,
            step.title(),
            Optional.of(step.grade()),
            step.source(),
            rewrites(step),
            step.replacements().isPresent() ? replacements(step) : relaxations(step)));
  }

  private static List<String> rewrites(Step step) {
    return step.lines().stream()
        .filter(Line.Rule.class::isInstance)
        .map(line -> ((Line.Rule) line).text())
        .toList();
  }

  /** What stands for the random variable. */
  private static List<Replacement> relaxations(Step step) {
    return step.lines().stream()
        .filter(Line.Equation.class::isInstance)
        .map(Line.Equation.class::cast)
        .filter(line -> line.left() instanceof Quantity.Value)
        .map(line -> new Replacement(((Quantity.Value) line.left()).expr(), line.right()))
        .toList();
  }
}
