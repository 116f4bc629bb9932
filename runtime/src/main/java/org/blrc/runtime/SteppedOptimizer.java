package org.blrc.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the user of an optimizer calls, and the order of steps; how passes over all coordinates are
 * made is left to an {@link Execution}.
 *
 * @param <A> as in {@link Execution}
 */
public abstract class SteppedOptimizer<A> implements Optimizer<A> {

  private final Signature signature;
  private final HyperSettings settings;
  final HyperValues hypers;
  final Draws draws = new Draws();
  final Stepper<A> stepper;

  /**
   * @throws IllegalArgumentException if a value lies outside its domain
   */
  @SuppressWarnings("this-escape") // Nothing is called before the first step.
  protected SteppedOptimizer(Signature signature, Start start) {
    this.signature = signature;
    this.hypers = new HyperValues(signature, start.hyperParameters(), start.groups());
    this.stepper = new Stepper<>(signature, start.size(), this);
    this.settings = new HyperSettings(hypers, stepper);
  }

  /** How passes are made; always the same. */
  protected abstract Execution<A> execution();

  /** The live values of a state, by its place in the signature. */
  protected abstract A state(int index);

  protected final Signature signature() {
    return signature;
  }

  /** The value of a hyper-parameter outside groups, by its place in the signature. */
  protected final double hyper(int index) {
    return hypers.at(0, index, stepNumber());
  }

  /**
   * The values of all hyper-parameters in the current step, in the order of the signature.
   *
   * @param group 0 outside groups, else one more than the place of the group
   */
  protected final double[] hypers(int group) {
    return hypers.current(group);
  }

  /**
   * The same in the step that follows, once they were taken for {@link Execution#updateAndPoint}.
   */
  protected final double[] nextHypers(int group) {
    return hypers.next(group);
  }

  /** The number of the current step, from 1. */
  protected final long stepNumber() {
    return stepper.stepNumber();
  }

  /** The answer to a question of the phase that was answered last. */
  protected final A answer(int question) {
    return stepper.scope().answer(question);
  }

  /** The number of examples in the per-example answers of this draw. */
  protected final int examples() {
    return stepper.scope() == null ? 0 : stepper.scope().examples();
  }

  /**
   * Takes the values of hyper-parameters for a step and for the one that follows it.
   *
   * @throws IllegalArgumentException if a schedule gives a value outside the domain
   */
  protected final void takeHypers(long step) {
    hypers.begin(step);
    hypers.prepare(step + 1);
  }

  /**
   * Refuses what would change a step under way.
   *
   * @throws IllegalStateException inside a step (an evaluation is open or was completed)
   */
  protected final void requireBetweenSteps(String what) {
    stepper.requireBetweenSteps(what);
  }

  /** Counts steps that were made without a call of {@link #step}. */
  protected final void countSteps(long made) {
    stepper.countSteps(made);
  }

  /** Where noise comes from. */
  protected final NoiseSource noise() {
    return draws.source();
  }

  /** The number of coordinates. */
  public final long size() {
    return stepper.size();
  }

  @Override
  public final String name() {
    return signature.name();
  }

  @Override
  public final int dimension() {
    return Math.toIntExact(size());
  }

  @Override
  public final List<HyperParameter> hyperParameters() {
    return signature.hyperParameters();
  }

  @Override
  public final double hyperParameter(String name) {
    return settings.value(0, name);
  }

  @Override
  public final void hyperParameter(String name, double value) {
    settings.set(0, name, value);
  }

  @Override
  public final void schedule(String name, Schedule schedule) {
    settings.schedule(0, name, schedule);
  }

  @Override
  public final List<ParameterGroup> groups() {
    return settings.groups();
  }

  @Override
  public final ParameterGroup group(String name) {
    return settings.group(name);
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
  public A direction() {
    throw new IllegalStateException(
        signature.name() + " asks for no product of the Hessian with a vector");
  }

  @Override
  public final void refresh() {
    stepper.refresh();
  }

  @Override
  public final List<List<Question>> phases() {
    return signature.phases();
  }

  @Override
  public final void nonFinite(NonFinite policy) {
    stepper.requireBetweenSteps("change what happens to answers that are not finite");
    stepper.nonFinite(policy);
  }

  @Override
  public final long skippedSteps() {
    return stepper.skipped();
  }

  @Override
  public final void outOfDomain(OutOfDomain policy) {
    stepper.requireBetweenSteps("change what happens to states that leave their domains");
    execution().domains().policy(policy);
  }

  @Override
  public final long shortenedSteps() {
    return execution().domains().shortened();
  }

  @Override
  public final void save(Path file) throws IOException {
    new SavedState<>(List.of(this)).save(file);
  }

  @Override
  public final void load(Path file) throws IOException {
    new SavedState<>(List.of(this)).load(file);
  }

  @Override
  public final long steps() {
    return stepper.steps();
  }

  @Override
  public final void noise(NoiseSource source) {
    stepper.requireBetweenSteps("replace the noise");
    draws.source(source);
  }

  @Override
  public final Evaluation<A> evaluate(int passes) {
    return stepper.evaluate(passes);
  }

  @Override
  public final void step() {
    stepper.step();
  }

  @Override
  public final Evaluation<A> stepAndEvaluate() {
    return stepper.stepAndEvaluate();
  }
}
