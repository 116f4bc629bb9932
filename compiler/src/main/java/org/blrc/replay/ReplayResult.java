package org.blrc.replay;

import java.util.List;
import java.util.Map;

/**
 * What an optimizer computed from a trace, and how it compares.
 *
 * @param optimizer its name
 * @param comparisons the points first, then the states, as far as the trace records them
 */
public record ReplayResult(
    String optimizer,
    int dimension,
    double tolerance,
    List<Comparison> comparisons,
    List<ComputedStep> steps) {

  /** The points at which the loss was asked, and all states after the step. */
  public record ComputedStep(List<double[]> askedAt, Map<String, double[]> stateAfter) {}

  /** Whether everything that was recorded was reached. */
  public boolean agrees() {
    return comparisons.stream().allMatch(Comparison::agrees);
  }
}
