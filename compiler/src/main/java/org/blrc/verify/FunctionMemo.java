package org.blrc.verify;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
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

  private static final int MOST = 50_000;

  private static final ThreadLocal<Map<Key, Double>> KNOWN = ThreadLocal.withInitial(HashMap::new);

  /** A function at a point; of arguments that it does not have, 0. */
  private record Key(Function function, double first, double second) {}

  private FunctionMemo() {}

  static void clear() {
    KNOWN.remove();
  }

  static double value(Function function, double... arguments) {
    if (!SLOW.contains(function) || arguments.length > 2) {
      return ExprEvaluator.call(function, arguments);
    }
    Map<Key, Double> known = KNOWN.get();
    Key key = new Key(function, arguments[0], arguments.length > 1 ? arguments[1] : 0);
    Double before = known.get(key);
    if (before != null) {
      return before;
    }
    double value = ExprEvaluator.call(function, arguments);
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(key, value);
    return value;
  }
}
