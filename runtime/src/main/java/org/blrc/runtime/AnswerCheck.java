package org.blrc.runtime;

import java.lang.reflect.Array;
import java.util.Objects;

/** What becomes of answers that hold a NaN or an infinity, or make one when they are added up. */
final class AnswerCheck {

  private final int dimension;
  private final Draws draws;
  private final FiniteCheck search;
  private NonFinite policy = NonFinite.PROPAGATE;

  AnswerCheck(int dimension, Draws draws, Workers workers) {
    this.dimension = dimension;
    this.draws = draws;
    this.search = new FiniteCheck(workers);
  }

  NonFinite policy() {
    return policy;
  }

  void policy(NonFinite other) {
    policy = Objects.requireNonNull(other, "policy");
  }

  /**
   * Whether an answer may be used.
   *
   * @param earlier what it is going to be added to, if there is something
   * @param draw as a message ends
   * @throws NonFiniteException if it may not, and that is an error
   */
  boolean accepts(Question question, Object values, Gathered earlier, long step, String draw) {
    if (policy == NonFinite.PROPAGATE) {
      return true;
    }
    boolean adds = !question.perExample() && earlier.passes() > 0;
    long index = adds ? search.firstInSum(earlier.sum(), values) : search.firstIn(values);
    if (index < 0 || policy == NonFinite.SKIP) {
      return index < 0;
    }
    int place = (int) index;
    double value = Array.getDouble(values, place);
    boolean overflows = Double.isFinite(value);
    double shown = overflows ? value + Array.getDouble(earlier.sum(), place) : value;
    long coordinate = draws.first() + index % dimension;
    throw new NonFiniteException(
        "%s of %s%s is %s at coordinate %d%s in step %d%s"
            .formatted(
                question.kind(),
                question.function(),
                overflows ? ", added up over %d passes,".formatted(earlier.passes() + 1) : "",
                overflows ? Math.copySign(Double.POSITIVE_INFINITY, shown) : shown,
                coordinate,
                question.perExample()
                    ? " of example " + index / ((long) question.components() * dimension)
                    : "",
                step,
                draw),
        coordinate,
        step);
  }
}
