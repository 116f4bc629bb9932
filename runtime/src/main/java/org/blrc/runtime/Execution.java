package org.blrc.runtime;

import java.util.List;

/**
 * How the passes over all coordinates are made: over arrays by the cores of this machine, or over
 * the memory of a device. They are called in this order, so that they need no checks of their own:
 *
 * <pre>
 * for each draw of a step: sums(0), point(0, draw), sums(1), point(1, draw), ..., restore()
 * then either sums(phases + 1), moveShared(), the check of domains, updateFromOne(), keepShared()
 *          or accumulate(0), accumulate(1), ..., sums(phases + 1), moveShared(), the check of
 *             domains, update(draws), keepShared()
 * </pre>
 *
 * @param <A> what holds one value for each coordinate: {@code double[]}, {@code float[]}, or a
 *     device's memory
 */
public interface Execution<A> {

  /** Writes the point of a phase, and its direction, where it has one. */
  void point(int phase, int draw);

  /** Takes the sums over all coordinates that are due after a number of phases, in order. */
  void sums(int after, int draw);

  /** Writes the posterior mean, or what stands for it, to the parameters. */
  void restore();

  /** Adds what a completed draw contributes to the accumulators; draw 0 starts them anew. */
  void accumulate(int draw);

  /** Writes the new states, and the parameters that belong to them. */
  void update(int draws);

  /** The same for a single draw, of which nothing was accumulated and the answers still stand. */
  void updateFromOne();

  /**
   * The same, but the parameters are the first point of the step that follows, for which the values
   * of hyper-parameters were taken. Returns whether there is such a pass; if not, nothing is done.
   */
  default boolean updateAndPoint() {
    return false;
  }

  /**
   * Refuses to go on where the answers of the last phase are gone; changes nothing.
   *
   * @throws IllegalStateException if one of them is
   */
  default void requireAnswers() {}

  /**
   * Computes the new values of the states that all coordinates share, which keep their old ones.
   */
  void moveShared();

  /** Makes the new values of the states that all coordinates share theirs. */
  void keepShared();

  /** What looks at a step before it is made. */
  DomainCheck domains();

  /** How many values an answer has. */
  long length(A answer);

  /** A new place for the answers to one question from several backward passes. */
  Gathered<A> gathered();

  /**
   * The index of the first value of an answer that is not finite, or becomes so in the sum with
   * earlier ones; -1 if there is none. Rows of coordinates follow one another.
   *
   * @param sum of earlier answers; null if nothing is added
   */
  long firstNonFinite(A answer, A sum);

  /** A value of an answer, by its index. */
  double valueAt(A answer, long index);

  /** The values of a state as the parts of an array in this machine's memory, to be read. */
  List<?> state(int index);

  /** Arrays in this machine's memory that the values of a state fit into. */
  List<?> stateArrays(int index);

  /** Replaces the values of a state. */
  void replaceState(int index, List<?> parts);
}
