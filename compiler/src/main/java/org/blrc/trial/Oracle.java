package org.blrc.trial;

import java.util.Arrays;
import java.util.Optional;
import org.blrc.program.Program.AnswerKind;
import org.blrc.runtime.Question;

/**
 * Answers what an optimizer asks of the loss. The loss of a spec is the mean loss over the examples
 * of a minibatch, or a single example's loss where the question is asked per example.
 */
final class Oracle {

  private final Model model;
  private final Dataset data;

  Oracle(Model model, Dataset data) {
    this.model = model;
    this.data = data;
  }

  /** The kind of a question; empty where no model here can answer it. */
  static Optional<AnswerKind> kind(Question question) {
    return Arrays.stream(AnswerKind.values())
        .filter(kind -> kind.label().equals(question.kind()))
        .findFirst();
  }

  /** The length of an answer for a minibatch of {@code examples}. */
  int length(AnswerKind kind, int examples) {
    return kind.perExample() ? examples * model.dimension() : model.dimension();
  }

  /**
   * Answers at {@code w} for the examples with the indices {@code batch}. A value is asked of one
   * coordinate at a time, while the others are {@code held}.
   *
   * @param v what the Hessian is multiplied with
   */
  void answer(AnswerKind kind, double[] held, double[] w, double[] v, int[] batch, double[] out) {
    Arrays.fill(out, 0);
    double scale = kind.perExample() ? 1 : 1.0 / batch.length;
    int row = kind.perExample() ? model.dimension() : 0;
    for (int i = 0; i < batch.length; i++) {
      double[] x = data.input(batch[i]);
      int label = data.label(batch[i]);
      switch (kind) {
        case VALUE, PER_EXAMPLE_VALUES -> model.addLosses(held, w, x, label, scale, out, i * row);
        case GRADIENT, PER_EXAMPLE_GRADIENTS -> model.addGradient(w, x, label, scale, out, i * row);
        case HESSIAN_DIAGONAL, PER_EXAMPLE_HESSIAN_DIAGONALS ->
            model.addHessianDiagonal(w, x, label, scale, out, i * row);
        case HESSIAN_VECTOR_PRODUCT -> model.addHessianProduct(w, v, x, label, scale, out, 0);
      }
    }
  }
}
