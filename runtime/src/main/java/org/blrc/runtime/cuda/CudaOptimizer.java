package org.blrc.runtime.cuda;

import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.blrc.runtime.Interval;
import org.blrc.runtime.NoiseSource;
import org.blrc.runtime.Signature;
import org.blrc.runtime.Start;
import org.blrc.runtime.SteppedOptimizer;

/**
 * An optimizer in the memory of a device, as emitted classes are. It is used like one over arrays,
 * with {@link DeviceArray}s in their place: those that {@link #array} makes have its shape.
 *
 * <p>Steps are added to the device's queue and not waited for: nothing is copied to or from the
 * device, and nothing is allocated there, so that the queue may be recorded to a CUDA graph ({@link
 * #recordedSteps}). There are three exceptions, which wait. Answers are looked through if {@link
 * #nonFinite} is not {@code PROPAGATE}; a step that may leave a domain is looked at before it is
 * made, if {@link #outOfDomain} is not {@code PROPAGATE}; and noise that does not come from {@link
 * org.blrc.runtime.PhiloxNoise} is drawn by this machine. What is put together of several passes
 * has its memory from the first step on.
 *
 * <p>It has to be closed, which gives its memory back; after that it cannot be used.
 */
public abstract class CudaOptimizer extends SteppedOptimizer<DeviceArray> implements AutoCloseable {

  private final Signature signature;
  private final KernelSet kernels;
  private final CudaStart start;
  private final DeviceExecution execution;
  private boolean roundsAtRandom;

  /**
   * @throws DeviceException if there is not enough memory, or no code for the device
   */
  @SuppressWarnings("this-escape") // No kernel is launched before the states have their values.
  protected CudaOptimizer(Signature signature, KernelSet kernels, CudaStart start) {
    super(signature, start.start());
    this.signature = signature;
    this.kernels = kernels;
    this.start = start;
    this.execution = new DeviceExecution(this, signature, kernels, start);
    orClose(this::placeParameters);
  }

  private void placeParameters() {
    if (start.parameters() != null) {
      int column = kernels.place(Column.Parameters.class);
      int rows = ((Column.Parameters) kernels.columns().get(column)).rows();
      execution.memory().place(column, rows, start.parameters());
    }
    for (String state : signature.states()) {
      if (start.place(state) != null) {
        int column = execution.memory().column(signature.states().indexOf(state));
        execution.memory().place(column, 1, start.place(state));
      }
    }
    execution.memory().complete();
  }

  /** What fails while an optimizer is made leaves no memory behind. */
  private void orClose(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException | Error e) {
      try {
        close();
      } catch (RuntimeException | Error other) {
        e.addSuppressed(other);
      }
      throw e;
    }
  }

  /**
   * Gives a state its initial values, unless it lies where they are and none are given.
   *
   * @param byDefault the value of a coordinate where none are given, from the values of the
   *     hyper-parameters there
   * @throws IllegalArgumentException if a value lies outside the state's domain
   */
  protected final void initial(
      String state, Interval domain, ToDoubleFunction<double[]> byDefault) {
    orClose(
        () -> {
          if (signature.shared().contains(state)) {
            setShared(state, start.start().sharedDouble(state, domain, byDefault)[0]);
          } else if (start.place(state) == null || start.start().gives(state)) {
            setState(state, domain, byDefault);
          }
        });
  }

  /** As above, with the same value everywhere. */
  protected final void initial(String state, Interval domain, double byDefault) {
    initial(state, domain, _ -> byDefault);
  }

  /** As above, for a state whose initial values have to be given. */
  protected final void initial(String state, Interval domain) {
    initial(state, domain, Double.NaN);
  }

  private void setShared(String state, double value) {
    long address = execution.memory().sharedAddress(signature.states().indexOf(state));
    HostMemory.fill(device(), kernels.real(), address, 1, value);
  }

  private void setState(String state, Interval domain, ToDoubleFunction<double[]> byDefault) {
    Start given = start.start();
    DeviceArray array = execution.memory().state(signature.states().indexOf(state));
    if (given.gives(state)) {
      switch (kernels.real()) {
        case FLOAT, BF16 -> array.set(given.floats(state, domain, byDefault));
        case DOUBLE -> array.set(given.doubles(state, domain, byDefault));
      }
      return;
    }
    for (int group = 0; group < execution.layout().groups().size(); group++) {
      double exact = byDefault.applyAsDouble(hypers(group));
      double value = kernels.real() == KernelSet.Real.DOUBLE ? exact : (float) exact;
      for (Pieces.Piece piece : execution.layout().groups().get(group).all()) {
        if (!domain.contains(value)) {
          throw new IllegalArgumentException(
              "an initial value of %s, %s, lies outside %s".formatted(state, value, domain));
        }
        HostMemory.fill(
            device(), array.real(), array.addressOf(piece.first()), piece.length(), value);
      }
    }
  }

  /** Writes the parameters, once all states have their values. */
  protected final void begin() {
    orClose(this::refresh);
  }

  /**
   * Writes the scalars of a kernel, member by member.
   *
   * @param kernel its index among the kernels
   * @param at what they depend on
   */
  protected abstract void scalars(int kernel, Scalars to, LaunchContext at);

  @Override
  protected final DeviceExecution execution() {
    return execution;
  }

  @Override
  protected final DeviceArray state(int index) {
    execution.requireOpen();
    return execution.memory().state(index);
  }

  /** The array of a column, by its place. */
  protected final DeviceArray column(int place) {
    execution.requireOpen();
    return execution.memory().array(place);
  }

  /** The device that the optimizer is on. */
  public final Device device() {
    return execution.device();
  }

  /** A new array of the optimizer's shape with memory of its own, which holds zeros. */
  public final DeviceArray array() {
    return array(1);
  }

  /**
   * A new array with memory of its own, which holds zeros.
   *
   * @param rows how many rows of coordinates it has: for per-example answers one for each example;
   *     where the random variable has several components, as many times those
   */
  public final DeviceArray array(int rows) {
    execution.requireOpen();
    if (rows < 0) {
      throw new IllegalArgumentException("an array cannot have %d rows".formatted(rows));
    }
    return DeviceArray.allocate(execution.layout(), kernels.model(), rows);
  }

  /**
   * An array in memory of the device that belongs to somebody else, as in a framework's tensors.
   *
   * @param addresses where each tensor's numbers begin; its rows follow one another
   * @throws IllegalArgumentException if there is another number of them than tensors, or the memory
   *     is too short or none of this device
   */
  public final DeviceArray arrayAt(int rows, long... addresses) {
    execution.requireOpen();
    return DeviceArray.over(execution.layout(), kernels.model(), rows, addresses);
  }

  /**
   * The steps that were recorded to a CUDA graph since the last call: those whose calls were made
   * while the device's queue was being captured.
   */
  public final RecordedSteps recordedSteps() {
    return new RecordedSteps(this, execution.launches().recording().take());
  }

  /**
   * Says how a state is rounded that is kept in bfloat16: at first to the nearest number; at
   * random, up or down with probabilities that keep the mean exact, so that steps are not lost that
   * are much smaller than a weight. The random numbers are those of {@link
   * org.blrc.runtime.PhiloxNoise} at a stream of their own, so that the same seed gives the same
   * weights.
   *
   * @throws IllegalStateException if no state is kept in bfloat16, or inside a step
   */
  public final void stochasticRounding(boolean atRandom) {
    requireBetweenSteps("change how weights are rounded");
    if (!(kernels.columns().get(kernels.parameters()) instanceof Column.State)
        || kernels.model() != KernelSet.Real.BF16) {
      throw new IllegalStateException(signature.name() + " keeps no state in bfloat16");
    }
    roundsAtRandom = atRandom;
  }

  final boolean roundsAtRandom() {
    return roundsAtRandom;
  }

  /** Does nothing: a device decides itself how much it does at once. */
  @Override
  public final void threads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("%d threads cannot do anything".formatted(count));
    }
  }

  final double[] values(int group) {
    return hypers(group);
  }

  final double[] nextValues(int group) {
    return nextHypers(group);
  }

  final long launchStep() {
    return stepNumber();
  }

  final int exampleRows() {
    return examples();
  }

  final NoiseSource source() {
    return Objects.requireNonNull(noise());
  }

  final DeviceArray given(int question) {
    return answer(question);
  }

  final void take(long step) {
    takeHypers(step);
  }

  final void count(long steps) {
    countSteps(steps);
  }

  /** Gives back the memory of the optimizer; arrays that it made for others stay theirs. */
  @Override
  public final void close() {
    execution.close();
  }
}
