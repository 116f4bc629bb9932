package org.blrc.runtime.cuda;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.blrc.runtime.OptimizerBuilder;
import org.blrc.runtime.Signature;

/**
 * Collects what an optimizer on a device starts from. Its coordinates are those of its tensors, one
 * after the other; without {@link #tensors} there is one.
 *
 * @param <O> the optimizer that is built
 */
public abstract class CudaOptimizerBuilder<O extends CudaOptimizer> extends OptimizerBuilder<O> {

  private final Device device;
  private final Map<String, long[]> places = new HashMap<>();
  private long[] lengths;
  private long[] parameters;

  /**
   * @param required the states whose initial values have to be given
   */
  protected CudaOptimizerBuilder(Device device, Signature signature, String... required) {
    super(signature, required);
    this.device = Objects.requireNonNull(device, "device");
  }

  /** Builds the optimizer; arrays of this machine's memory are copied. */
  @Override
  public abstract O build();

  /**
   * Says which tensors the coordinates are those of.
   *
   * @param counts the number of coordinates of each; there may be none in some
   * @throws IllegalArgumentException if one is negative, or the sum is not the number of
   *     coordinates that was given before
   */
  public final CudaOptimizerBuilder<O> tensors(long... counts) {
    for (long count : counts) {
      if (count < 0) {
        throw new IllegalArgumentException("a tensor has a negative length: " + count);
      }
    }
    size(LongStream.of(counts).reduce(0, Math::addExact));
    lengths = counts.clone();
    return this;
  }

  /**
   * Lets a state lie in memory of the device that belongs to somebody else, as in a framework's
   * tensors. The values there are the initial ones unless others are given, which are written
   * there; that they lie in the state's domain is not looked at.
   *
   * @param addresses where each tensor's begins; the memory has to stay as long as the optimizer
   * @throws IllegalArgumentException if there is none of that name, or all coordinates share it
   */
  public final CudaOptimizerBuilder<O> stateAt(String name, long... addresses) {
    places.put(place(name), addresses.clone());
    return this;
  }

  /**
   * Lets the model's weights lie in memory of the device that belongs to somebody else. Where they
   * are a state, this is that state.
   *
   * @param addresses where each tensor's begins; where the random variable has several components,
   *     the rows of these follow one another there
   */
  public final CudaOptimizerBuilder<O> parametersAt(long... addresses) {
    parameters = addresses.clone();
    return this;
  }

  /**
   * What was collected, checked.
   *
   * @param state which the model's weights are; empty if they are none
   * @throws IllegalStateException if something is missing
   */
  protected final CudaStart startOf(String state) {
    if (parameters != null && !state.isEmpty()) {
      long[] other = places.get(state);
      if (other != null && !Arrays.equals(other, parameters)) {
        throw new IllegalStateException(
            "%s is what the model reads, and was given two places".formatted(state));
      }
      stateAt(state, parameters);
    }
    var start = start();
    return new CudaStart(
        device,
        start,
        lengths == null ? new long[] {start.size()} : lengths,
        Map.copyOf(places),
        state.isEmpty() ? parameters : null);
  }

  /** Groups with values of their own, from the first coordinate to the one after the last. */
  public final CudaOptimizerBuilder<O> group(
      String name, long from, long to, Map<String, Double> hyperParameters) {
    addGroup(name, from, to, hyperParameters);
    return this;
  }
}
