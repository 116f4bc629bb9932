package org.blrc.symbolic;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Whether an expression lies in a domain wherever its symbols lie in theirs, as far as that can be
 * told: of a polynomial that is linear in a symbol at the ends of the symbol's domain, of one that
 * is quadratic by its discriminant. What is called certain is so in exact arithmetic.
 */
public final class Containment {

  /** Something that a polynomial is made of, as a power whose exponents are whole. */
  private record Part(List<Poly> coefficients, Domain domain) {

    /** Neither linear nor quadratic. */
    static final Part OTHER = new Part(List.of(), Domain.REAL);

    int degree() {
      return coefficients.size() - 1;
    }

    boolean hasEnd() {
      return (Double.isFinite(domain.lower()) && domain.lowerClosed())
          || (Double.isFinite(domain.upper()) && domain.upperClosed());
    }
  }

  private static final BigInteger FOUR = BigInteger.valueOf(4);

  private Containment() {}

  /** Whether a value that is a number is certainly one of the domain. */
  public static boolean isCertain(Expr value, Domain domain) {
    return isAbove(value, domain.lower(), domain.lowerClosed())
        && isAbove(Exprs.negate(value), -domain.upper(), domain.upperClosed());
  }

  private static boolean isAbove(Expr value, double bound, boolean closed) {
    if (bound == Double.NEGATIVE_INFINITY) {
      return true;
    }
    if (!Double.isFinite(bound)) {
      return false;
    }
    Fraction over = Normal.fraction(Exprs.subtract(value, Exprs.num(Rational.exactly(bound))));
    if (isNonnegative(over.denominator(), true)) {
      return isNonnegative(over.numerator(), !closed);
    }
    return isNonnegative(negated(over.denominator()), true)
        && isNonnegative(negated(over.numerator()), !closed);
  }

  /**
   * @param strictly whether zero does not do
   */
  private static boolean isNonnegative(Poly poly, boolean strictly) {
    if (poly.isConstant()) {
      int sign = poly.isZero() ? 0 : poly.terms().get(Monomial.ONE).signum();
      return strictly ? sign > 0 : sign >= 0;
    }
    Monomial common = poly.monomialContent();
    for (Map.Entry<Expr, Rational> factor : common.powers().entrySet()) {
      Domain domain = power(Bounds.of(factor.getKey()), factor.getValue());
      boolean certain = strictly ? domain.isPositive() : domain.isNonnegative();
      if (certain) {
        Monomial power = Monomial.of(factor.getKey(), factor.getValue());
        return isNonnegative(poly.dividedBy(power), strictly);
      }
    }
    List<Part> parts = new ArrayList<>();
    poly.generators().forEach(generator -> parts.add(part(poly, generator)));
    // Where an end belongs to the domain, what holds at the ends is all there is to know.
    for (Part part : parts) {
      if (part.degree() == 1 && (!strictly || part.hasEnd())) {
        return isLinearNonnegative(part, strictly);
      }
    }
    return parts.stream()
        .anyMatch(
            part ->
                part.degree() == 1
                    ? isLinearNonnegative(part, strictly)
                    : isQuadraticNonnegative(part, strictly));
  }

  /** The lowest value is at an end of the domain, or there is none. */
  private static boolean isLinearNonnegative(Part part, boolean strictly) {
    Domain domain = part.domain();
    Poly constant = part.coefficients().getFirst();
    Poly slope = part.coefficients().getLast();
    boolean bounded = Double.isFinite(domain.lower());
    boolean boundedAbove = Double.isFinite(domain.upper());
    Poly atLower = bounded ? at(constant, slope, domain.lower()) : negated(slope);
    Poly atUpper = boundedAbove ? at(constant, slope, domain.upper()) : slope;
    boolean lowerCounts = strictly && bounded && domain.lowerClosed();
    boolean upperCounts = strictly && boundedAbove && domain.upperClosed();
    if (!isNonnegative(atLower, lowerCounts) || !isNonnegative(atUpper, upperCounts)) {
      return false;
    }
    return !strictly
        || (lowerCounts && upperCounts)
        || isNonnegative(atLower, true)
        || isNonnegative(atUpper, true);
  }

  private static boolean isQuadraticNonnegative(Part part, boolean strictly) {
    if (part.degree() != 2) {
      return false;
    }
    Poly constant = part.coefficients().getFirst();
    Poly slope = part.coefficients().get(1);
    Poly curvature = part.coefficients().getLast();
    if (!isNonnegative(curvature, false) || !isNonnegative(constant, strictly)) {
      return false;
    }
    if (part.domain().isNonnegative() && isNonnegative(slope, false)) {
      return true;
    }
    // 4 c p(y) = (2 c + b y)^2 + (4 a c - b^2) y^2, for p(y) = a y^2 + b y + c.
    Poly product = constant.times(curvature);
    Poly square = slope.times(slope);
    return isNonnegative(product.times(FOUR).minus(square), strictly)
        // Where this is so, both squares are zero at once only if c is.
        || isNonnegative(product.times(BigInteger.TWO).minus(square), false);
  }

  /** The polynomial by whole powers of the lowest power of a generator. */
  private static Part part(Poly poly, Expr generator) {
    SortedMap<Rational, Poly> byExponent = poly.coefficients(generator);
    if (byExponent.firstKey().signum() < 0) {
      return Part.OTHER;
    }
    Rational least =
        byExponent.keySet().stream().filter(each -> each.signum() > 0).findFirst().orElseThrow();
    List<Poly> coefficients = new ArrayList<>();
    for (Map.Entry<Rational, Poly> entry : byExponent.entrySet()) {
      Rational times = entry.getKey().times(least.reciprocal());
      if (!times.isInteger() || times.compareTo(Rational.of(2)) > 0) {
        return Part.OTHER;
      }
      while (coefficients.size() < times.toDouble()) {
        coefficients.add(Poly.ZERO);
      }
      coefficients.add(entry.getValue());
    }
    return new Part(coefficients, power(Bounds.of(generator), least));
  }

  private static Domain power(Domain base, Rational exponent) {
    if (exponent.isOne()) {
      return base;
    }
    boolean odd = exponent.isInteger() && exponent.numerator().testBit(0);
    if (base.isPositive()) {
      return Domain.POSITIVE;
    }
    return odd && !base.isNonnegative() ? Domain.REAL : Domain.NONNEGATIVE;
  }

  private static Poly at(Poly constant, Poly slope, double place) {
    Rational value = Rational.exactly(place);
    return constant.times(value.denominator()).plus(slope.times(value.numerator()));
  }

  private static Poly negated(Poly poly) {
    return poly.times(BigInteger.ONE.negate());
  }
}
