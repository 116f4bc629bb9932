package org.blrc.emit.java;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.blrc.derive.Specs;
import org.blrc.runtime.AbstractOptimizer;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.OptimizerBuilder;
import org.blrc.runtime.OutOfDomain;
import org.blrc.runtime.OutOfDomainException;
import org.blrc.runtime.SegmentedOptimizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** States of which all coordinates share one value, in emitted optimizers. */
final class SharedStatesTest {

  private static final CompiledProgram ISOTROPIC =
      CompiledProgram.of(
          Specs.derive(
                  """
                  optimizer Ball {
                    hyper      alpha: unit = 0.2, rho: unit = 0.1, delta: positive = 0.5
                    state      m: real, shared s: positive = 2
                    posterior  each theta ~ Normal(mean = m, precision = s)
                    prior      each theta ~ Normal(mean = 0, precision = delta)
                    loss       ell(theta)
                    rate       m = alpha, s = rho
                    approximate
                      delta_method
                  }
                  """)
              .program());

  /** The loss is the sum of a_i theta_i^2 / 2 + b_i theta_i. */
  private static final double[] A = {0.5, 3, 1.25};

  private static final double[] B = {1, -2, 0.3};
  private static final double[] START = {0.4, -1, 2};

  private static double[] gradient(double[] at) {
    double[] result = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      result[i] = A[i] * at[i] + B[i];
    }
    return result;
  }

  private static void step(Optimizer<double[]> optimizer, double[] curvature) {
    try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
      double[] gradient = gradient(optimizer.parameters());
      List<String> kinds =
          optimizer.phases().getFirst().stream().map(question -> question.kind()).toList();
      evaluation.answer(kinds.indexOf("gradient"), gradient);
      evaluation.answer(kinds.indexOf("hessian_diagonal"), curvature);
    }
    optimizer.step();
  }

  private static Optimizer<double[]> ball() {
    return ISOTROPIC.doubles(3, Map.of(), Map.of("m", START));
  }

  @Test
  void moveWithTheMeanOverAllCoordinates() {
    Optimizer<double[]> optimizer = ball();
    double[] m = START.clone();
    double s = 2;
    for (int step = 0; step < 5; step++) {
      step(optimizer, A);
      s = 0.9 * s + 0.1 * ((A[0] + A[1] + A[2]) / 3 + 0.5);
      double[] gradient = gradient(m);
      for (int i = 0; i < 3; i++) {
        m[i] -= 0.2 * (gradient[i] + 0.5 * m[i]) / s;
      }
      assertArrayEquals(m, optimizer.state("m"), 1e-14);
      assertArrayEquals(new double[] {s}, optimizer.state("s"), 1e-14);
    }
  }

  @Test
  void areSavedAsOneNumber(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("state.npz");
    Optimizer<double[]> optimizer = ball();
    step(optimizer, A);
    optimizer.save(file);
    Optimizer<double[]> again = ball();
    again.load(file);
    assertArrayEquals(optimizer.state("s"), again.state("s"));
    step(optimizer, A);
    step(again, A);
    assertArrayEquals(optimizer.state("s"), again.state("s"));
    assertArrayEquals(optimizer.state("m"), again.state("m"));
  }

  @Test
  void areTheSameInAllSegments(@TempDir Path folder) throws IOException {
    SegmentedOptimizer<double[]> parts = segments(2, 2);
    Optimizer<double[]> whole = ball();
    for (int step = 0; step < 3; step++) {
      step(whole, A);
      step(parts);
    }
    assertArrayEquals(whole.state("s"), parts.state("s").get(0));
    assertArrayEquals(whole.state("s"), parts.state("s").get(1));
    assertEquals(whole.state("m")[2], parts.state("m").get(1)[0]);

    Path file = folder.resolve("parts.npz");
    parts.save(file);
    Optimizer<double[]> loaded = ball();
    loaded.load(file);
    assertArrayEquals(whole.state("s"), loaded.state("s"));
    SegmentedOptimizer<double[]> others = segments(2, 2);
    others.load(file);
    assertArrayEquals(whole.state("s"), others.state("s").get(1));
  }

  private static SegmentedOptimizer<double[]> segments(double first, double second) {
    List<AbstractOptimizer<double[]>> segments = new ArrayList<>();
    segments.add(segment(new double[] {START[0], START[1]}, first));
    segments.add(segment(new double[] {START[2]}, second));
    return new SegmentedOptimizer<>(segments);
  }

  private static AbstractOptimizer<double[]> segment(double[] m, double s) {
    Map<String, double[]> states = Map.of("m", m, "s", new double[] {s});
    return (AbstractOptimizer<double[]>) ISOTROPIC.doubles(m.length, Map.of(), states);
  }

  private static void step(SegmentedOptimizer<double[]> parts) {
    try (Evaluation<List<double[]>> evaluation = parts.evaluate()) {
      double[] m = {
        parts.parameters().get(0)[0], parts.parameters().get(0)[1], parts.parameters().get(1)[0]
      };
      double[] g = gradient(m);
      List<String> kinds =
          parts.phases().getFirst().stream().map(question -> question.kind()).toList();
      evaluation.answer(
          kinds.indexOf("gradient"), List.of(new double[] {g[0], g[1]}, new double[] {g[2]}));
      evaluation.answer(
          kinds.indexOf("hessian_diagonal"),
          List.of(new double[] {A[0], A[1]}, new double[] {A[2]}));
    }
    parts.step();
  }

  @Test
  void mayNotDifferBetweenSegments() {
    assertEquals(
        "the segments have different values of s: 2.0 and 3.0",
        assertThrows(IllegalArgumentException.class, () -> segments(2, 3)).getMessage());
  }

  @Test
  void takeOneInitialValue() {
    Map<String, double[]> states = Map.of("m", START, "s", new double[] {1, 1, 1});
    assertEquals(
        "s has 3 values; all coordinates share one",
        assertThrows(IllegalArgumentException.class, () -> ISOTROPIC.doubles(3, Map.of(), states))
            .getMessage());
  }

  /** What the shared precision moves with is everybody's; the mean's rate is not. */
  @Test
  void bindTheHyperParametersThatTheyMoveWith() throws ReflectiveOperationException {
    OptimizerBuilder<?> builder =
        (OptimizerBuilder<?>) ball().getClass().getMethod("builder").invoke(null);
    builder.group("first", 0, 1, Map.of("alpha", 0.7));
    for (String common : List.of("rho", "delta")) {
      assertEquals(
          common
              + " is part of what all coordinates share, so that no group has a value of its own",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> builder.group("second", 1, 2, Map.of(common, 0.7)))
              .getMessage());
    }
    builder.state("m", START);
    Optimizer<?> optimizer = builder.build();
    assertThrows(
        IllegalArgumentException.class, () -> optimizer.group("first").hyperParameter("rho", 0.3));
  }

  @Test
  void leaveTheirDomainForAllCoordinates() {
    Optimizer<double[]> optimizer = ball();
    double[] negative = {-30, -40, 5};
    OutOfDomainException refused =
        assertThrows(OutOfDomainException.class, () -> step(optimizer, negative));
    assertEquals(-1, refused.coordinate());
    assertTrue(refused.getMessage().startsWith("s would be -"), refused.getMessage());
    assertTrue(refused.getMessage().contains(" in step 1, outside of "), refused.getMessage());
    assertArrayEquals(new double[] {2}, optimizer.state("s"));
    assertArrayEquals(START, optimizer.parameters());
    assertThrows(IllegalArgumentException.class, () -> optimizer.outOfDomain(OutOfDomain.BACK_OFF));
  }

  @Test
  void stayWhereThereAreNoCoordinates() {
    Optimizer<double[]> optimizer = ISOTROPIC.doubles(0, Map.of(), Map.of("m", new double[0]));
    step(optimizer, new double[0]);
    assertArrayEquals(new double[] {2}, optimizer.state("s"));
  }
}
