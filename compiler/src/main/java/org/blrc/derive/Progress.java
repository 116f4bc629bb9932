package org.blrc.derive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Walk;

/**
 * What the rules so far have come to.
 *
 * @param states those that exist
 * @param noise that rules brought along
 * @param names that later rules may use
 */
record Progress(Equations equations, List<Model.State> states, RuleNoise noise, Scope names) {

  Progress {
    states = List.copyOf(states);
  }

  Progress with(List<Model.State> others) {
    return new Progress(equations, others, noise, names);
  }

  Progress with(Scope others) {
    return new Progress(equations, states, noise, others);
  }

  /** Makes a state that was added elsewhere known by its name. */
  Progress knowing(Model.State state) {
    String name = state.symbol().name();
    return names.find(name).isPresent()
        ? this
        : new Progress(equations, states, noise, names.with(name, state.symbol()));
  }

  /** The same where all coordinates share some of the states. */
  Progress sharing(Set<Sym> shared) {
    UnaryOperator<Sym> symbol = state -> shared.contains(state) ? state.asShared() : state;
    UnaryOperator<Expr> inShared = inShared(shared);
    Scope changed = names;
    for (Sym state : shared) {
      changed = changed.with(state.name(), state.asShared());
    }
    return new Progress(
        equations.map(
            update -> new Update(symbol.apply(update.state()), update.map(inShared).form())),
        states.stream()
            .map(state -> new Model.State(symbol.apply(state.symbol()), state.initial()))
            .toList(),
        noise,
        changed);
  }

  /** What expressions are once all coordinates share some states, and so their new values. */
  static UnaryOperator<Expr> inShared(Set<Sym> shared) {
    Map<Expr, Expr> symbols = new HashMap<>();
    for (Sym state : shared) {
      symbols.put(state, state.asShared());
      symbols.put(Symbols.newValue(state), Symbols.newValue(state.asShared()));
    }
    return expr -> Walk.substitute(expr, symbols);
  }
}
