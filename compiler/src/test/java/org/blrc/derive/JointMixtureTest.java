package org.blrc.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.blrc.emit.java.CompiledProgram;
import org.blrc.program.Program;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.Optimizer;
import org.blrc.verify.Check;
import org.blrc.verify.Verifier;
import org.junit.jupiter.api.Test;

/** Mixtures of which all coordinates are in one component, against differences of its density. */
final class JointMixtureTest {

  private static final String SPEC =
      """
      optimizer Modes {
        hyper      rho: unit = 0.1, delta: positive = 0.7, w: positive = 3
        state      m[2]: real, s[2]: positive = k for k in 1..2
        posterior  theta ~ mixture(k in 1..2) of each Normal(mean = m[k], precision = s[k]) with weights 1 + [k = 2] * w
        prior      each theta ~ Normal(mean = 0, precision = delta)
        loss       ell(theta)
        rate       rho
        step       blockwise
        approximate
          delta_method
      }
      """;

  private static final double[][] MEANS = {{0.3, -0.4, 1.1}, {0.9, 0.2, 0.5}};
  private static final double[] PRECISIONS = {1, 2};
  private static final double[] WEIGHTS = {1, 4};

  /** The logarithm of a component's responsibility for a point. */
  private static double logResponsibility(int k, double[] at) {
    double[] joint = new double[2];
    for (int j = 0; j < 2; j++) {
      joint[j] = WEIGHTS[j];
      for (int i = 0; i < at.length; i++) {
        double distance = at[i] - MEANS[j][i];
        joint[j] *= Math.sqrt(PRECISIONS[j]) * Math.exp(-PRECISIONS[j] * distance * distance / 2);
      }
    }
    return Math.log(joint[k] / (joint[0] + joint[1]));
  }

  private static double[] moved(double[] at, int i, double by) {
    double[] result = at.clone();
    result[i] += by;
    return result;
  }

  private static double slope(ToDoubleFunction<double[]> f, double[] at, int i) {
    double h = 1e-5;
    return (f.applyAsDouble(moved(at, i, h)) - f.applyAsDouble(moved(at, i, -h))) / (2 * h);
  }

  private static double bend(ToDoubleFunction<double[]> f, double[] at, int i) {
    double h = 1e-4;
    return (f.applyAsDouble(moved(at, i, h))
            - 2 * f.applyAsDouble(at)
            + f.applyAsDouble(moved(at, i, -h)))
        / (h * h);
  }

  private static void step(Optimizer<double[]> optimizer) {
    double[] none = new double[3];
    try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
      for (var phase : optimizer.phases()) {
        for (int question = 0; question < phase.size(); question++) {
          evaluation.answer(question, none);
        }
      }
    }
    optimizer.step();
  }

  /**
   * @param shared whether the coordinates share the precision of a component
   */
  private static void compare(Optimizer<double[]> optimizer, boolean shared) {
    step(optimizer);
    for (int k = 0; k < 2; k++) {
      int component = k;
      ToDoubleFunction<double[]> loss = at -> -logResponsibility(component, at);
      for (int i = 0; i < 3; i++) {
        double gradient = slope(loss, MEANS[k], i) + 0.7 * MEANS[k][i];
        assertEquals(
            MEANS[k][i] - 0.1 * gradient / PRECISIONS[k],
            optimizer.state("m[%d]".formatted(k + 1))[i],
            1e-9);
        int first = shared ? 0 : i;
        int last = shared ? 2 : i;
        double curvature =
            0.7
                + IntStream.rangeClosed(first, last)
                    .mapToDouble(at -> bend(loss, MEANS[component], at))
                    .average()
                    .orElseThrow();
        assertEquals(
            0.9 * PRECISIONS[k] + 0.1 * curvature,
            optimizer.state("s[%d]".formatted(k + 1))[first],
            1e-7);
      }
    }
  }

  @Test
  void movesByTheResponsibilitiesOfAllCoordinatesTogether() {
    Program program = Specs.derive(SPEC).program();
    Map<String, double[]> start = Map.of("m[1]", MEANS[0], "m[2]", MEANS[1]);
    compare(CompiledProgram.of(program).doubles(3, Map.of(), start), false);
    ReferenceOptimizer reference = new ReferenceOptimizer(program, 3, Map.of());
    start.forEach((name, values) -> System.arraycopy(values, 0, reference.state(name), 0, 3));
    reference.refresh();
    compare(reference, false);
  }

  @Test
  void sharesThePrecisionsOfItsComponents() {
    Derivation derivation = Specs.derive(SPEC.replace("s[2]: positive", "shared s[2]: positive"));
    Map<String, double[]> start = Map.of("m[1]", MEANS[0], "m[2]", MEANS[1]);
    compare(CompiledProgram.of(derivation.program()).doubles(3, Map.of(), start), true);
    // An integral over several coordinates is not taken for one over each of them.
    List<Check> failed =
        Verifier.verify(derivation).stream().filter(check -> !check.passes()).toList();
    assertTrue(failed.isEmpty(), failed::toString);
  }

  @Test
  void isVerified() {
    String drawn = SPEC.replace("delta_method", "monte_carlo(samples = 2) geodesic(s)");
    List<Check> failed =
        Verifier.verify(Specs.derive(drawn)).stream().filter(check -> !check.passes()).toList();
    assertTrue(failed.isEmpty(), failed::toString);
  }

  /** With one coordinate, there is no difference. */
  @Test
  void isAProductOfMixturesInOneDimension() {
    String product = SPEC.replace("theta ~ mix", "each theta ~ mix").replace("of each", "of");
    Map<String, double[]> start = Map.of("m[1]", new double[] {0.3}, "m[2]", new double[] {0.9});
    Optimizer<double[]> one =
        CompiledProgram.of(Specs.derive(SPEC).program()).doubles(1, Map.of(), start);
    Optimizer<double[]> other =
        CompiledProgram.of(Specs.derive(product).program()).doubles(1, Map.of(), start);
    for (Optimizer<double[]> each : List.of(one, other)) {
      try (Evaluation<double[]> evaluation = each.evaluate()) {
        for (var phase : each.phases()) {
          for (int question = 0; question < phase.size(); question++) {
            evaluation.answer(question, new double[] {0.4});
          }
        }
      }
      each.step();
    }
    for (String state : one.states()) {
      assertEquals(other.state(state)[0], one.state(state)[0], 1e-14, state);
    }
  }
}
