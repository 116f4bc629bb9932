package org.blrc.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.RecordedNoise;
import org.junit.jupiter.api.Test;

/**
 * Two steps each of published algorithms in one dimension, worked out independently: on the mean
 * loss with gradient 2 (theta - 1), or on two examples a_i (theta - y_i)^2 / 2 with a = (1, 3) and
 * y = (0.5, 1.2).
 */
final class WorkedExamplesTest {

  private static final double[] DRAWS = {0.5, -1.2};

  private static double[] gradient(double theta) {
    return new double[] {2 * (theta - 1)};
  }

  private static double[] exampleGradients(double theta) {
    return new double[] {theta - 0.5, 3 * (theta - 1.2)};
  }

  @Test
  void rmsprop() {
    Map<String, Double> hypers = Map.of("alpha", 0.01, "rho", 0.1);
    ReferenceOptimizer optimizer = new ReferenceOptimizer(ZooPrograms.rmsprop(), 1, hypers);
    run(optimizer, 1, WorkedExamplesTest::gradient);
    assertState(optimizer, "s", 0.4);
    assertState(optimizer, "m", 0.0316227761016838);
    run(optimizer, 2, WorkedExamplesTest::gradient);
    assertState(optimizer, "s", 0.735101779106004);
    assertState(optimizer, "m", 0.0542119745118987);
  }

  @Test
  void onlineGaussNewtonWithDraws() {
    // The worked example stores the whole precision; here it is s + gamma with gamma = 1. Prior and
    // data scale agree, so only the stored number differs by gamma.
    Map<String, Double> hypers = Map.of("alpha", 0.1, "rho", 0.1, "gamma", 1.0, "N", 100.0);
    ReferenceOptimizer optimizer = new ReferenceOptimizer(ZooPrograms.vogn(), 1, hypers);
    start(optimizer, Map.of("m", 0.5, "s", 49.0));
    double theta = run(optimizer, 1, WorkedExamplesTest::exampleGradients);
    assertEquals(0.570710678118655, theta, 1e-14);
    assertState(optimizer, "s", 61.9452272785248);
    assertState(optimizer, "m", 0.643549985094893);
    theta = run(optimizer, 2, WorkedExamplesTest::exampleGradients);
    assertEquals(0.492298431918009, theta, 1e-14);
    assertState(optimizer, "s", 78.2888690473838);
    assertState(optimizer, "m", 0.777108156504828);
  }

  @Test
  void improvedVariationalOnlineNewton() {
    // The published code multiplies its rate by the initial h + delta.
    Map<String, Double> hypers =
        Map.of("alpha", 0.1 * 1.01, "beta1", 0.9, "rho", 0.01, "N", 100.0, "delta", 0.01);
    ReferenceOptimizer optimizer = new ReferenceOptimizer(ZooPrograms.ivon(), 1, hypers);
    start(optimizer, Map.of("m", 0.5));
    double theta = run(optimizer, 1, WorkedExamplesTest::gradient);
    assertEquals(0.5497518595104995, theta, 1e-14);
    assertState(optimizer, "v", -0.0900496280979001);
    assertState(optimizer, "h", 0.946261757429572);
    assertState(optimizer, "m", 0.594581973686781);
    run(optimizer, 2, WorkedExamplesTest::gradient);
    assertState(optimizer, "v", -0.186670999313599);
    assertState(optimizer, "h", 1.06760108062819);
    assertState(optimizer, "m", 0.686109207000629);
  }

  @Test
  void sharpnessAwareVariant() {
    Map<String, Double> hypers =
        Map.of(
            "alpha", 0.1, "beta1", 0.9, "rho", 0.01, "r", 0.05, "wd", 0.01, "damping", 0.1, "N",
            100.0);
    ReferenceOptimizer optimizer = new ReferenceOptimizer(ZooPrograms.bsam(), 1, hypers);
    start(optimizer, Map.of("m", 0.5));
    assertEquals(0.55, run(optimizer, 1, WorkedExamplesTest::gradient), 1e-14);
    assertState(optimizer, "v", -0.1085);
    assertState(optimizer, "m", 0.51085);
    assertState(optimizer, "s", 1.0001);
    double theta = run(optimizer, 2, WorkedExamplesTest::gradient);
    assertEquals(0.390855999550038, theta, 1e-14);
    assertState(optimizer, "v", -0.207150811842815);
    assertState(optimizer, "m", 0.531563009883293);
    assertState(optimizer, "s", 1.00338248913777);
  }

  private static void start(ReferenceOptimizer optimizer, Map<String, Double> states) {
    states.forEach((name, value) -> optimizer.state(name)[0] = value);
    optimizer.refresh();
  }

  /** Makes a step with the recorded draw; returns the point of its first phase. */
  private static double run(
      ReferenceOptimizer optimizer, int step, DoubleFunction<double[]> answers) {
    RecordedNoise noise = new RecordedNoise();
    noise.set(new double[][] {{DRAWS[step - 1]}});
    optimizer.noise(noise);
    double first = Double.NaN;
    try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
      first = optimizer.parameters()[0];
      for (List<?> _ : optimizer.phases()) {
        evaluation.gradient(answers.apply(optimizer.parameters()[0]));
      }
    }
    optimizer.step();
    return first;
  }

  private static void assertState(ReferenceOptimizer optimizer, String name, double expected) {
    assertEquals(expected, optimizer.state(name)[0], 1e-13 * Math.max(1, Math.abs(expected)));
  }
}
