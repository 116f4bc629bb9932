package org.blrc.symbolic;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Greatest common divisors of multivariate polynomials.
 *
 * <p>Variables that the divisor cannot hold, by its degrees modulo a prime ({@link DegreeBounds}),
 * are taken out first: then only the contents with respect to them matter. What is left goes
 * through the heuristic of Char, Geddes and Gonnet (Journal of Symbolic Computation 7, 1989): the
 * divisor of the values at a large integer, read back in that base, is the divisor wanted if it
 * divides. Where that runs out of points, primitive remainder sequences decide (Knuth, The Art of
 * Computer Programming 2, section 4.6.1).
 */
final class IntPolyGcd {

  private static final int POINTS = 6;

  /** Values beyond this length are not worth the heuristic. */
  private static final int LONGEST_VALUE = 20_000;

  private IntPolyGcd() {}

  /** The divisor, with a positive leading coefficient. */
  static IntPoly gcd(IntPoly left, IntPoly right) {
    WorkBudget.spend(1);
    if (left.isZero() || right.isZero()) {
      IntPoly other = left.isZero() ? right : left;
      return other.isZero() || other.leadingCoefficient().signum() > 0
          ? other
          : other.dividedBy(BigInteger.ONE.negate());
    }
    BigInteger integers = left.content().gcd(right.content());
    IntPoly divisor = ofPrimitives(left.primitive(), right.primitive());
    return divisor.times(IntPoly.constant(left.variables(), integers));
  }

  private static IntPoly ofPrimitives(IntPoly left, IntPoly right) {
    IntPoly one = IntPoly.constant(left.variables(), BigInteger.ONE);
    if (left.isConstant() || right.isConstant()) {
      return one;
    }
    if (left.terms().equals(right.terms())) {
      return left;
    }
    if (left.terms().size() == 1 || right.terms().size() == 1) {
      return commonMonomial(left, right);
    }
    int[] bounds = new int[left.variables()];
    boolean constant = true;
    for (int variable = 0; variable < bounds.length; variable++) {
      boolean present = left.degree(variable) > 0 || right.degree(variable) > 0;
      bounds[variable] = DegreeBounds.of(left, right, variable);
      if (present && bounds[variable] == 0) {
        return gcd(content(left, variable), content(right, variable));
      }
      constant &= bounds[variable] == 0;
    }
    if (constant) {
      return one;
    }
    return dividing(left, right, bounds)
        .or(() -> heuristic(left, right))
        .orElseGet(() -> byRemainders(left, right));
  }

  private static IntPoly commonMonomial(IntPoly left, IntPoly right) {
    int[] least = left.terms().firstKey().clone();
    for (IntPoly poly : List.of(left, right)) {
      for (int[] exponents : poly.terms().keySet()) {
        Arrays.setAll(least, i -> Math.min(least[i], exponents[i]));
      }
    }
    IntPoly monomial = IntPoly.zero(left.variables());
    monomial.accumulate(least, BigInteger.ONE);
    return monomial;
  }

  /** One of the two, where it divides the other and the bounds allow it. */
  private static Optional<IntPoly> dividing(IntPoly left, IntPoly right, int[] bounds) {
    if (hasDegrees(left, bounds) && right.dividedBy(left).isPresent()) {
      return Optional.of(left);
    }
    if (hasDegrees(right, bounds) && left.dividedBy(right).isPresent()) {
      return Optional.of(right);
    }
    return Optional.empty();
  }

  private static boolean hasDegrees(IntPoly poly, int[] degrees) {
    for (int variable = 0; variable < degrees.length; variable++) {
      if (poly.degree(variable) != degrees[variable]) {
        return false;
      }
    }
    return true;
  }

  /** The greatest common divisor of the coefficients with respect to one variable. */
  static IntPoly content(IntPoly poly, int variable) {
    IntPoly content = IntPoly.zero(poly.variables());
    // Short ones first: they leave least to do.
    List<IntPoly> coefficients =
        Arrays.stream(poly.coefficients(variable))
            .filter(coefficient -> !coefficient.isZero())
            .sorted(Comparator.comparingInt(coefficient -> coefficient.terms().size()))
            .toList();
    for (IntPoly coefficient : coefficients) {
      content = gcd(content, coefficient);
      if (content.isOne()) {
        break;
      }
    }
    return content;
  }

  private static Optional<IntPoly> heuristic(IntPoly left, IntPoly right) {
    int variable = 0;
    while (variable < left.variables()
        && left.degree(variable) == 0
        && right.degree(variable) == 0) {
      variable++;
    }
    if (variable == left.variables()) {
      BigInteger divisor = left.content().abs().gcd(right.content().abs());
      return Optional.of(IntPoly.constant(variable, divisor));
    }
    BigInteger least = left.height().min(right.height());
    BigInteger point = least.shiftLeft(1).add(BigInteger.valueOf(29));
    for (int i = 0; i < POINTS; i++) {
      long length =
          (long) point.bitLength() * Math.max(left.degree(variable), right.degree(variable));
      if (length > LONGEST_VALUE) {
        return Optional.empty();
      }
      IntPoly a = left.at(variable, point);
      IntPoly b = right.at(variable, point);
      if (!a.isZero() && !b.isZero()) {
        Optional<IntPoly> values = heuristic(a, b);
        if (values.isPresent()) {
          IntPoly candidate = read(values.get(), variable, point).primitive();
          if (left.dividedBy(candidate).isPresent() && right.dividedBy(candidate).isPresent()) {
            BigInteger integers = left.content().abs().gcd(right.content().abs());
            return Optional.of(candidate.times(IntPoly.constant(candidate.variables(), integers)));
          }
        }
      }
      // Another point without a common factor with this one.
      point = point.multiply(BigInteger.valueOf(73_794)).divide(BigInteger.valueOf(27_011));
    }
    return Optional.empty();
  }

  /** Reads values in base {@code point}, with digits of least magnitude, as a polynomial. */
  private static IntPoly read(IntPoly values, int variable, BigInteger point) {
    IntPoly result = IntPoly.zero(values.variables());
    IntPoly rest = values;
    BigInteger half = point.shiftRight(1);
    for (int degree = 0; !rest.isZero(); degree++) {
      IntPoly next = IntPoly.zero(values.variables());
      int power = degree;
      rest.terms()
          .forEach(
              (exponents, value) -> {
                BigInteger digit = value.mod(point);
                BigInteger signed = digit.compareTo(half) > 0 ? digit.subtract(point) : digit;
                result.accumulate(IntPoly.with(exponents, variable, power), signed);
                next.accumulate(exponents, value.subtract(signed).divide(point));
              });
      rest = next;
    }
    return result;
  }

  private static IntPoly byRemainders(IntPoly left, IntPoly right) {
    int main = 0;
    while (left.degree(main) == 0 || right.degree(main) == 0) {
      main++;
    }
    IntPoly leftContent = content(left, main);
    IntPoly rightContent = content(right, main);
    IntPoly a = left.dividedBy(leftContent).orElseThrow();
    IntPoly b = right.dividedBy(rightContent).orElseThrow();
    if (a.degree(main) < b.degree(main)) {
      IntPoly swap = a;
      a = b;
      b = swap;
    }
    while (!b.isZero() && b.degree(main) > 0) {
      IntPoly remainder = pseudoRemainder(a, b, main);
      a = b;
      b = remainder.isZero() ? remainder : primitivePart(remainder, main);
    }
    IntPoly contents = gcd(leftContent, rightContent);
    return b.isZero() ? primitivePart(a, main).times(contents) : contents;
  }

  private static IntPoly primitivePart(IntPoly poly, int variable) {
    return poly.dividedBy(content(poly, variable)).orElseThrow().primitive();
  }

  private static IntPoly pseudoRemainder(IntPoly dividend, IntPoly divisor, int main) {
    int degree = divisor.degree(main);
    IntPoly leading = divisor.coefficients(main)[degree];
    IntPoly remainder = dividend;
    while (!remainder.isZero() && remainder.degree(main) >= degree) {
      int top = remainder.degree(main);
      IntPoly shift = IntPoly.zero(dividend.variables());
      shift.accumulate(
          IntPoly.with(new int[dividend.variables()], main, top - degree), BigInteger.ONE);
      IntPoly coefficient = remainder.coefficients(main)[top];
      // Without their integer content the coefficients would grow exponentially.
      remainder =
          remainder.times(leading).minus(divisor.times(coefficient).times(shift)).primitive();
    }
    return remainder;
  }
}
