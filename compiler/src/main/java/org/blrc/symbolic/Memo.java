package org.blrc.symbolic;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Remembers normal forms, which the passes of a derivation ask for again and again. Kept for a
 * thread and one derivation; {@link WorkBudget#reset} empties it.
 */
final class Memo<T> {

  private final ThreadLocal<Map<Expr, T>> known = ThreadLocal.withInitial(HashMap::new);

  T get(Expr expr, Function<Expr, T> compute) {
    T before = known.get().get(expr);
    if (before != null) {
      return before;
    }
    T value = compute.apply(expr);
    known.get().put(expr, value);
    return value;
  }

  void clear() {
    known.remove();
  }
}
