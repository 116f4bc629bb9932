package org.blrc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScoresTest {

  @Test
  void scoresOfAHandComputedExample() {
    // Confidences 0.9 (right), 0.91 (wrong), 0.6 (right), 0.5 (right: the first of equals).
    // Bins of width 1/15: 0.9 and 0.91 share (13/15, 14/15], 0.6 = 9/15 and 0.5 are alone.
    Scores scores =
        Scores.of(
            List.of(
                new double[] {0.9, 0.1},
                new double[] {0.91, 0.09},
                new double[] {0.4, 0.6},
                new double[] {0.5, 0.5}),
            labels(0, 1, 1, 0));
    assertEquals(0.75, scores.accuracy());
    double likelihood = Math.log(0.9) + Math.log(0.09) + Math.log(0.6) + Math.log(0.5);
    assertEquals(-likelihood / 4, scores.negativeLogLikelihood(), 1e-15);
    double first = Math.abs((0.9 + 0.91) / 2 - 0.5);
    assertEquals(2. / 4 * first + 1. / 4 * 0.4 + 1. / 4 * 0.5, scores.calibrationError(), 1e-15);
    double squares = 2 * 0.1 * 0.1 + 2 * 0.91 * 0.91 + 2 * 0.4 * 0.4 + 2 * 0.5 * 0.5;
    assertEquals(squares / 4, scores.brierScore(), 1e-15);
  }

  @Test
  void perfectPredictionsHaveNoError() {
    Scores scores = Scores.of(List.of(new double[] {1, 0}, new double[] {0, 1}), labels(0, 1));
    assertEquals(new Scores(1, 0, 0, 0), scores);
  }

  @Test
  void certaintyInTheWrongClassIsBadButFinite() {
    Scores scores = Scores.of(List.of(new double[] {1, 0}), labels(1));
    assertEquals(0, scores.accuracy());
    assertEquals(1, scores.calibrationError());
    assertEquals(2, scores.brierScore());
    assertEquals(1074 * Math.log(2), scores.negativeLogLikelihood(), 1e-9);
  }

  private static Dataset labels(Integer... labels) {
    List<Integer> list = List.of(labels);
    return Dataset.of(list.stream().map(label -> new double[0]).toList(), list);
  }
}
