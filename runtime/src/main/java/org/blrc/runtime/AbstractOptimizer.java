package org.blrc.runtime;

import java.util.List;
import java.util.Map;

/**
 * An optimizer over arrays, as emitted classes are: they consist of arrays, and of loops over them.
 * These hooks are called in this order, so that they need no checks of their own:
 *
 * <pre>
 * for each draw of a step: sums, point(0, draw), sums, point(1, draw), ..., sums, restore()
 * then either moveShared(), rangeFromOne(), updateFromOne(), keepShared()
 *          or accumulate(0), accumulate(1), ..., sums, moveShared(), range(draws), update(draws),
 *             keepShared()
 * </pre>
 *
 * where {@code accumulate(draw)} comes before the point of the next draw is computed. A draw that
 * is closed before it was completed is repeated under the same number.
 *
 * <p>Each but those for shared states is called once for every block of coordinates {@code from ..
 * to - 1}, in any order and from several threads at once; it reads and writes nothing beyond its
 * block, so that results do not depend on how blocks are cut and shared out. A block fits the
 * cache. {@code values} holds the value of every hyper-parameter there, in the order of the
 * signature.
 *
 * <p>Answers are not copied: {@link Evaluation#answer} says how long callers leave them alone. No
 * step allocates arrays of coordinates; noise takes a few small objects for each block, and more
 * until HotSpot has compiled it.
 *
 * @param <A> {@code double[]} or {@code float[]}
 */
public abstract class AbstractOptimizer<A> extends SteppedOptimizer<A> {

  private final ArrayExecution<A> execution;

  /**
   * @throws IllegalArgumentException if a value lies outside its domain
   */
  @SuppressWarnings("this-escape") // No hook is called before the first pass.
  protected AbstractOptimizer(Signature signature, Start start) {
    super(signature, start);
    this.execution = new ArrayExecution<>(signature, start, this);
  }

  /**
   * An optimizer without groups.
   *
   * @param values the value of every hyper-parameter, in the order of the signature
   * @throws IllegalArgumentException if the dimension is negative or a value lies outside its
   *     domain
   */
  protected AbstractOptimizer(Signature signature, int dimension, double... values) {
    this(signature, new Start(dimension, values, Map.of(), List.of()));
  }

  @Override
  protected final ArrayExecution<A> execution() {
    return execution;
  }

  @Override
  public final void threads(int count) {
    stepper.requireBetweenSteps("change the number of threads");
    if (count < 1) {
      throw new IllegalArgumentException("%d threads cannot do anything".formatted(count));
    }
    execution.workers().threads(count);
  }

  /** Places the coordinates among those of a larger optimizer. */
  final void firstCoordinate(long coordinate) {
    draws.first(coordinate);
  }

  /**
   * Writes the point of a phase to {@link Optimizer#parameters}, and its direction, where it has
   * one, to {@link Optimizer#direction}.
   *
   * @param draw its number within the step, from 0
   */
  protected abstract void point(int phase, int draw, int from, int to, double[] values);

  /**
   * Writes the posterior mean at the current states to {@link Optimizer#parameters}, or the point
   * at the noise's median where the mean is not known.
   */
  protected abstract void restore(int from, int to, double[] values);

  /**
   * Adds what a completed draw contributes to the accumulators; draw 0 starts them anew. {@link
   * #answer} gives the answers of its last phase; what is needed of earlier phases has to be kept
   * by {@link #point} of the phase that follows.
   */
  protected abstract void accumulate(int draw, int from, int to, double[] values);

  /**
   * Writes the new states, and to {@link Optimizer#parameters} what {@link #restore} writes at
   * them.
   *
   * @param draws how many were accumulated
   */
  protected abstract void update(int draws, int from, int to, double[] values);

  /**
   * The same for the usual case of one draw, of which nothing was accumulated and the answers still
   * stand: override it to read them where they are.
   */
  protected void updateFromOne(int from, int to, double[] values) {
    accumulate(0, from, to, values);
    update(1, from, to, values);
  }

  /**
   * What {@link #update} would make of the guarded states. Nothing is written, but for scratch.
   *
   * @param range takes, at 2k, the least new value of the state of the signature's k-th guard, and
   *     behind it the greatest; both are NaN where one is
   */
  protected void range(int draws, int from, int to, double[] values, double[] range) {
    throw new UnsupportedOperationException("nothing is guarded");
  }

  /** The same for {@link #updateFromOne}. */
  protected void rangeFromOne(int from, int to, double[] values, double[] range) {
    accumulate(0, from, to, values);
    range(1, from, to, values, range);
  }

  /**
   * The same as {@link #update} with all rates of the learning rule multiplied by a factor.
   *
   * @param share the factor, below 1
   */
  protected void backOff(int draws, double share, int from, int to, double[] values) {
    throw new UnsupportedOperationException("the update is not known at other rates");
  }

  /**
   * Adds to the sums of one of the signature's passes, coordinate after coordinate, in double
   * precision. Here blocks are short, and the sums of the block before may be what is added to.
   *
   * @param draw the number of the draw, or of all draws where they were accumulated
   * @param sums holds those of the pass from place {@code at}, in order
   */
  protected void sum(int pass, int draw, int from, int to, double[] values, double[] sums, int at) {
    throw new IndexOutOfBoundsException(pass);
  }

  /**
   * Computes the new values of the states that all coordinates share, which keep their old ones.
   *
   * @param values of the hyper-parameters outside groups
   */
  protected void moveShared(double[] values) {}

  /** Makes the new values of the states that all coordinates share theirs. */
  protected void keepShared() {}

  /** The mean over all coordinates that belongs to one of the signature's sums. */
  protected final double average(int index) {
    return execution.sums().total(index) / execution.sums().coordinates();
  }

  /** The value of one of the signature's sums over all coordinates, as it was taken last. */
  protected final double total(int index) {
    return execution.sums().total(index);
  }

  /** Writes the standard normal noise of a draw to {@code out[from .. to - 1]}. */
  protected final void normal(int stream, int draw, double[] out, int from, int to) {
    draws.source().normal(stream, stepNumber(), draw, draws.first() + from, out, from, to - from);
  }

  /** As above, in single precision. */
  protected final void normal(int stream, int draw, float[] out, int from, int to) {
    draws.source().normal(stream, stepNumber(), draw, draws.first() + from, out, from, to - from);
  }

  /** Writes the noise of a draw that is uniform on (0, 1) to {@code out[from .. to - 1]}. */
  protected final void uniform(int stream, int draw, double[] out, int from, int to) {
    draws.source().uniform(stream, stepNumber(), draw, draws.first() + from, out, from, to - from);
  }

  /** As above, in single precision. */
  protected final void uniform(int stream, int draw, float[] out, int from, int to) {
    draws.source().uniform(stream, stepNumber(), draw, draws.first() + from, out, from, to - from);
  }
}
