package org.blrc.replay;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.blrc.syntax.SpecException;

/**
 * A recorded trajectory: what an optimizer was given and what it must reach. Every array has one
 * value for each coordinate, unless said otherwise; maps are in the order of the file.
 *
 * @param dimension the number of coordinates
 * @param samples the number of evaluations in a step, where the trace states it
 * @param hyperParameters from the first step on
 * @param tolerance relative to the largest magnitude in an array, where the trace states it
 */
public record Trace(
    int dimension,
    OptionalInt samples,
    Map<String, Double> hyperParameters,
    Map<String, double[]> initialState,
    OptionalDouble tolerance,
    List<Step> steps) {

  /**
   * One step.
   *
   * @param hyperParameters those that change from this step on
   * @param noise one array for each sample
   * @param askedAt the points at which the loss was asked, in order, where they were recorded
   * @param oracle the answers, in the order asked
   */
  public record Step(
      Map<String, Double> hyperParameters,
      Map<String, List<double[]>> noise,
      Optional<List<double[]>> askedAt,
      List<Answer> oracle,
      Map<String, double[]> stateAfter) {}

  /**
   * What was answered at one point.
   *
   * @param values by kind; those for single examples hold one row for each example, row after row
   */
  public record Answer(Map<String, double[]> values) {}

  /**
   * Reads a trace.
   *
   * @throws SpecException if the file cannot be read or is no trace
   */
  public static Trace read(Path file) throws SpecException {
    return TraceReader.read(file);
  }
}
