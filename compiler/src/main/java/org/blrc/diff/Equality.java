package org.blrc.diff;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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

  /** Whether each has one among the others that it is related to. */
  static <T> boolean sameSets(List<T> left, List<T> right, BiPredicate<T, T> related) {
    return left.stream()
            .allMatch(mine -> right.stream().anyMatch(other -> related.test(mine, other)))
        && right.stream()
            .allMatch(other -> left.stream().anyMatch(mine -> related.test(mine, other)));
  }

  /** Whether there are as many of both, and each is related to the other at its place. */
  static <T> boolean pairwise(List<T> left, List<T> right, BiPredicate<T, T> related) {
    return left.size() == right.size()
        && IntStream.range(0, left.size()).allMatch(i -> related.test(left.get(i), right.get(i)));
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
