package org.blrc.trial;

import java.util.Optional;
import org.blrc.family.Support;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Rational;
import org.blrc.syntax.Spelling;

/** Where the parameters of a problem lie, and so the posteriors that it is for. */
public enum Place {
  REAL("the real line") {
    @Override
    public boolean holds(Support support) {
      return support instanceof Support.Interval interval
          && interval.isKnown()
          && interval.hull().lower() == Double.NEGATIVE_INFINITY
          && interval.hull().upper() == Double.POSITIVE_INFINITY;
    }
  },
  POSITIVE("the positive numbers") {
    @Override
    public boolean holds(Support support) {
      return support instanceof Support.Interval interval
          && interval.isKnown()
          && interval.hull().lower() == 0
          && interval.hull().upper() == Double.POSITIVE_INFINITY;
    }
  },
  TWO_VALUES("two values") {
    @Override
    public boolean holds(Support support) {
      return support instanceof Support.Finite finite && finite.values().size() == 2;
    }
  };

  private final String description;

  Place(String description) {
    this.description = description;
  }

  /** As in "a posterior on ...". */
  public String description() {
    return description;
  }

  /** Where a random variable lies, in the same manner. */
  static String describe(Support support) {
    for (Place place : values()) {
      if (place != TWO_VALUES && place.holds(support)) {
        return place.description;
      }
    }
    return switch (support) {
      case Support.Finite finite ->
          "the values "
              + Spelling.list(finite.values().stream().map(Rational::toString).toList(), "and");
      case Support.Simplex(int size) -> "the simplex of %d components".formatted(size);
      case Support.Counts _ -> "the numbers 0, 1, 2, ...";
      case Support.Circle _ -> "the circle";
      case Support.Interval(Domain hull, Optional<Expr> lower, Optional<Expr> upper) ->
          "the interval %s%s, %s%s"
              .formatted(
                  hull.lowerClosed() ? "[" : "(",
                  lower.map(ExprPrinter.TEXT::print).orElse(Text.number(hull.lower())),
                  upper.map(ExprPrinter.TEXT::print).orElse(Text.number(hull.upper())),
                  hull.upperClosed() ? "]" : ")");
    };
  }

  /** Whether it is where a random variable lies. */
  public abstract boolean holds(Support support);
}
