package org.blrc.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.blrc.emit.java.CompiledProgram;
import org.blrc.program.Program;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.Optimizer;
import org.blrc.syntax.SpecException;
import org.junit.jupiter.api.Test;

/**
 * At temperature 1, VOGN with the logarithm of the standard deviation as its state goes the way of
 * VOGN: exp(-2 ls) = s + gamma, and the mean is the same.
 */
final class LogStdVognTest {

  private static final int STEPS = 200;
  private static final double GAMMA = 0.7;
  private static final double RHO = 0.1;
  private static final double EXAMPLES = 5;
  private static final double[] MEAN = {0.5, -2, 3};
  private static final double[] PRECISION = {0.8, 3, 40};

  /** Powers and logarithms go back and forth between the two, in each step. */
  private static final double LIMIT = 1e-12;

  private static Map<String, Double> hyperParameters() {
    return Map.of("alpha", 0.3, "rho", RHO, "gamma", GAMMA, "N", EXAMPLES);
  }

  /** The examples of the minibatch have the losses c (x - b)^2 / 2 and log(cosh(x - 1)). */
  private static void step(Optimizer<double[]> optimizer) {
    try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
      double[] x = optimizer.parameters();
      double[] gradients = new double[2 * MEAN.length];
      for (int i = 0; i < MEAN.length; i++) {
        gradients[i] = (1 + i) * (x[i] - 0.3);
        gradients[MEAN.length + i] = Math.tanh(x[i] - 1);
      }
      evaluation.answer(0, gradients);
    }
    optimizer.step();
  }

  private static void assertSameWay(
      Optimizer<double[]> precisions, Optimizer<double[]> logarithms) {
    for (int i = 0; i < MEAN.length; i++) {
      precisions.state("m")[i] = MEAN[i];
      precisions.state("s")[i] = PRECISION[i] - GAMMA;
      logarithms.state("m")[i] = MEAN[i];
      logarithms.state("ls")[i] = -Math.log(PRECISION[i]) / 2;
    }
    for (Optimizer<double[]> each : List.of(precisions, logarithms)) {
      each.refresh();
    }
    for (int step = 1; step <= STEPS; step++) {
      step(precisions);
      step(logarithms);
      for (int i = 0; i < MEAN.length; i++) {
        double expected = precisions.state("s")[i] + GAMMA;
        double mean = precisions.state("m")[i];
        assertEquals(expected, Math.exp(-2 * logarithms.state("ls")[i]), LIMIT * expected);
        assertEquals(mean, logarithms.state("m")[i], LIMIT * (1 + Math.abs(mean)));
      }
    }
  }

  @Test
  void referencesGoTheSameWay() throws SpecException {
    assertSameWay(
        new ReferenceOptimizer(Zoo.program("vogn.blr"), MEAN.length, hyperParameters()),
        new ReferenceOptimizer(Zoo.program("vogn-logstd.blr"), MEAN.length, hyperParameters()));
  }

  @Test
  void emittedClassesGoTheSameWay() throws SpecException {
    Program precisions = Zoo.program("vogn.blr");
    Program logarithms = Zoo.program("vogn-logstd.blr");
    Map<String, double[]> start = Map.of("m", new double[MEAN.length]);
    assertSameWay(
        CompiledProgram.of(precisions).doubles(MEAN.length, hyperParameters(), start),
        CompiledProgram.of(logarithms).doubles(MEAN.length, hyperParameters(), start));
  }

  /** The stationary precision at temperature T is (N mean g^2 + gamma) / T. */
  @Test
  void theTemperatureDividesThePrecision() throws SpecException {
    double temperature = 0.25;
    Map<String, Double> hyper =
        Map.of("alpha", 1e-3, "rho", RHO, "gamma", GAMMA, "N", EXAMPLES, "T", temperature);
    Optimizer<double[]> optimizer =
        new ReferenceOptimizer(Zoo.program("vogn-logstd.blr"), 1, hyper);
    double[] gradients = {2, 3};
    for (int step = 0; step < 2000; step++) {
      try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
        evaluation.answer(0, gradients);
      }
      optimizer.step();
    }
    double expected = (EXAMPLES * (4 + 9) / 2 + GAMMA) / temperature;
    assertEquals(expected, Math.exp(-2 * optimizer.state("ls")[0]), LIMIT * expected);
  }
}
