package org.blrc.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What an optimizer starts from. */
public final class Start {

  private final long size;
  private final double[] hyperParameters;
  private final Map<String, Object> states;
  private final List<Range> groups;

  Start(long size, double[] hyperParameters, Map<String, Object> states, List<Range> groups) {
    if (size < 0) {
      throw new IllegalArgumentException("the dimension is negative: " + size);
    }
    this.size = size;
    this.hyperParameters = hyperParameters;
    this.states = states;
    this.groups = List.copyOf(groups);
  }

  /** The number of coordinates. */
  public long size() {
    return size;
  }

  /** The same, where it is an {@code int}. */
  public int dimension() {
    return Math.toIntExact(size);
  }

  /** The value of every hyper-parameter outside groups, in the order of the signature. */
  public double[] hyperParameters() {
    return hyperParameters.clone();
  }

  /** Whether the values of a state are given in this machine's memory. */
  public boolean gives(String state) {
    return states.get(state) instanceof double[] || states.get(state) instanceof float[];
  }

  List<Range> groups() {
    return groups;
  }

  /**
   * A new array with the initial values of a state.
   *
   * @param byDefault the value of a coordinate where none are given, from the values of the
   *     hyper-parameters there
   * @throws IllegalArgumentException if a value lies outside the state's domain
   */
  public double[] doubles(String state, Interval domain, ToDoubleFunction<double[]> byDefault) {
    double[] values = new double[dimension()];
    switch (states.get(state)) {
      case double[] given -> System.arraycopy(given, 0, values, 0, values.length);
      case float[] given -> Arrays.setAll(values, i -> given[i]);
      case null, default -> {
        Arrays.fill(values, byDefault.applyAsDouble(hyperParameters()));
        for (Range group : groups) {
          double value = byDefault.applyAsDouble(group.over(hyperParameters));
          Arrays.fill(values, (int) group.from(), (int) group.to(), value);
        }
      }
    }
    for (double value : values) {
      check(state, domain, value);
    }
    return values;
  }

  /** As above, with the same value everywhere. */
  public double[] doubles(String state, Interval domain, double byDefault) {
    return doubles(state, domain, _ -> byDefault);
  }

  /** As above, for a state whose initial values have to be given. */
  public double[] doubles(String state, Interval domain) {
    return doubles(state, domain, Double.NaN);
  }

  /** As {@link #doubles(String, Interval, ToDoubleFunction)}, in single precision. */
  public float[] floats(String state, Interval domain, ToDoubleFunction<double[]> byDefault) {
    float[] values = new float[dimension()];
    switch (states.get(state)) {
      case float[] given -> System.arraycopy(given, 0, values, 0, values.length);
      case double[] given -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) given[i];
        }
      }
      case null, default -> {
        Arrays.fill(values, (float) byDefault.applyAsDouble(hyperParameters()));
        for (Range group : groups) {
          double value = byDefault.applyAsDouble(group.over(hyperParameters));
          Arrays.fill(values, (int) group.from(), (int) group.to(), (float) value);
        }
      }
    }
    for (float value : values) {
      check(state, domain, value);
    }
    return values;
  }

  /** As above, with the same value everywhere. */
  public float[] floats(String state, Interval domain, double byDefault) {
    return floats(state, domain, _ -> byDefault);
  }

  /** As above, for a state whose initial values have to be given. */
  public float[] floats(String state, Interval domain) {
    return floats(state, domain, Double.NaN);
  }

  /**
   * A new array with the initial value of a state that all coordinates share.
   *
   * @param byDefault the value where none is given, from the values of the hyper-parameters
   * @throws IllegalArgumentException if it lies outside the state's domain
   */
  public double[] sharedDouble(
      String state, Interval domain, ToDoubleFunction<double[]> byDefault) {
    double value =
        switch (states.get(state)) {
          case double[] given -> given[0];
          case float[] given -> given[0];
          case null, default -> byDefault.applyAsDouble(hyperParameters());
        };
    check(state, domain, value);
    return new double[] {value};
  }

  /** As above, with a value that depends on nothing. */
  public double[] sharedDouble(String state, Interval domain, double byDefault) {
    return sharedDouble(state, domain, _ -> byDefault);
  }

  /** As above, for a state whose initial value has to be given. */
  public double[] sharedDouble(String state, Interval domain) {
    return sharedDouble(state, domain, Double.NaN);
  }

  /** As {@link #sharedDouble(String, Interval, ToDoubleFunction)}, in single precision. */
  public float[] sharedFloat(String state, Interval domain, ToDoubleFunction<double[]> byDefault) {
    float value = (float) sharedDouble(state, domain, byDefault)[0];
    check(state, domain, value);
    return new float[] {value};
  }

  /** As above, with a value that depends on nothing. */
  public float[] sharedFloat(String state, Interval domain, double byDefault) {
    return sharedFloat(state, domain, _ -> byDefault);
  }

  /** As above, for a state whose initial value has to be given. */
  public float[] sharedFloat(String state, Interval domain) {
    return sharedFloat(state, domain, Double.NaN);
  }

  private static void check(String state, Interval domain, double value) {
    if (!domain.contains(value)) {
      throw new IllegalArgumentException(
          "an initial value of %s, %s, lies outside %s".formatted(state, value, domain));
    }
  }
}
