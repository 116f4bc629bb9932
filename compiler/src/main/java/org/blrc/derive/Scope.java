package org.blrc.derive;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.blrc.family.Support;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.syntax.ComponentNames;

/** Names and what they stand for. */
record Scope(Map<String, Value> names) {

  static final Sym STEP_NUMBER =
      new Sym(Sym.Kind.STEP_NUMBER, "t", 0, new Domain(1, true, Double.POSITIVE_INFINITY, false));

  /** What every text may use. */
  static final Scope ROOT =
      new Scope(
          Map.of(
              "pi",
              new Value.Scalar(Exprs.PI),
              "infinity",
              new Value.Scalar(Exprs.INFINITY),
              "t",
              new Value.Scalar(STEP_NUMBER),
              Responsibility.NAME.name(),
              Responsibility.NAME));

  Optional<Value> find(String name) {
    return Optional.ofNullable(names.get(name));
  }

  Scope with(String name, Value value) {
    Map<String, Value> extended = new HashMap<>(names);
    extended.put(name, value);
    return new Scope(Map.copyOf(extended));
  }

  Scope with(String name, Expr value) {
    return with(name, new Value.Scalar(value));
  }

  /** With a random variable and, where it has any, its components. */
  Scope withVariable(String name, Sym variable, Support support) {
    Scope result = with(name, variable);
    if (support instanceof Support.Simplex(int size)) {
      for (int k = 1; k <= size; k++) {
        result = result.with(ComponentNames.of(name, k), Exprs.component(variable, k));
      }
    }
    return result;
  }

  Scope with(Map<String, ? extends Value> more) {
    Map<String, Value> extended = new HashMap<>(names);
    extended.putAll(more);
    return new Scope(Map.copyOf(extended));
  }
}
