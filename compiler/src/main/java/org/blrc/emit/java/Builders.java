package org.blrc.emit.java;

import java.util.Map;
import org.blrc.runtime.OptimizerBuilder;

/** What loaded classes are started with, by the names of the spec. */
final class Builders {

  private Builders() {}

  /**
   * Gives a builder what it needs.
   *
   * @throws IllegalArgumentException if a name is unknown or a value does not fit
   */
  static <B extends OptimizerBuilder<?>> B fill(
      B builder,
      int dimension,
      Map<String, Double> hyperParameters,
      Map<String, double[]> initialStates) {
    builder.dimension(dimension);
    hyperParameters.forEach(builder::hyperParameter);
    initialStates.forEach(builder::state);
    return builder;
  }
}
