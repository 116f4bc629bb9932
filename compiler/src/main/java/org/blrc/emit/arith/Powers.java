package org.blrc.emit.arith;

import java.util.List;
import java.util.Optional;
import org.blrc.symbolic.Rational;

/** Powers that are cheaper than {@link Math#pow}. */
final class Powers {

  private static final int LARGEST = 8;

  private Powers() {}

  /** A positive rational power by multiplications and a square root, if a few of them do. */
  static Optional<Arith> power(Arith base, Rational exponent) {
    if (exponent.compareTo(Rational.of(LARGEST)) > 0 || exponent.denominator().intValue() > 2) {
      return Optional.empty();
    }
    if (exponent.isInteger()) {
      return Optional.of(power(base, exponent.numerator().intValue()));
    }
    Arith root = Arith.call(Operation.SQRT, base);
    int whole = exponent.numerator().intValue() / 2;
    return Optional.of(
        whole == 0 ? root : Arith.product(List.of(power(base, whole), root), List.of()));
  }

  private static Arith power(Arith base, int exponent) {
    if (exponent == 1) {
      return base;
    }
    Arith half = power(base, exponent / 2);
    return Arith.product(
        exponent % 2 == 0 ? List.of(half, half) : List.of(half, half, base), List.of());
  }
}
