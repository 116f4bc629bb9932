package org.blrc.runtime;

import java.util.Arrays;
import java.util.Map;

/** What an optimizer starts from. */
public final class Start {

  private final int dimension;
  private final double[] hyperParameters;
  private final Map<String, Object> states;

  Start(int dimension, double[] hyperParameters, Map<String, Object> states) {
    this.dimension = dimension;
    this.hyperParameters = hyperParameters;
    this.states = states;
  }

  public int dimension() {
    return dimension;
  }

  /** The value of every hyper-parameter, in the order of the signature. */
  public double[] hyperParameters() {
    return hyperParameters.clone();
  }

  /**
   * A new array with the initial values of a state.
   *
   * @param byDefault the value of every coordinate, where none are given
   * @throws IllegalArgumentException if a value lies outside the state's domain
   */
  public double[] doubles(String state, Interval domain, double byDefault) {
    double[] values = new double[dimension];
    switch (states.get(state)) {
      case double[] given -> System.arraycopy(given, 0, values, 0, dimension);
      case float[] given -> Arrays.setAll(values, i -> given[i]);
      case null, default -> Arrays.fill(values, byDefault);
    }
    for (double value : values) {
      check(state, domain, value);
    }
    return values;
  }

  /** As above, for a state whose initial values have to be given. */
  public double[] doubles(String state, Interval domain) {
    return doubles(state, domain, Double.NaN);
  }

  /** As {@link #doubles(String, Interval, double)}, in single precision. */
  public float[] floats(String state, Interval domain, double byDefault) {
    float[] values = new float[dimension];
    switch (states.get(state)) {
      case float[] given -> System.arraycopy(given, 0, values, 0, dimension);
      case double[] given -> {
        for (int i = 0; i < dimension; i++) {
          values[i] = (float) given[i];
        }
      }
      case null, default -> Arrays.fill(values, (float) byDefault);
    }
    for (float value : values) {
      check(state, domain, value);
    }
    return values;
  }

  /** As above, for a state whose initial values have to be given. */
  public float[] floats(String state, Interval domain) {
    return floats(state, domain, Double.NaN);
  }

  private static void check(String state, Interval domain, double value) {
    if (!domain.contains(value)) {
      throw new IllegalArgumentException(
          "an initial value of %s, %s, lies outside %s".formatted(state, value, domain));
    }
  }
}
