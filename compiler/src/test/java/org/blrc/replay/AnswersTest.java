package org.blrc.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.blrc.program.Program.AnswerKind;
import org.blrc.replay.Trace.Answer;
import org.junit.jupiter.api.Test;

final class AnswersTest {

  private static final Answer DIAGONALS =
      new Answer(Map.of("per_example_hessian_diagonals", new double[] {1, 2, 3, 6}));

  @Test
  void rowsServeWhereTheirMeanIsAsked() {
    assertArrayEquals(
        new double[] {2, 4}, Answers.find(AnswerKind.HESSIAN_DIAGONAL, DIAGONALS, 2).orElseThrow());
  }

  @Test
  void diagonalsAreNoProducts() {
    assertEquals(Optional.empty(), Answers.find(AnswerKind.HESSIAN_VECTOR_PRODUCT, DIAGONALS, 2));
  }
}
