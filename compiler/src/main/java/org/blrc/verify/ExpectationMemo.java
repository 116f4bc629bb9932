package org.blrc.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;

/**
 * Remembers expectations, which most lines of a derivation take over from those before. Kept for a
 * thread and one verification.
 */
final class ExpectationMemo {

  private static final int MOST = 10_000;

  private static final ThreadLocal<Map<Key, Result>> KNOWN = ThreadLocal.withInitial(HashMap::new);

  /**
   * All that an expectation depends on.
   *
   * @param numbers the values of the symbols in it
   */
  record Key(
      Expr body, Loss loss, Optional<Density> posterior, Expr sampler, Map<Sym, Double> numbers) {}

  /** A value, or why there is none. */
  private sealed interface Result {

    record Value(double value) implements Result {}

    record Untrusted(UntrustedIntegral reason) implements Result {}
  }

  private ExpectationMemo() {}

  static void clear() {
    KNOWN.remove();
  }

  /**
   * The value that is remembered, or else the one that is computed.
   *
   * @throws UntrustedIntegral if it cannot be told
   */
  static double value(Key key, DoubleSupplier integral) {
    Map<Key, Result> known = KNOWN.get();
    Result result = known.get(key);
    if (result == null) {
      // Expectations inside of this one are remembered meanwhile.
      result = computed(integral);
      if (known.size() >= MOST) {
        known.clear();
      }
      known.put(key, result);
    }
    return switch (result) {
      case Result.Value(double value) -> value;
      case Result.Untrusted(UntrustedIntegral reason) -> throw reason;
    };
  }

  private static Result computed(DoubleSupplier integral) {
    try {
      return new Result.Value(integral.getAsDouble());
    } catch (UntrustedIntegral reason) {
      return new Result.Untrusted(reason);
    }
  }
}
