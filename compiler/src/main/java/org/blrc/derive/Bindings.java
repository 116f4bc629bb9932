package org.blrc.derive;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.blrc.symbolic.Expr;

/**
 * What a match bound.
 *
 * @param place the example and the point of an unapplied derivative
 */
record Bindings(Map<String, Value> values, Optional<Place> place) {

  static final Bindings NONE = new Bindings(Map.of(), Optional.empty());

  record Place(Optional<Expr> example, Expr point) {}

  Bindings with(String name, Value value) {
    Map<String, Value> extended = new HashMap<>(values);
    extended.put(name, value);
    return new Bindings(Map.copyOf(extended), place);
  }

  Bindings at(Place where) {
    return new Bindings(values, Optional.of(where));
  }

  Optional<Value> find(String name) {
    return Optional.ofNullable(values.get(name));
  }
}
