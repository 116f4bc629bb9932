package org.blrc.diff;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.blrc.check.Vocabulary;
import org.blrc.derive.AppliedRule;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Declaration.Action;
import org.blrc.syntax.Term;

/**
 * Whether two rules do the same but for the names in their declarations. The names that correspond
 * are one to one.
 */
final class SameRule {

  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> back = new HashMap<>();

  private SameRule() {}

  /** The right rule's name for each name in the left one, if they do the same. */
  static Optional<Map<String, String>> names(AppliedRule left, AppliedRule right) {
    SameRule same = new SameRule();
    return Equality.pairwise(left.actions(), right.actions(), same::action)
            && same.sorts(left, right)
        ? Optional.of(Map.copyOf(same.names))
        : Optional.empty();
  }

  /** Whether each name that is an argument of one is an argument of the other. */
  private boolean sorts(AppliedRule left, AppliedRule right) {
    Set<String> taken = arguments(right);
    return names.entrySet().stream()
        .allMatch(
            entry -> arguments(left).contains(entry.getKey()) == taken.contains(entry.getValue()));
  }

  private static Set<String> arguments(AppliedRule rule) {
    return rule.arguments().stream().map(AppliedRule.Argument::name).collect(Collectors.toSet());
  }

  private boolean action(Action left, Action right) {
    return switch (left) {
      case Action.AddState(var _, Declaration.Variable mine) ->
          right instanceof Action.AddState(var _, Declaration.Variable other)
              && name(mine.name().text(), other.name().text())
              && Equality.alike(mine.value(), other.value(), this::term);
      case Action.AddNoise(var _, Declaration.Draw mine) ->
          right instanceof Action.AddNoise(var _, Declaration.Draw other)
              && name(mine.name().text(), other.name().text())
              && mine.distribution().text().equals(other.distribution().text());
      case Action.Assign(var _, Term.Name state, Term value) ->
          right instanceof Action.Assign(var _, Term.Name other, Term otherValue)
              && name(state.text(), other.text())
              && term(value, otherValue);
      case Action.Relax(var _, Term.Name variable, Declaration.Sampler sampler) ->
          right instanceof Action.Relax(var _, Term.Name other, Declaration.Sampler otherSampler)
              && name(variable.text(), other.text())
              && sampler(sampler, otherSampler);
      case Action.Rewrite rewrite ->
          right instanceof Action.Rewrite other
              && scopes(rewrite.scope(), other.scope())
              && term(rewrite.from(), other.from())
              && term(rewrite.to(), other.to());
    };
  }

  private boolean scopes(Optional<Declaration.Scope> left, Optional<Declaration.Scope> right) {
    return Equality.alike(
        left,
        right,
        (mine, other) ->
            mine.part() == other.part() && name(mine.state().text(), other.state().text()));
  }

  private boolean sampler(Declaration.Sampler left, Declaration.Sampler right) {
    return Equality.pairwise(left.draws(), right.draws(), this::draw)
        && Equality.pairwise(left.terms(), right.terms(), this::term);
  }

  private boolean draw(Declaration.Draw left, Declaration.Draw right) {
    return name(left.name().text(), right.name().text())
        && left.distribution().text().equals(right.distribution().text());
  }

  private boolean term(Term left, Term right) {
    return switch (left) {
      case Term.Literal(var _, var value) ->
          right instanceof Term.Literal(var _, var other) && value.compareTo(other) == 0;
      case Term.Reference(var _, String name) ->
          right instanceof Term.Reference(var _, String other) && name(name, other);
      case Term.Component(var _, Term.Name of, Term index) ->
          right instanceof Term.Component(var _, Term.Name otherOf, Term otherIndex)
              && name(of.text(), otherOf.text())
              && term(index, otherIndex);
      case Term.Fold(var _, Term.Name function, Term.Name index, var axis, Term body) ->
          right instanceof Term.Fold other
              && function.text().equals(other.function().text())
              && name(index.text(), other.index().text())
              && axis(axis, other.axis())
              && term(body, other.body());
      case Term.Negate(var _, Term operand) ->
          right instanceof Term.Negate(var _, Term other) && term(operand, other);
      case Term.Binary(var _, Term.Operator operator, Term first, Term second) ->
          right instanceof Term.Binary other
              && operator == other.operator()
              && term(first, other.left())
              && term(second, other.right());
      case Term.Apply(var _, Term head, List<Term.Argument> arguments) ->
          right instanceof Term.Apply other
              && term(head, other.head())
              && arguments(arguments, other.arguments());
      case Term.Expectation(var _, Term body) ->
          right instanceof Term.Expectation(var _, Term other) && term(body, other);
      case Term.Reduction(var _, Term.Reduction.Kind kind, Term.Name index, var axis, Term body) ->
          right instanceof Term.Reduction other
              && kind == other.kind()
              && name(index.text(), other.index().text())
              && axis(axis, other.axis())
              && term(body, other.body());
    };
  }

  private boolean arguments(List<Term.Argument> left, List<Term.Argument> right) {
    return Equality.pairwise(left, right, (mine, other) -> term(mine.value(), other.value()));
  }

  private boolean axis(Term.Axis left, Term.Axis right) {
    return switch (left) {
      case Term.Axis.Named(var _, Term.Name name) ->
          right instanceof Term.Axis.Named(var _, Term.Name other)
              && name(name.text(), other.text());
      case Term.Axis.Sub(var _, Term.Name part, Term.Name name) ->
          right instanceof Term.Axis.Sub(var _, Term.Name otherPart, Term.Name other)
              && part.text().equals(otherPart.text())
              && name(name.text(), other.text());
      case Term.Axis.Range(var _, Term lower, Term upper) ->
          right instanceof Term.Axis.Range(var _, Term otherLower, Term otherUpper)
              && term(lower, otherLower)
              && term(upper, otherUpper);
    };
  }

  private boolean name(String left, String right) {
    if (Vocabulary.isWord(left) || Vocabulary.isWord(right)) {
      return left.equals(right);
    }
    String known = names.putIfAbsent(left, right);
    String knownBack = back.putIfAbsent(right, left);
    return (known == null || known.equals(right)) && (knownBack == null || knownBack.equals(left));
  }
}
