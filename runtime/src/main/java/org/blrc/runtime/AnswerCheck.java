package org.blrc.runtime;

import java.util.Objects;

/** What becomes of answers that hold a NaN or an infinity, or make one when they are added up. */
final class AnswerCheck<A> {

  private final SteppedOptimizer<A> optimizer;
  private NonFinite policy = NonFinite.PROPAGATE;

  AnswerCheck(SteppedOptimizer<A> optimizer) {
    this.optimizer = optimizer;
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
  boolean accepts(Question question, A values, Gathered<A> earlier, long step, String draw) {
    if (policy == NonFinite.PROPAGATE) {
      return true;
    }
    Execution<A> execution = optimizer.execution();
    A sum = !question.perExample() && earlier.passes() > 0 ? earlier.sum() : null;
    long index = execution.firstNonFinite(values, sum);
    if (index < 0 || policy == NonFinite.SKIP) {
      return index < 0;
    }
    double value = execution.valueAt(values, index);
    boolean overflows = Double.isFinite(value);
    double shown = overflows ? value + execution.valueAt(sum, index) : value;
    long coordinate = optimizer.draws.first() + index % optimizer.size();
    throw new NonFiniteException(
        "%s of %s%s is %s at coordinate %d%s in step %d%s"
            .formatted(
                question.kind(),
                question.function(),
                overflows ? ", added up over %d passes,".formatted(earlier.passes() + 1) : "",
                overflows ? Math.copySign(Double.POSITIVE_INFINITY, shown) : shown,
                coordinate,
                question.perExample()
                    ? " of example " + index / (question.components() * optimizer.size())
                    : "",
                step,
                draw),
        coordinate,
        step);
  }
}
