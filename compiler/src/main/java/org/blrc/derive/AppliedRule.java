package org.blrc.derive;

import java.util.List;
import java.util.Optional;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.syntax.Declaration.Action;

/**
 * A rule as a step used it.
 *
 * @param actions what it does, as it was declared
 * @param arguments what it takes from the spec; of a rewrite in place, the spec's names in it
 * @param target the state that it acts on, where the rule has a name for one
 * @param added the states that it adds
 */
public record AppliedRule(
    List<Action> actions, List<Argument> arguments, Optional<Target> target, List<Target> added) {

  public AppliedRule {
    actions = List.copyOf(actions);
    arguments = List.copyOf(arguments);
    added = List.copyOf(added);
  }

  /**
   * An argument.
   *
   * @param name the rule's name for it
   * @param value of a function, its value at the random variable; absent for what is no expression
   */
  public record Argument(String name, Optional<Expr> value) {}

  /**
   * A state.
   *
   * @param name the rule's name for it
   */
  public record Target(String name, Sym state) {}
}
