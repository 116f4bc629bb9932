package org.blrc.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One optimizer over more coordinates than an array can hold: several of the same class, one after
 * the other. Wherever an optimizer takes or gives an array, this takes or gives a list of arrays,
 * one for each segment; the results are those of one optimizer over all coordinates, bit for bit.
 *
 * @param <A> {@code double[]} or {@code float[]}
 */
public final class SegmentedOptimizer<A> implements Optimizer<List<A>> {

  private final List<AbstractOptimizer<A>> segments;
  private final AbstractOptimizer<A> first;
  private final long size;

  /**
   * @param segments in the order of their coordinates; from now on used through this object alone.
   *     Groups are declared in the segments, each under a name of its own.
   * @throws IllegalArgumentException if there are none, one stands twice in the list, or they
   *     differ in anything but their coordinates and groups
   * @throws IllegalStateException if one is inside a step
   */
  public SegmentedOptimizer(List<? extends AbstractOptimizer<A>> segments) {
    this.segments = List.copyOf(segments);
    new SegmentChecks<>(this.segments).check();
    this.first = segments.getFirst();
    long coordinates = 0;
    for (AbstractOptimizer<A> segment : segments) {
      segment.firstCoordinate(coordinates);
      coordinates += segment.dimension();
    }
    this.size = coordinates;
    List<ArrayExecution<A>> executions =
        this.segments.stream().map(AbstractOptimizer::execution).toList();
    Sums sums = new Sums(first.stepper.signature(), executions);
    executions.forEach(execution -> execution.sums(sums));
  }

  private List<Stepper<A>> steppers() {
    return segments.stream().map(segment -> segment.stepper).toList();
  }

  /** The number of coordinates. */
  public long size() {
    return size;
  }

  /**
   * The same, where it is an {@code int}.
   *
   * @throws ArithmeticException if it is larger
   */
  @Override
  public int dimension() {
    return Math.toIntExact(size);
  }

  @Override
  public String name() {
    return first.name();
  }

  @Override
  public List<HyperParameter> hyperParameters() {
    return first.hyperParameters();
  }

  @Override
  public double hyperParameter(String name) {
    return first.hyperParameter(name);
  }

  @Override
  public void hyperParameter(String name, double value) {
    segments.forEach(segment -> segment.hyperParameter(name, value));
  }

  @Override
  public void schedule(String name, Schedule schedule) {
    segments.forEach(segment -> segment.schedule(name, schedule));
  }

  /** The groups of all segments; their ranges count from the first coordinate of their segment. */
  @Override
  public List<ParameterGroup> groups() {
    return segments.stream().flatMap(segment -> segment.groups().stream()).toList();
  }

  @Override
  public ParameterGroup group(String name) {
    return groups().stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no segment has a group " + name));
  }

  @Override
  public List<String> states() {
    return first.states();
  }

  @Override
  public List<A> state(String name) {
    return segments.stream().map(segment -> segment.state(name)).toList();
  }

  @Override
  public List<A> parameters() {
    return segments.stream().map(Optimizer::parameters).toList();
  }

  @Override
  public List<A> direction() {
    return segments.stream().map(Optimizer::direction).toList();
  }

  @Override
  public void refresh() {
    segments.forEach(Optimizer::refresh);
  }

  @Override
  public int samples() {
    return first.samples();
  }

  @Override
  public List<List<Question>> phases() {
    return first.phases();
  }

  @Override
  public long steps() {
    return first.steps();
  }

  @Override
  public void nonFinite(NonFinite policy) {
    segments.forEach(segment -> segment.nonFinite(policy));
  }

  @Override
  public long skippedSteps() {
    return first.skippedSteps();
  }

  @Override
  public void outOfDomain(OutOfDomain policy) {
    segments.forEach(segment -> segment.outOfDomain(policy));
  }

  @Override
  public long shortenedSteps() {
    return segments.stream().mapToLong(Optimizer::shortenedSteps).sum();
  }

  @Override
  public void noise(NoiseSource source) {
    segments.forEach(segment -> segment.noise(source));
  }

  @Override
  public void threads(int count) {
    segments.forEach(segment -> segment.threads(count));
  }

  @Override
  public Evaluation<List<A>> evaluate(int passes) {
    steppers().forEach(stepper -> stepper.requireEvaluable(passes));
    List<Scope<A>> open = new ArrayList<>();
    try {
      prepareAll(stepper -> open.add(stepper.prepare(passes)));
      first.stepper.takeSums(0);
      open.forEach(Scope::begin);
    } catch (RuntimeException | Error e) {
      open.forEach(Evaluation::close);
      throw e;
    }
    return new SegmentedEvaluation<>(segments, open);
  }

  /** Where one cannot add up its draws, all forget theirs: they have the same number of them. */
  private void prepareAll(Consumer<Stepper<A>> preparation) {
    try {
      steppers().forEach(preparation);
    } catch (RuntimeException | Error e) {
      steppers().forEach(Stepper::forgetStep);
      throw e;
    }
  }

  @Override
  public void step() {
    if (segments.stream().anyMatch(segment -> segment.stepper.isSpoiled())) {
      segments.forEach(segment -> segment.stepper.spoil());
    }
    steppers().forEach(Stepper::requireSteppable);
    // Before one of them changes its states, the sums need all of them.
    boolean[] steps = {true};
    prepareAll(stepper -> steps[0] &= stepper.prepareStep());
    if (steps[0]) {
      try {
        first.stepper.takeSums(first.phases().size() + 1);
        segments.forEach(segment -> segment.execution().moveShared());
        steppers().forEach(Stepper::checkStep);
        steppers().forEach(Stepper::finishStep);
      } catch (OutOfDomainException refused) {
        steppers().forEach(Stepper::restore);
        throw refused;
      } finally {
        steppers().forEach(Stepper::forgetStep);
      }
    }
  }

  @Override
  public Evaluation<List<A>> stepAndEvaluate() {
    steppers().forEach(Stepper::leaveComplete);
    steppers().forEach(stepper -> stepper.requireClosed("step"));
    try {
      step();
      return evaluate(1);
    } catch (RuntimeException | Error e) {
      steppers().forEach(Stepper::restore);
      throw e;
    }
  }

  @Override
  public void save(Path file) throws IOException {
    new SavedState<>(segments).save(file);
  }

  @Override
  public void load(Path file) throws IOException {
    new SavedState<>(segments).load(file);
  }
}
