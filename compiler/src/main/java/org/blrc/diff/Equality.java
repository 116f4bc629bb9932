package org.blrc.diff;

import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.WorkBudget;

/** Equality by the normal form, which gives up where expressions grow too large. */
final class Equality {

  private Equality() {}

  /** Whether two expressions are shown to be equal. */
  static boolean holds(Expr left, Expr right) {
    return guarded(() -> Normal.equal(left, right), false);
  }

  /** Whether both are absent, or both are present and related. */
  static <T> boolean alike(Optional<T> left, Optional<T> right, BiPredicate<T, T> related) {
    return left.isPresent() == right.isPresent()
        && left.stream().allMatch(mine -> related.test(mine, right.get()));
  }

  /** The result of some algebra, or something else where it is too much work or meets a pole. */
  static <T> T guarded(Supplier<T> algebra, T otherwise) {
    WorkBudget.reset();
    try {
      return algebra.get();
    } catch (WorkBudget.Exceeded | ArithmeticException _) {
      return otherwise;
    }
  }
}
