package org.blrc.verify;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.blrc.program.ExprEvaluator;
import org.blrc.symbolic.Function;

/**
 * Remembers values of functions that are sums of many terms or roots of equations: integrals over
 * several noises ask for few of them, but for each very often. Kept for a thread and one
 * verification.
 */
final class FunctionMemo {

  private static final Set<Function> SLOW =
      EnumSet.of(
          Function.TRIGAMMA,
          Function.POLYGAMMA,
          Function.GAMMAINC,
          Function.GAMMAINC_DA,
          Function.GAMMAINCINV,
          Function.PDTRIK,
          Function.BESSEL_I0INC,
          Function.BESSEL_I0INC_DK,
          Function.BESSEL_I0INC_DX,
          Function.BESSEL_I0INCINV,
          Function.BESSEL_RATIO_INVERSE);

  private static final Remembered<Key, Double> KNOWN = new Remembered<>(50_000);

  @SuppressWarnings("ArrayRecordComponent") // Compared by its elements, without boxing them.
  private record Key(Function function, double[] arguments) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Key(Function of, double[] at)
          && function == of
          && Arrays.equals(arguments, at);
    }

    @Override
    public int hashCode() {
      return 31 * function.hashCode() + Arrays.hashCode(arguments);
    }
  }

  private FunctionMemo() {}

  static void clear() {
    KNOWN.clear();
  }

  /** The value at arguments that the caller does not change afterwards. */
  static double value(Function function, double... arguments) {
    return SLOW.contains(function)
        ? KNOWN.get(new Key(function, arguments), () -> ExprEvaluator.call(function, arguments))
        : ExprEvaluator.call(function, arguments);
  }
}
