package org.blrc.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Values that take long to compute and are asked for again. Kept for a thread, up to a number. */
final class Remembered<K, V> {

  private final int most;
  private final ThreadLocal<Map<K, V>> known = ThreadLocal.withInitial(HashMap::new);

  Remembered(int most) {
    this.most = most;
  }

  /** The value that is remembered, or else the one that is computed, which may ask for others. */
  V get(K key, Supplier<V> compute) {
    Map<K, V> values = known.get();
    V before = values.get(key);
    if (before != null) {
      return before;
    }
    V value = compute.get();
    if (values.size() >= most) {
      values.clear();
    }
    values.put(key, value);
    return value;
  }

  void clear() {
    known.remove();
  }
}
