package org.blrc.runtime;

import java.util.List;
import java.util.Objects;

/**
 * The bookkeeping that all optimizers share: hyper-parameter values, the order of calls, the checks
 * of arguments. Subclasses hold the arrays and the loops; the hooks below are called in this order,
 * so that they need no checks of their own:
 *
 * <pre>
 * for each draw of a step: point(0, draw), point(1, draw), ..., restore()
 * then either updateFromOne()
 *          or accumulate(0), accumulate(1), ..., update(draws)
 * </pre>
 *
 * where {@code accumulate(draw)} comes before the point of the next draw is computed. A draw that
 * is closed before it was completed is repeated under the same number. Nothing is allocated in a
 * step.
 *
 * <p>Answers are not copied: {@link Evaluation#answer} says how long callers leave them alone.
 *
 * @param <A> {@code double[]} or {@code float[]}
 */
public abstract class AbstractOptimizer<A> implements Optimizer<A> {

  private final Signature signature;
  private final int dimension;
  private final double[] values;
  private final Scope<A> scope;
  private NoiseSource noise = new PhiloxNoise(0);
  private long steps;
  private int completed;
  private int accumulated;

  /**
   * @param values the value of every hyper-parameter, in the order of the signature
   * @throws IllegalArgumentException if the dimension is negative or a value lies outside its
   *     domain
   */
  protected AbstractOptimizer(Signature signature, int dimension, double... values) {
    this.signature = signature;
    this.dimension = dimension;
    this.values = values.clone();
    this.scope = new Scope<>(signature.phases());
    if (dimension < 0) {
      throw new IllegalArgumentException("the dimension is negative: " + dimension);
    }
    List<HyperParameter> hypers = signature.hyperParameters();
    if (values.length != hypers.size()) {
      throw new IllegalArgumentException(
          "%s has %d hyper-parameters; %d values are given"
              .formatted(signature.name(), hypers.size(), values.length));
    }
    for (int i = 0; i < values.length; i++) {
      hypers.get(i).check(values[i]);
    }
  }

  /**
   * Writes the point of a phase to {@link #parameters}.
   *
   * @param draw its number within the step, from 0
   */
  protected abstract void point(int phase, int draw);

  /**
   * Writes the posterior mean at the current states to {@link #parameters}, or the point at the
   * noise's median where the mean is not known.
   */
  protected abstract void restore();

  /**
   * Adds what a completed draw contributes to the accumulators; draw 0 starts them anew. {@link
   * #answer} gives the answers of its last phase; what is needed of earlier phases has to be kept
   * by {@link #point} of the phase that follows.
   */
  protected abstract void accumulate(int draw);

  /**
   * Writes the new states, and to {@link #parameters} what {@link #restore} writes at them.
   *
   * @param draws how many were accumulated
   */
  protected abstract void update(int draws);

  /**
   * The same for the usual case of one draw, of which nothing was accumulated and the answers still
   * stand: override it to read them where they are.
   */
  protected void updateFromOne() {
    accumulate(0);
    update(1);
  }

  /** The live array of a state, by its place in the signature. */
  protected abstract A state(int index);

  /** The value of a hyper-parameter, by its place in the signature. */
  protected final double hyper(int index) {
    return values[index];
  }

  /** The number of the current step, from 1. */
  protected final long stepNumber() {
    return steps + 1;
  }

  protected final NoiseSource noise() {
    return noise;
  }

  /** The answer to a question of the phase that was answered last. */
  protected final A answer(int question) {
    return scope.answer(question);
  }

  /** The number of examples in the per-example answers of this draw. */
  protected final int examples() {
    return scope.examples();
  }

  @Override
  public final String name() {
    return signature.name();
  }

  @Override
  public final int dimension() {
    return dimension;
  }

  @Override
  public final List<HyperParameter> hyperParameters() {
    return signature.hyperParameters();
  }

  @Override
  public final double hyperParameter(String name) {
    return values[signature.hyperParameter(name)];
  }

  @Override
  public final void hyperParameter(String name, double value) {
    int index = signature.hyperParameter(name);
    requireBetweenSteps("change hyper-parameter " + name);
    values[index] = hyperParameters().get(index).check(value);
  }

  @Override
  public final List<String> states() {
    return signature.states();
  }

  @Override
  public final A state(String name) {
    return state(signature.state(name));
  }

  @Override
  public final void refresh() {
    requireClosed("refresh");
    restore();
  }

  @Override
  public final List<List<Question>> phases() {
    return signature.phases();
  }

  @Override
  public final long steps() {
    return steps;
  }

  @Override
  public final void noise(NoiseSource source) {
    requireBetweenSteps("replace the noise");
    noise = Objects.requireNonNull(source, "source");
  }

  @Override
  public final Evaluation<A> evaluate() {
    requireClosed("evaluate");
    if (completed > 0 && !signature.draws()) {
      throw new IllegalStateException(
          name() + " makes no draws, so a step takes one evaluation: call step()");
    }
    accumulateCompleted();
    scope.open(this);
    return scope;
  }

  @Override
  public final void step() {
    requireClosed("step");
    if (completed == 0) {
      throw new IllegalStateException("cannot step: " + whyIncomplete());
    }
    if (completed == 1 && accumulated == 0) {
      updateFromOne();
    } else {
      accumulateCompleted();
      update(completed);
    }
    scope.forget();
    completed = 0;
    accumulated = 0;
    steps++;
  }

  void beginPhase(int phase) {
    point(phase, completed);
  }

  void complete() {
    completed++;
  }

  private void accumulateCompleted() {
    if (accumulated < completed) {
      accumulate(accumulated);
      accumulated = completed;
    }
  }

  private String whyIncomplete() {
    int all = phases().size();
    return scope.wasInterrupted()
        ? "the last evaluation was closed after %d of %d phase%s"
            .formatted(scope.phase(), all, all == 1 ? "" : "s")
        : "no evaluation was completed since the last step";
  }

  private void requireClosed(String what) {
    if (scope.isOpen()) {
      throw new IllegalStateException("cannot " + what + ": an evaluation is open; close it first");
    }
  }

  private void requireBetweenSteps(String what) {
    requireClosed(what);
    if (completed > 0) {
      throw new IllegalStateException(
          "cannot " + what + " inside a step: an evaluation was completed; call step() first");
    }
  }
}
