package org.blrc.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The optimizer around the hooks of an emitted class: what its user calls.
 *
 * @param <A> {@code double[]} or {@code float[]}
 */
public abstract non-sealed class AbstractOptimizer<A> extends StepHooks<A> implements Optimizer<A> {

  private final Signature signature;
  private final HyperSettings settings;

  /**
   * @throws IllegalArgumentException if a value lies outside its domain
   */
  protected AbstractOptimizer(Signature signature, Start start) {
    super(signature, start);
    this.signature = signature;
    this.settings = new HyperSettings(hypers, stepper);
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
  public final String name() {
    return signature.name();
  }

  @Override
  public final int dimension() {
    return stepper.dimension();
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
    stepper.domains().policy(policy);
  }

  @Override
  public final long shortenedSteps() {
    return stepper.domains().shortened();
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
  public final void threads(int count) {
    stepper.requireBetweenSteps("change the number of threads");
    if (count < 1) {
      throw new IllegalArgumentException("%d threads cannot do anything".formatted(count));
    }
    stepper.workers().threads(count);
  }

  /** Places the coordinates among those of a larger optimizer. */
  final void firstCoordinate(long coordinate) {
    draws.first(coordinate);
  }

  @Override
  public final Evaluation<A> evaluate(int passes) {
    return stepper.evaluate(passes);
  }

  @Override
  public final void step() {
    stepper.step();
  }
}
