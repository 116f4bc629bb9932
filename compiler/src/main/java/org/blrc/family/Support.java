package org.blrc.family;

import java.util.List;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Rational;

/** Where a random variable lies. */
public sealed interface Support {

  /** The language's name for the numbers 0, 1, 2, ... */
  String COUNTS = "nonnegative_integer";

  /** The language's name for the angles. */
  String CIRCLE = "circle";

  /** The language's word for several positive numbers whose sum is 1. */
  String SIMPLEX = "simplex";

  /** The smallest interval that holds it, or each of its components. */
  Domain hull();

  /** Every number of an interval. */
  record Interval(Domain hull) implements Support {}

  /** Some values, in ascending order. */
  record Finite(List<Rational> values) implements Support {

    @Override
    public Domain hull() {
      return new Domain(values.getFirst().toDouble(), true, values.getLast().toDouble(), true);
    }
  }

  /**
   * Angles in radians, which are the same a turn of 2 pi later: what depends on them has that
   * period.
   */
  record Circle() implements Support {

    /** One turn. */
    public static final Domain TURN = Domain.open(-Math.PI, Math.PI);

    @Override
    public Domain hull() {
      return Domain.REAL;
    }
  }

  /**
   * Several positive numbers whose sum is 1. A density there is one of all of them but the last.
   *
   * @param size how many
   */
  record Simplex(int size) implements Support {

    @Override
    public Domain hull() {
      return Domain.open(0, 1);
    }
  }

  /** The numbers 0, 1, 2, ... */
  record Counts() implements Support {

    @Override
    public Domain hull() {
      return Domain.NONNEGATIVE;
    }
  }
}
