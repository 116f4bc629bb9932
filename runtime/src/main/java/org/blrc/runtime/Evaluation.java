package org.blrc.runtime;

/**
 * One evaluation of the loss; {@code A} is {@code double[]} or {@code float[]}. Closing it restores
 * the mean, whether or not it was completed; only a completed evaluation (every question of every
 * phase answered) counts for the step.
 */
public interface Evaluation<A> extends AutoCloseable {

  /** The current phase, from 0; equals the number of phases once all are answered. */
  int phase();

  /**
   * Answers one question of the current phase. When it was the last one, the next phase begins.
   *
   * <p>The array is not copied. In the last phase it is read until the next call of {@link
   * Optimizer#evaluate} or {@link Optimizer#step} and must not change before; in earlier phases it
   * is free again once all questions of the phase are answered. One array that is filled whenever
   * the loss is evaluated is therefore enough.
   *
   * @param question its index in the phase
   * @param values one value for each coordinate; for per-example questions one row for each
   *     example, row after row; where {@link Question#components} are several, a row is as many
   *     rows of coordinates
   * @throws IllegalArgumentException if the length does not fit
   * @throws IllegalStateException if the evaluation is closed or complete, or the question was
   *     answered
   */
  void answer(int question, A values);

  /** Answers the only question of the current phase. */
  default void gradient(A values) {
    answer(0, values);
  }

  /**
   * Restores the mean. Over arrays it never throws; on a device it may be the first call that
   * learns of what went wrong before.
   */
  @Override
  void close();
}
