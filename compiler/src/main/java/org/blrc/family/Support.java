package org.blrc.family;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.blrc.symbolic.Bounds;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Rational;
import org.blrc.symbolic.Walk;

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

  /** The same with expressions in place of the parameters that it depends on. */
  default Support with(Map<Sym, Expr> arguments) {
    return this;
  }

  /** The same where these parameters have values. */
  default Support at(ToDoubleFunction<Expr> value) {
    return this;
  }

  /**
   * Every number of an interval.
   *
   * @param hull the interval, or, where ends are fixed parameters, one that holds it for all of
   *     their values
   * @param lower where the lower end depends on fixed parameters
   * @param upper where the upper end does
   */
  record Interval(Domain hull, Optional<Expr> lower, Optional<Expr> upper) implements Support {

    /** With ends that are numbers. */
    public Interval(Domain hull) {
      this(hull, Optional.empty(), Optional.empty());
    }

    /** Whether both ends are numbers. */
    public boolean isKnown() {
      return lower.isEmpty() && upper.isEmpty();
    }

    @Override
    public Interval with(Map<Sym, Expr> arguments) {
      return within(
          hull,
          lower.map(end -> Walk.substitute(end, arguments)),
          upper.map(end -> Walk.substitute(end, arguments)));
    }

    /**
     * With expressions for ends.
     *
     * @param numbers an interval with the ends that are numbers
     */
    public static Interval within(Domain numbers, Optional<Expr> lower, Optional<Expr> upper) {
      return new Interval(
          new Domain(
              lower.map(end -> Bounds.of(end).lower()).orElse(numbers.lower()),
              numbers.lowerClosed(),
              upper.map(end -> Bounds.of(end).upper()).orElse(numbers.upper()),
              numbers.upperClosed()),
          lower,
          upper);
    }

    @Override
    public Interval at(ToDoubleFunction<Expr> value) {
      return new Interval(
          new Domain(
              lower.map(value::applyAsDouble).orElse(hull.lower()),
              hull.lowerClosed(),
              upper.map(value::applyAsDouble).orElse(hull.upper()),
              hull.upperClosed()));
    }
  }

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
