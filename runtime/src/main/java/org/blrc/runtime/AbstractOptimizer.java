package org.blrc.runtime;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.IntConsumer;

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
 * is closed before it was completed is repeated under the same number.
 *
 * <p>Each of these is called once for every block of coordinates {@code from .. to - 1}, in any
 * order and from several threads at once; it reads and writes nothing beyond its block, so that
 * results do not depend on how blocks are cut and shared out. A block fits the cache. {@code
 * values} holds the value of every hyper-parameter there, in the order of the signature. Nothing is
 * allocated in a step.
 *
 * <p>Answers are not copied: {@link Evaluation#answer} says how long callers leave them alone.
 *
 * @param <A> {@code double[]} or {@code float[]}
 */
public abstract class AbstractOptimizer<A> implements Optimizer<A> {

  private final Signature signature;
  private final int dimension;
  private final HyperValues hypers;
  private final List<ParameterGroup> groups;
  private final Scope<A> scope;
  private final Blocks blocks;
  private final Workers workers = new Workers();

  private NoiseSource noise = new PhiloxNoise(0);
  private final FiniteCheck finiteCheck = new FiniteCheck(workers);
  private NonFinite nonFinite = NonFinite.PROPAGATE;
  private long firstCoordinate;
  private long steps;
  private long skipped;
  private boolean spoiled;
  private int completed;
  private int accumulated;

  // What the current pass calls, with its arguments.
  private IntConsumer body;
  private Hook hook = Hook.RESTORE;
  private int phase;
  private int number;

  private enum Hook {
    POINT,
    RESTORE,
    ACCUMULATE,
    UPDATE,
    UPDATE_FROM_ONE
  }

  /** With fewer coordinates it takes longer to wake a thread than to do its work. */
  private static final int FEW = 8 * Blocks.LENGTH;

  /**
   * @throws IllegalArgumentException if a value lies outside its domain
   */
  protected AbstractOptimizer(Signature signature, Start start) {
    this.signature = signature;
    this.dimension = start.dimension();
    this.scope = new Scope<>(signature.phases());
    if (dimension < 0) {
      throw new IllegalArgumentException("the dimension is negative: " + dimension);
    }
    this.hypers = new HyperValues(signature, start.hyperParameters(), start.groups());
    this.blocks = new Blocks(dimension, start.groups());
    List<ParameterGroup> views = new ArrayList<>();
    for (int group = 1; group <= start.groups().size(); group++) {
      views.add(new Group(group));
    }
    this.groups = List.copyOf(views);
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

  /**
   * Writes the point of a phase to {@link #parameters}.
   *
   * @param draw its number within the step, from 0
   */
  protected abstract void point(int phase, int draw, int from, int to, double[] values);

  /**
   * Writes the posterior mean at the current states to {@link #parameters}, or the point at the
   * noise's median where the mean is not known.
   */
  protected abstract void restore(int from, int to, double[] values);

  /**
   * Adds what a completed draw contributes to the accumulators; draw 0 starts them anew. {@link
   * #answer} gives the answers of its last phase; what is needed of earlier phases has to be kept
   * by {@link #point} of the phase that follows.
   */
  protected abstract void accumulate(int draw, int from, int to, double[] values);

  /**
   * Writes the new states, and to {@link #parameters} what {@link #restore} writes at them.
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

  /** The live array of a state, by its place in the signature. */
  protected abstract A state(int index);

  /** The value of a hyper-parameter outside groups, by its place in the signature. */
  protected final double hyper(int index) {
    return hypers.at(0, index, stepNumber());
  }

  /** The number of the current step, from 1. */
  protected final long stepNumber() {
    return steps + 1;
  }

  /** Writes the standard normal noise of a draw to {@code out[from .. to - 1]}. */
  protected final void normal(int stream, int draw, double[] out, int from, int to) {
    noise.normal(stream, stepNumber(), draw, firstCoordinate + from, out, from, to - from);
  }

  /** As above, in single precision. */
  protected final void normal(int stream, int draw, float[] out, int from, int to) {
    noise.normal(stream, stepNumber(), draw, firstCoordinate + from, out, from, to - from);
  }

  /** Writes the noise of a draw that is uniform on (0, 1) to {@code out[from .. to - 1]}. */
  protected final void uniform(int stream, int draw, double[] out, int from, int to) {
    noise.uniform(stream, stepNumber(), draw, firstCoordinate + from, out, from, to - from);
  }

  /** As above, in single precision. */
  protected final void uniform(int stream, int draw, float[] out, int from, int to) {
    noise.uniform(stream, stepNumber(), draw, firstCoordinate + from, out, from, to - from);
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
    return hyper(signature.hyperParameter(name));
  }

  @Override
  public final void hyperParameter(String name, double value) {
    int index = signature.hyperParameter(name);
    set(0, index, value);
  }

  @Override
  public final void schedule(String name, Schedule schedule) {
    set(0, signature.hyperParameter(name), schedule);
  }

  @Override
  public final List<ParameterGroup> groups() {
    return groups;
  }

  @Override
  public final ParameterGroup group(String name) {
    return groups.get(hypers.group(name) - 1);
  }

  private void set(int group, int hyper, double value) {
    requireBetweenSteps("change hyper-parameter " + hyperParameters().get(hyper).name());
    hypers.set(group, hyper, value);
  }

  private void set(int group, int hyper, Schedule schedule) {
    Objects.requireNonNull(schedule, "schedule");
    requireBetweenSteps("schedule hyper-parameter " + hyperParameters().get(hyper).name());
    hypers.set(group, hyper, schedule);
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
    hypers.begin(stepNumber());
    restore();
  }

  @Override
  public final void threads(int count) {
    requireBetweenSteps("change the number of threads");
    if (count < 1) {
      throw new IllegalArgumentException("%d threads cannot do anything".formatted(count));
    }
    workers.threads(count);
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
  public final void nonFinite(NonFinite policy) {
    requireBetweenSteps("change what happens to answers that are not finite");
    nonFinite = Objects.requireNonNull(policy, "policy");
  }

  @Override
  public final long skippedSteps() {
    return skipped;
  }

  @Override
  public final void save(Path file) throws IOException {
    saved().write(file, arrays(0, states().size()));
  }

  @Override
  public final void load(Path file) throws IOException {
    List<List<?>> read = new ArrayList<>();
    for (int i = 0; i < states().size(); i++) {
      Class<?> type = state(i).getClass().getComponentType();
      read.add(Collections.singletonList(Array.newInstance(type, dimension)));
    }
    StateFile saved = StateFile.read(file, saved(), read);
    check(file, saved);
    restore(saved);
    for (int i = 0; i < states().size(); i++) {
      System.arraycopy(read.get(i).getFirst(), 0, state(i), 0, dimension);
    }
    refresh();
  }

  /** What is saved beside the states. */
  StateFile saved() {
    requireBetweenSteps("save or load the state");
    return new StateFile(
        name(),
        signature.questions(),
        signature.hyperParameters().stream().map(HyperParameter::name).toList(),
        states(),
        steps,
        noise instanceof PhiloxNoise(long seed) ? OptionalLong.of(seed) : OptionalLong.empty(),
        hypers.groups(),
        hypers.numbers());
  }

  /** The arrays of some states, each as the only part of its list. */
  private List<List<?>> arrays(int first, int end) {
    List<List<?>> result = new ArrayList<>();
    for (int i = first; i < end; i++) {
      result.add(Collections.singletonList(state(i)));
    }
    return result;
  }

  /**
   * Whether what was saved beside the states may be restored.
   *
   * @throws StateFileException if not
   */
  void check(Path file, StateFile saved) throws StateFileException {
    if (saved.steps() < 0) {
      throw new StateFileException("%s has made %d steps".formatted(file, saved.steps()));
    }
    try {
      hypers.check(saved.values());
    } catch (IllegalArgumentException e) {
      throw new StateFileException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Takes everything but the states. */
  void restore(StateFile saved) {
    hypers.restore(saved.values());
    steps = saved.steps();
    saved.seed().ifPresent(seed -> noise = new PhiloxNoise(seed));
  }

  /** Places the coordinates among those of a larger optimizer. */
  void firstCoordinate(long coordinate) {
    requireBetweenSteps("move");
    firstCoordinate = coordinate;
  }

  Signature signature() {
    return signature;
  }

  Scope<A> scope() {
    return scope;
  }

  @Override
  public final Evaluation<A> evaluate(int passes) {
    requireClosed("evaluate");
    if (passes < 1) {
      throw new IllegalArgumentException("an evaluation cannot have %d passes".formatted(passes));
    }
    if (completed > 0 && !signature.draws()) {
      throw new IllegalStateException(
          name() + " makes no draws, so a step takes one evaluation: call step()");
    }
    if (completed == 0) {
      hypers.begin(stepNumber());
    }
    accumulateCompleted();
    scope.open(this, passes);
    return scope;
  }

  @Override
  public final void step() {
    requireClosed("step");
    if (completed == 0) {
      throw new IllegalStateException("cannot step: " + whyIncomplete());
    }
    if (spoiled) {
      skipped++;
      forgetStep();
      return;
    }
    if (completed == 1 && accumulated == 0) {
      run(Hook.UPDATE_FROM_ONE, 0, 1);
    } else {
      accumulateCompleted();
      run(Hook.UPDATE, 0, completed);
    }
    steps++;
    forgetStep();
  }

  private void forgetStep() {
    scope.forget();
    completed = 0;
    accumulated = 0;
    spoiled = false;
  }

  /** Whether {@link #step} is going to skip. */
  boolean isSpoiled() {
    return spoiled;
  }

  void spoil() {
    spoiled = true;
  }

  /**
   * Whether all values of an answer may be used.
   *
   * @throws NonFiniteException if one is not finite and that is an error
   */
  boolean isUsable(Question question, A values) {
    if (nonFinite == NonFinite.PROPAGATE) {
      return true;
    }
    long index = finiteCheck.firstIn(values, Array.getLength(values) < FEW);
    if (index >= 0 && nonFinite == NonFinite.REJECT) {
      long coordinate = firstCoordinate + index % dimension;
      throw new NonFiniteException(
          "%s of %s is %s at coordinate %d%s in step %d%s"
              .formatted(
                  question.kind(),
                  question.function(),
                  Array.get(values, (int) index),
                  coordinate,
                  question.perExample() ? " of example " + index / dimension : "",
                  stepNumber(),
                  signature.draws() ? ", draw " + completed : ""),
          coordinate,
          stepNumber());
    }
    return index < 0;
  }

  void beginPhase(int begun) {
    run(Hook.POINT, begun, completed);
  }

  void restore() {
    run(Hook.RESTORE, 0, 0);
  }

  void complete(boolean usable) {
    completed++;
    spoiled |= !usable;
  }

  private void accumulateCompleted() {
    if (accumulated < completed) {
      run(Hook.ACCUMULATE, 0, accumulated);
      accumulated = completed;
    }
  }

  private void run(Hook called, int inPhase, int with) {
    hook = called;
    phase = inPhase;
    number = with;
    if (body == null) {
      body = this::block;
    }
    workers.run(blocks.count(), dimension < FEW, body);
  }

  private void block(int block) {
    int from = blocks.from(block);
    int to = blocks.to(block);
    double[] values = hypers.current(blocks.group(block));
    switch (hook) {
      case POINT -> point(phase, number, from, to, values);
      case RESTORE -> restore(from, to, values);
      case ACCUMULATE -> accumulate(number, from, to, values);
      case UPDATE -> update(number, from, to, values);
      case UPDATE_FROM_ONE -> updateFromOne(from, to, values);
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

  /** A group as its user sees it. */
  private final class Group implements ParameterGroup {

    private final int place;

    Group(int place) {
      this.place = place;
    }

    private Range range() {
      return hypers.groups().get(place - 1);
    }

    @Override
    public String name() {
      return range().name();
    }

    @Override
    public long from() {
      return range().from();
    }

    @Override
    public long to() {
      return range().to();
    }

    @Override
    public double hyperParameter(String name) {
      return hypers.at(place, signature.hyperParameter(name), stepNumber());
    }

    @Override
    public void hyperParameter(String name, double value) {
      set(place, signature.hyperParameter(name), value);
    }

    @Override
    public void schedule(String name, Schedule schedule) {
      set(place, signature.hyperParameter(name), schedule);
    }

    @Override
    public String toString() {
      return range().toString();
    }
  }
}
