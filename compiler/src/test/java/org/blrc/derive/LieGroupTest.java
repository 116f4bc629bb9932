package org.blrc.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.RecordedNoise;
import org.junit.jupiter.api.Test;

/**
 * Two steps each of the Lie-group learning rules, worked out independently: on the loss with
 * gradient 2 (theta - 1), with the draws 0.5 and -1.2 of a Gaussian, or with weights that are the
 * difference of two with Rayleigh's distribution, whose noises are 1.1 and 0.9.
 */
final class LieGroupTest {

  private static final double[] DRAWS = {0.5, -1.2};

  @Test
  void affine() {
    ReferenceOptimizer optimizer =
        optimizer(
            Specs.text("lie-affine"),
            Map.of(
                "alpha1", 0.1, "alpha2", 0.05, "beta1", 0.8, "beta2", 0.99, "spread", 1.0, "T",
                0.01),
            Map.of("b", 0.5, "A", 0.1));
    step(optimizer, 0);
    assertStates(
        optimizer,
        Map.of("MU", -.00055, "MV", -.018, "b", .500180004950091, "A", .100002750037813));
    step(optimizer, 1);
    assertStates(
        optimizer,
        Map.of(
            "MU",
            .000843116817128654,
            "MV",
            -.0391936136188109,
            "b",
            .500571935342283,
            "A",
            .099998534426654));
  }

  @Test
  void additive() {
    ReferenceOptimizer optimizer =
        optimizer(
            Specs.text("lie-additive"),
            Map.of("alpha", 0.1, "beta", 0.9, "spread", 0.05),
            Map.of("w", 0.5));
    step(optimizer, 0);
    assertStates(optimizer, Map.of("v", -.095, "w", .5095));
    step(optimizer, 1);
    assertStates(optimizer, Map.of("v", -.1956, "w", .52906));
  }

  private static void step(ReferenceOptimizer optimizer, int step) {
    draw(optimizer, DRAWS[step]);
    try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
      evaluation.gradient(new double[] {2 * (optimizer.parameters()[0] - 1)});
    }
    optimizer.step();
  }

  @Test
  void aDifferenceOfTwoMultiplicativeGroups() {
    String text = Specs.text("lie-multiplicative");
    String negative =
        text.replace("support   positive", "support   negative")
            .replace("sample    factor", "sample    -factor");
    Map<String, Double> hypers = Map.of("alpha", 0.5, "beta", 0.9, "T", 0.01);
    ReferenceOptimizer plus = optimizer(text, hypers, Map.of("a", 0.6));
    ReferenceOptimizer minus = optimizer(negative, hypers, Map.of("a", 0.2));
    both(plus, minus);
    assertStates(plus, Map.of("M", -.06964, "a", .621259988416843));
    assertStates(minus, Map.of("M", .01772, "a", .198235826827712));
    both(plus, minus);
    assertStates(plus, Map.of("M", -.131334801456243, "a", .663425826287433));
    assertStates(minus, Map.of("M", .032611749080355, "a", .195029629272384));
  }

  /** A step of the two parts of a weight, which share its gradient. */
  private static void both(ReferenceOptimizer plus, ReferenceOptimizer minus) {
    draw(plus, uniform(1.1));
    draw(minus, uniform(0.9));
    try (Evaluation<double[]> above = plus.evaluate();
        Evaluation<double[]> below = minus.evaluate()) {
      double weight = plus.parameters()[0] + minus.parameters()[0];
      above.gradient(new double[] {2 * (weight - 1)});
      below.gradient(new double[] {2 * (weight - 1)});
    }
    plus.step();
    minus.step();
  }

  /** The uniform number from which Rayleigh's noise is made. */
  private static double uniform(double noise) {
    return Math.exp(-noise * noise / 2);
  }

  private static ReferenceOptimizer optimizer(
      String spec, Map<String, Double> hypers, Map<String, Double> start) {
    ReferenceOptimizer optimizer = new ReferenceOptimizer(Specs.derive(spec).program(), 1, hypers);
    start.forEach((name, value) -> optimizer.state(name)[0] = value);
    optimizer.refresh();
    return optimizer;
  }

  private static void draw(ReferenceOptimizer optimizer, double noise) {
    RecordedNoise recorded = new RecordedNoise();
    recorded.set(new double[][] {{noise}});
    optimizer.noise(recorded);
  }

  private static void assertStates(ReferenceOptimizer optimizer, Map<String, Double> expected) {
    expected.forEach(
        (name, value) ->
            assertEquals(value, optimizer.state(name)[0], 1e-13 * Math.max(1, Math.abs(value))));
  }
}
