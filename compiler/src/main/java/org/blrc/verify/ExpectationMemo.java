package org.blrc.verify;

import java.util.List;
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

  private static final Remembered<Key, Result> KNOWN = new Remembered<>(10_000);

  /**
   * All that an expectation depends on.
   *
   * @param elsewhere whether in the other coordinate of a world
   * @param numbers the values of the symbols in it, with all of their components
   * @param coupling as in {@link World}
   */
  record Key(
      Expr body,
      boolean elsewhere,
      Loss loss,
      Optional<Density> posterior,
      Expr sampler,
      Map<Sym, List<Double>> numbers,
      double coupling) {}

  /** A value, or why there is none. */
  private sealed interface Result {

    record Value(double value) implements Result {}

    record Untrusted(UntrustedIntegral reason) implements Result {}
  }

  private ExpectationMemo() {}

  static void clear() {
    KNOWN.clear();
  }

  /**
   * The value that is remembered, or else the one that is computed.
   *
   * @throws UntrustedIntegral if it cannot be told
   */
  static double value(Key key, DoubleSupplier integral) {
    return switch (KNOWN.get(key, () -> computed(integral))) {
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
