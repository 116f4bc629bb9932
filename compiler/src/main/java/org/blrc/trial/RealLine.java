package org.blrc.trial;

import org.blrc.symbolic.Domain;

/**
 * The real line as a picture of a domain: as it is where the domain has no end, through an
 * exponential beside one end and a hyperbolic tangent between two.
 */
record RealLine(Domain domain) {

  /** The value in the domain of a point of the line. */
  double value(double point) {
    return switch (ends()) {
      case BELOW -> domain.lower() + Math.exp(point);
      case ABOVE -> domain.upper() - Math.exp(-point);
      case BOTH -> middle() + half() * Math.tanh(point);
      case NONE -> point;
    };
  }

  /** The point of a value; infinite at an end of the domain. */
  double point(double value) {
    return switch (ends()) {
      case BELOW -> Math.log(value - domain.lower());
      case ABOVE -> -Math.log(domain.upper() - value);
      case BOTH -> {
        double share = (value - middle()) / half();
        yield (Math.log1p(share) - Math.log1p(-share)) / 2;
      }
      case NONE -> value;
    };
  }

  private enum Ends {
    NONE,
    BELOW,
    ABOVE,
    BOTH
  }

  private Ends ends() {
    boolean below = Double.isFinite(domain.lower());
    boolean above = Double.isFinite(domain.upper());
    if (below) {
      return above ? Ends.BOTH : Ends.BELOW;
    }
    return above ? Ends.ABOVE : Ends.NONE;
  }

  private double middle() {
    return (domain.lower() + domain.upper()) / 2;
  }

  private double half() {
    return (domain.upper() - domain.lower()) / 2;
  }
}
