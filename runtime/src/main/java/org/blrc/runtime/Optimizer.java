package org.blrc.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * An optimizer over {@code A}: {@code double[]}, {@code float[]}, or a device's memory.
 *
 * <p>One step evaluates the loss {@link #samples} times. Each evaluation is a scope:
 *
 * <pre>{@code
 * try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
 *   // optimizer.parameters() now holds the point at which the loss is asked
 *   evaluation.gradient(gradient);
 * }
 * optimizer.step();
 * }</pre>
 *
 * Outside a scope {@link #parameters} holds the posterior mean, or what stands for it.
 *
 * <p>An optimizer uses several threads itself, but is to be called by one at a time.
 */
public interface Optimizer<A> {

  /** The optimizer's name in its spec. */
  String name();

  /** The number of coordinates. */
  int dimension();

  /** The hyper-parameters, in the order of the spec. */
  List<HyperParameter> hyperParameters();

  /**
   * The value of a hyper-parameter in the next step, or in the current one inside a step; groups
   * may have others.
   */
  double hyperParameter(String name);

  /**
   * Changes a hyper-parameter from the next step on, in place of any schedule.
   *
   * @throws IllegalArgumentException if there is none of that name or the value lies outside its
   *     domain
   * @throws IllegalStateException inside a step (an evaluation is open or was completed)
   */
  void hyperParameter(String name, double value);

  /**
   * Gives a hyper-parameter a schedule from the next step on, until it is set to a number.
   *
   * @throws IllegalArgumentException if there is none of that name
   * @throws IllegalStateException inside a step (an evaluation is open or was completed)
   */
  void schedule(String name, Schedule schedule);

  /** The groups of coordinates with values of their own, in the order of their declaration. */
  List<ParameterGroup> groups();

  /**
   * The group of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  ParameterGroup group(String name);

  /** The names of the states, in the order of the spec. */
  List<String> states();

  /**
   * The live array of a state, one value for each coordinate, or the one that all of them share;
   * writing to it changes the state.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  A state(String name);

  /**
   * The array that the model reads its weights from: the point inside an evaluation, else the
   * posterior mean. Where the posterior's family does not tell its mean, the point at the median of
   * the noise stands for it. Where the random variable of a coordinate has several components, it
   * holds one row of coordinates for each component, one after the other.
   */
  A parameters();

  /**
   * The vector that the Hessian is multiplied with, one value for each coordinate, while a phase
   * that asks for a {@code hessian_vector_product} waits for its answers: entry j of the answer is
   * the sum over k of d2 loss / dx_j dx_k at {@link #parameters} times entry k. Automatic
   * differentiation gives it without the Hessian, as the derivative of the gradient along this
   * vector (Pearlmutter, Fast exact multiplication by the Hessian, 1994).
   *
   * @throws IllegalStateException if no phase asks for such a product
   */
  A direction();

  /**
   * Recomputes {@link #parameters}, the posterior mean or what stands for it, after states were
   * written from outside.
   *
   * @throws IllegalArgumentException if a schedule gives a value outside the domain
   * @throws IllegalStateException if an evaluation is open
   */
  void refresh();

  /** How many evaluations one step expects by default. */
  int samples();

  /** What each phase of an evaluation asks, in order. */
  List<List<Question>> phases();

  /**
   * Says what happens to answers that hold a NaN or an infinity, at first {@link
   * NonFinite#PROPAGATE}. The others cost one more pass over each answer, which reads it only.
   *
   * @throws IllegalStateException inside a step (an evaluation is open or was completed)
   */
  void nonFinite(NonFinite policy);

  /** How many steps were skipped since this optimizer was built. */
  long skippedSteps();

  /**
   * Says what happens to a step that would take a state out of its domain, at first {@link
   * OutOfDomain#REJECT}. Where an update keeps all states in their domains for certain, the policy
   * has nothing to do. Elsewhere all but {@link OutOfDomain#PROPAGATE} cost one more pass before
   * the update, which only reads what the states in question are computed from.
   *
   * @throws IllegalArgumentException if it is {@link OutOfDomain#BACK_OFF} and the update is not
   *     known at other rates
   * @throws IllegalStateException inside a step (an evaluation is open or was completed)
   */
  void outOfDomain(OutOfDomain policy);

  /**
   * How many times a coordinate has made a shorter step under {@link OutOfDomain#BACK_OFF} since
   * this optimizer was built.
   */
  long shortenedSteps();

  /**
   * Writes all that the next steps depend on, but for schedules and a noise source that is no
   * {@link PhiloxNoise}, in the format of docs/state-files.md: a file that NumPy reads. The file is
   * replaced as a whole, or not at all.
   *
   * @throws IOException if it cannot be written
   * @throws IllegalStateException inside a step (an evaluation is open or was completed), or after
   *     a {@link #step} that failed while it wrote the states
   */
  void save(Path file) throws IOException;

  /**
   * Goes on from a saved state: the next steps give the same bits as if there had been no break.
   *
   * @throws StateFileException if the file is damaged, or was saved by an optimizer of another
   *     name, with other states, hyper-parameters, questions or groups, of another precision or
   *     dimension, or if a schedule gives a value outside the domain in the step that comes next;
   *     then nothing is changed
   * @throws IOException if the file cannot be read; then nothing is changed
   * @throws IllegalStateException inside a step (an evaluation is open or was completed)
   */
  void load(Path file) throws IOException;

  /** The number of completed steps. */
  long steps();

  /**
   * Replaces the source of noise, at first {@code new PhiloxNoise(0)}.
   *
   * @throws IllegalStateException inside a step (an evaluation is open or was completed)
   */
  void noise(NoiseSource source);

  /**
   * Sets how many threads work on large arrays at most, the caller's among them; at first as many
   * as the common pool of {@link java.util.concurrent.ForkJoinPool} has, which is where they come
   * from. Results do not depend on it.
   *
   * @throws IllegalArgumentException if the number is not positive
   * @throws IllegalStateException inside a step (an evaluation is open or was completed)
   */
  void threads(int count);

  /**
   * Opens the next evaluation: {@link #parameters} holds the point of the first phase until its
   * questions are answered, then that of the next one.
   *
   * @throws IllegalStateException if one is open, one was completed and the optimizer makes no
   *     draws, or a {@link #step} failed while it wrote the states
   * @throws IllegalArgumentException if a schedule gives a value outside the domain
   */
  default Evaluation<A> evaluate() {
    return evaluate(1);
  }

  /**
   * Opens an evaluation in which each question is answered by several backward passes over parts of
   * the minibatch. Gradients and Hessians are averaged, every pass with the same weight, so that
   * the parts should be of equal size; rows for examples are put one behind the other. The arrays
   * are copied, and free again after each answer.
   *
   * @param passes how often each question is answered
   * @throws IllegalArgumentException as {@link #evaluate()}, or if {@code passes} is not positive
   * @throws IllegalStateException as {@link #evaluate()}
   */
  Evaluation<A> evaluate(int passes);

  /**
   * Completes the step from the evaluations made since the last one. Where it throws something
   * else, as when memory is exhausted, the states may be written in part: only {@link #load} helps
   * then.
   *
   * @throws OutOfDomainException if it would take a state out of its domain, see {@link
   *     #outOfDomain}; then the states are as they were
   * @throws IllegalStateException if an evaluation is open, or none was completed
   */
  void step();

  /**
   * Completes the step and opens the first evaluation of the one that follows: the same as {@link
   * #step} and then {@link #evaluate()}, in a single pass over the states where an optimizer can do
   * that. The last evaluation need not be closed if all its questions were answered; closing it
   * later does nothing.
   *
   * @throws OutOfDomainException as {@link #step}; then no evaluation is open
   * @throws IllegalArgumentException as {@link #evaluate()}
   * @throws IllegalStateException if an evaluation is open that is not complete, or none was
   *     completed
   */
  Evaluation<A> stepAndEvaluate();
}
