package org.blrc.replay;

import java.util.Optional;
import org.blrc.program.Program.AnswerKind;
import org.blrc.replay.Trace.Answer;

/** Finds in a recorded answer what is asked. */
final class Answers {

  private Answers() {}

  /** Rows for single examples serve where their mean is asked; the mean does not serve for rows. */
  static Optional<double[]> find(AnswerKind asked, Answer answer, int dimension) {
    return Optional.ofNullable(answer.values().get(asked.label()))
        .or(
            () ->
                rows(asked)
                    .map(kind -> answer.values().get(kind.label()))
                    .map(r -> mean(r, dimension)));
  }

  private static Optional<AnswerKind> rows(AnswerKind mean) {
    // Of products of the Hessian with a vector, no rows can be asked for.
    return mean.perExample() || mean.isDirected()
        ? Optional.empty()
        : Optional.of(AnswerKind.of(mean.order(), true));
  }

  private static double[] mean(double[] rows, int dimension) {
    double[] mean = new double[dimension];
    int count = rows.length / dimension;
    for (int i = 0; i < rows.length; i++) {
      mean[i % dimension] += rows[i] / count;
    }
    return mean;
  }
}
