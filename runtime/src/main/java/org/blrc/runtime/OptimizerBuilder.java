package org.blrc.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects what an optimizer starts from, by the names of its spec. Emitted builders add a typed
 * method for each name.
 *
 * @param <O> the optimizer that is built
 */
public abstract class OptimizerBuilder<O extends Optimizer<?>> {

  /** What stands for values that are not in this machine's memory. */
  private static final Object ELSEWHERE = new Object();

  private final Signature signature;
  private final List<String> required;
  private final double[] values;
  private final Map<String, Object> states = new HashMap<>();
  private final List<Range> groups = new ArrayList<>();
  private long dimension = -1;

  /**
   * @param required the states whose initial values have to be given
   */
  protected OptimizerBuilder(Signature signature, String... required) {
    this.signature = signature;
    this.required = List.of(required);
    this.values =
        signature.hyperParameters().stream().mapToDouble(HyperParameter::byDefault).toArray();
  }

  /** Builds the optimizer; the given arrays are copied. */
  public abstract O build();

  /**
   * Sets a hyper-parameter.
   *
   * @throws IllegalArgumentException if there is none of that name or the value lies outside its
   *     domain
   */
  public final OptimizerBuilder<O> hyperParameter(String name, double value) {
    int index = signature.hyperParameter(name);
    values[index] = signature.hyperParameters().get(index).check(value);
    return this;
  }

  /**
   * Sets the initial values of a state, one for each coordinate, or the one that all of them share.
   *
   * @throws IllegalArgumentException if there is none of that name or another state has another
   *     length
   */
  public final OptimizerBuilder<O> state(String name, double[] initial) {
    return state(name, initial, initial.length);
  }

  /** As above, in single precision. */
  public final OptimizerBuilder<O> state(String name, float[] initial) {
    return state(name, initial, initial.length);
  }

  /** Sets the number of coordinates; needed only where no state is given. */
  public final OptimizerBuilder<O> dimension(int coordinates) {
    size(coordinates);
    return this;
  }

  /** Sets the number of coordinates. */
  protected final void size(long coordinates) {
    if (dimension >= 0 && coordinates != dimension) {
      throw new IllegalArgumentException(
          "%d coordinates, where there were %d before".formatted(coordinates, dimension));
    }
    dimension = coordinates;
  }

  /**
   * Notes that a state has a place, where its values are unless others are given. Returns its name.
   *
   * @throws IllegalArgumentException if there is none of that name, or all coordinates share it
   */
  protected final String place(String name) {
    String known = signature.states().get(signature.state(name));
    if (signature.shared().contains(known)) {
      throw new IllegalArgumentException(
          known + " is one value that all coordinates share, which has its place already");
    }
    states.putIfAbsent(known, ELSEWHERE);
    return known;
  }

  /**
   * Gives a range of coordinates values of its own for some hyper-parameters. It keeps those of the
   * optimizer for the others.
   *
   * @param name how the group is found again, see {@link Optimizer#group}
   * @param from its first coordinate
   * @param to the coordinate after its last one
   * @throws IllegalArgumentException if the range is empty, overlaps another group or has its name,
   *     or if a hyper-parameter is unknown or its value lies outside its domain
   */
  public final OptimizerBuilder<O> group(
      String name, int from, int to, Map<String, Double> hyperParameters) {
    addGroup(name, from, to, hyperParameters);
    return this;
  }

  /** As {@link #group}, where there may be more coordinates. */
  protected final void addGroup(
      String name, long from, long to, Map<String, Double> hyperParameters) {
    List<Double> own = new ArrayList<>(Collections.nCopies(values.length, Double.NaN));
    hyperParameters.forEach(
        (hyper, value) -> {
          int index = signature.hyperParameterOfGroup(hyper);
          own.set(index, signature.hyperParameters().get(index).check(value));
        });
    Range.add(groups, new Range(name, from, to, List.copyOf(own)));
  }

  /**
   * What was collected, checked.
   *
   * @throws IllegalStateException if something is missing
   */
  protected final Start start() {
    List<String> missing = new ArrayList<>();
    for (HyperParameter hyper : signature.hyperParameters()) {
      if (Double.isNaN(values[signature.hyperParameter(hyper.name())])) {
        missing.add("the hyper-parameter " + hyper.name());
      }
    }
    for (String state : required) {
      if (!states.containsKey(state)) {
        missing.add("the initial values of " + state);
      }
    }
    if (missing.isEmpty() && dimension < 0) {
      missing.add("the dimension, or the initial values of a state");
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "%s needs %s".formatted(signature.name(), String.join(" and ", missing)));
    }
    for (Range group : groups) {
      if (group.to() > dimension) {
        throw new IllegalStateException(
            "%s ends beyond the dimension, %d".formatted(group, dimension));
      }
    }
    return new Start(dimension, values.clone(), Map.copyOf(states), groups);
  }

  private OptimizerBuilder<O> state(String name, Object initial, int length) {
    String known = signature.states().get(signature.state(name));
    if (signature.shared().contains(known)) {
      if (length != 1) {
        throw new IllegalArgumentException(
            "%s has %d values; all coordinates share one".formatted(known, length));
      }
    } else if (dimension >= 0 && length != dimension) {
      throw new IllegalArgumentException(
          "%s has %d values; the dimension is %d".formatted(known, length, dimension));
    } else {
      dimension = length;
    }
    states.put(known, initial);
    return this;
  }
}
