package org.blrc.derive;

import java.util.Map;
import org.blrc.program.Program;
import org.blrc.program.Program.AnswerKind;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.OutOfDomain;
import org.blrc.runtime.RecordedNoise;

/**
 * Runs one step of a derived program, with a loss that is known as a formula.
 *
 * @param examples the size of the minibatch
 * @param noise by stream and draw, one value for each coordinate
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record OneStep(
    Program program,
    Map<String, Double> hypers,
    Map<String, double[]> states,
    int examples,
    double[][][] noise) {

  /** Derivatives of the loss functions; without data the example is 0. */
  interface Loss {
    double derivative(String function, int order, int example, double theta);
  }

  static OneStep of(String spec, Map<String, Double> hypers, Map<String, double[]> states) {
    return new OneStep(Specs.derive(spec).program(), hypers, states, 1, new double[0][][]);
  }

  OneStep withExamples(int number) {
    return new OneStep(program, hypers, states, number, noise);
  }

  OneStep withNoise(double[][]... byStreamAndDraw) {
    return new OneStep(program, hypers, states, examples, byStreamAndDraw);
  }

  OneStep at(Map<String, double[]> other) {
    return new OneStep(program, hypers, other, examples, noise);
  }

  /** The optimizer after one step. */
  ReferenceOptimizer run(Loss loss) {
    return run(loss, 1);
  }

  /** The optimizer after some steps, all with the same draws. */
  ReferenceOptimizer run(Loss loss, int steps) {
    int dimension = states.values().iterator().next().length;
    ReferenceOptimizer optimizer = new ReferenceOptimizer(program, dimension, hypers);
    states.forEach(
        (name, values) -> System.arraycopy(values, 0, optimizer.state(name), 0, dimension));
    optimizer.refresh();
    // The arithmetic is looked at wherever it leads.
    optimizer.outOfDomain(OutOfDomain.PROPAGATE);
    for (int step = 0; step < steps; step++) {
      RecordedNoise recorded = new RecordedNoise();
      recorded.set(noise);
      optimizer.noise(recorded);
      for (int draw = 0; draw < optimizer.samples(); draw++) {
        evaluate(optimizer, loss);
      }
      optimizer.step();
    }
    return optimizer;
  }

  private void evaluate(ReferenceOptimizer optimizer, Loss loss) {
    try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
      for (Program.Phase phase : program.phases()) {
        double[] point = optimizer.parameters().clone();
        for (int question = 0; question < phase.answers().size(); question++) {
          evaluation.answer(question, answer(phase.answers().get(question), point, loss));
        }
      }
    }
  }

  private double[] answer(Program.Answer asked, double[] point, Loss loss) {
    AnswerKind kind = asked.kind();
    double[] values = new double[kind.perExample() ? examples * point.length : point.length];
    for (int example = 0; example < examples; example++) {
      for (int i = 0; i < point.length; i++) {
        double value = loss.derivative(asked.function(), kind.order(), example, point[i]);
        if (kind.perExample()) {
          values[example * point.length + i] = value;
        } else {
          values[i] += value / examples;
        }
      }
    }
    return values;
  }
}
