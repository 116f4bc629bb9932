package org.blrc.emit.java;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.blrc.derive.Specs;
import org.blrc.program.Program;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.program.Safeguard;
import org.blrc.runtime.AbstractOptimizer;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.OptimizerBuilder;
import org.blrc.runtime.OutOfDomain;
import org.blrc.runtime.OutOfDomainException;
import org.blrc.runtime.SegmentedOptimizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that would take a state out of its domain. */
final class DomainsTest {

  /**
   * With slope g and curvature H, sharp becomes sharp - r (sharp - H) and centre - r g /
   * new(sharp), where r is eta, or less after backing off.
   */
  private static final String TRACKER =
      """
      optimizer Tracker {
        hyper      eta: unit = 0.5
        state      centre: real, sharp: positive = 1
        posterior  each w ~ Normal(mean = centre, precision = sharp)
        loss       cost(w)
        rate       eta
        approximate %s
      }
      """;

  private static final Program AT_MEAN = Specs.derive(TRACKER.formatted("delta_method")).program();
  private static final Program AT_DRAWS =
      Specs.derive(TRACKER.formatted("monte_carlo(samples = 1)")).program();
  private static final CompiledProgram COMPILED = CompiledProgram.of(AT_MEAN);

  /** Enough for several threads. */
  private static final int DIMENSION = 100_000;

  private static final int CUT = 30_001;

  /** Curvature 1 and slope 2, but for two coordinates of curvature -3. */
  private static final int[] CONCAVE = {70_001, 95_000};

  private static double[] filled(int dimension, double value) {
    double[] values = new double[dimension];
    Arrays.fill(values, value);
    return values;
  }

  private static double[] curvature(double elsewhere) {
    double[] values = filled(DIMENSION, elsewhere);
    for (int i : CONCAVE) {
      values[i] = -3;
    }
    return values;
  }

  private static Optimizer<float[]> floats(int dimension) {
    return COMPILED.floats(dimension, Map.of(), Map.of("centre", filled(dimension, 1)));
  }

  private static <A> void evaluate(Optimizer<A> optimizer, A curvature, A slope) {
    try (Evaluation<A> evaluation = optimizer.evaluate()) {
      for (int question = 0; question < 2; question++) {
        boolean second = optimizer.phases().getFirst().get(question).kind().contains("hessian");
        evaluation.answer(question, second ? curvature : slope);
      }
    }
  }

  private static void evaluate(Optimizer<float[]> optimizer, double[] curvature) {
    float[] slope = Drive.toFloats(filled(curvature.length, 2));
    evaluate(optimizer, Drive.toFloats(curvature), slope);
  }

  private static void assertCentres(double expected, double concave, float[] actual) {
    double[] values = filled(DIMENSION, expected);
    for (int i : CONCAVE) {
      values[i] = concave;
    }
    assertArrayEquals(Drive.toFloats(values), actual);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theFirstCoordinateIsNamedAndNothingChanges(int threads) {
    Optimizer<float[]> optimizer = floats(DIMENSION);
    optimizer.threads(threads);
    evaluate(optimizer, filled(DIMENSION, 1));
    optimizer.step();
    evaluate(optimizer, curvature(5));
    OutOfDomainException thrown = assertThrows(OutOfDomainException.class, optimizer::step);
    assertEquals(
        "sharp would be -1.0 at coordinate 70001 in step 2, outside of (0.0, Infinity)",
        thrown.getMessage());
    assertEquals("sharp", thrown.state());
    assertEquals(-1, thrown.value());
    assertEquals(70_001, thrown.coordinate());
    assertEquals(2, thrown.step());
    assertCentres(0, 0, optimizer.state("centre"));
    assertCentres(0, 0, optimizer.parameters());
    assertCentres(1, 1, optimizer.state("sharp"));
    assertEquals(1, optimizer.steps());

    // The step is made anew.
    evaluate(optimizer, filled(DIMENSION, 1));
    optimizer.step();
    assertEquals(2, optimizer.steps());
    assertCentres(-1, -1, optimizer.state("centre"));
  }

  /** With 1/4 of the step, sharp is 1 - 1/8 (1 + 3) = 1/2 and centre 1 - 1/8 2 / (1/2) = 1/2. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void stepsAreHalvedUntilTheyStay(int threads) {
    Optimizer<float[]> optimizer = floats(DIMENSION);
    optimizer.threads(threads);
    optimizer.outOfDomain(OutOfDomain.BACK_OFF);
    evaluate(optimizer, curvature(1));
    optimizer.step();
    assertCentres(0, 0.5, optimizer.state("centre"));
    assertCentres(0, 0.5, optimizer.parameters());
    assertCentres(1, 0.5, optimizer.state("sharp"));
    assertEquals(2, optimizer.shortenedSteps());
    assertEquals(1, optimizer.steps());
  }

  private static SegmentedOptimizer<float[]> segmented() {
    return new SegmentedOptimizer<>(
        List.of(
            (AbstractOptimizer<float[]>) floats(CUT),
            (AbstractOptimizer<float[]>) floats(DIMENSION - CUT)));
  }

  private static List<float[]> cut(double[] values) {
    float[] all = Drive.toFloats(values);
    return List.of(Arrays.copyOfRange(all, 0, CUT), Arrays.copyOfRange(all, CUT, DIMENSION));
  }

  private static float[] joined(List<float[]> parts) {
    float[] all = Arrays.copyOf(parts.getFirst(), DIMENSION);
    System.arraycopy(parts.getLast(), 0, all, CUT, DIMENSION - CUT);
    return all;
  }

  @Test
  void segmentsAreOneOptimizer() {
    SegmentedOptimizer<float[]> optimizer = segmented();
    List<float[]> slope = cut(filled(DIMENSION, 2));
    evaluate(optimizer, cut(curvature(1)), slope);
    OutOfDomainException thrown = assertThrows(OutOfDomainException.class, optimizer::step);
    assertEquals(70_001, thrown.coordinate());
    assertCentres(1, 1, joined(optimizer.state("centre")));
    assertCentres(1, 1, joined(optimizer.parameters()));
    assertEquals(0, optimizer.steps());

    optimizer.outOfDomain(OutOfDomain.BACK_OFF);
    evaluate(optimizer, cut(curvature(1)), slope);
    optimizer.step();
    assertCentres(0, 0.5, joined(optimizer.state("centre")));
    assertCentres(1, 0.5, joined(optimizer.state("sharp")));
    assertEquals(2, optimizer.shortenedSteps());
  }

  @Test
  void segmentsHaveOnePolicy() {
    Optimizer<float[]> other = floats(3);
    other.outOfDomain(OutOfDomain.BACK_OFF);
    List<AbstractOptimizer<float[]>> parts =
        List.of((AbstractOptimizer<float[]>) floats(2), (AbstractOptimizer<float[]>) other);
    assertThrows(IllegalArgumentException.class, () -> new SegmentedOptimizer<>(parts));
  }

  /** Two draws with curvatures -2 and -4 have the mean -3; one is read where it stands. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void drawsAreAveragedFirst(int draws) {
    Optimizer<double[]> optimizer =
        CompiledProgram.of(AT_DRAWS).doubles(2, Map.of(), Map.of("centre", filled(2, 1)));
    Optimizer<double[]> reference = new ReferenceOptimizer(AT_DRAWS, 2, Map.of());
    Arrays.fill(reference.state("centre"), 1);
    reference.refresh();
    for (Optimizer<double[]> each : List.of(optimizer, reference)) {
      draws(each, draws);
      OutOfDomainException thrown = assertThrows(OutOfDomainException.class, each::step);
      assertEquals(1, thrown.coordinate());
      assertEquals(-1, thrown.value());
      assertArrayEquals(filled(2, 1), each.parameters());
      assertArrayEquals(filled(2, 1), each.state("sharp"));

      each.outOfDomain(OutOfDomain.BACK_OFF);
      draws(each, draws);
      each.step();
      assertArrayEquals(new double[] {1, 0.5}, each.state("sharp"));
      assertArrayEquals(new double[] {0, 0.5}, each.state("centre"));
      assertArrayEquals(new double[] {0, 0.5}, each.parameters());
    }
  }

  private static void draws(Optimizer<double[]> optimizer, int draws) {
    for (int draw = 0; draw < draws; draw++) {
      double concave = draws == 1 ? -3 : -2 - 2 * draw;
      evaluate(optimizer, new double[] {1, concave}, filled(2, 2));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY})
  void noStepIsShortEnoughForWhatIsNotFinite(double curvature) {
    Optimizer<double[]> optimizer = COMPILED.doubles(2, Map.of(), Map.of("centre", filled(2, 1)));
    optimizer.outOfDomain(OutOfDomain.BACK_OFF);
    evaluate(optimizer, new double[] {-3, curvature}, filled(2, 2));
    OutOfDomainException thrown = assertThrows(OutOfDomainException.class, optimizer::step);
    assertEquals(
        "sharp would be %s at coordinate 1 in step 1, outside of (0.0, Infinity); halving the step"
                .formatted(curvature)
            + " 60 times does not help",
        thrown.getMessage());
    assertArrayEquals(filled(2, 1), optimizer.state("centre"));
    assertArrayEquals(filled(2, 1), optimizer.state("sharp"));
    assertEquals(0, optimizer.shortenedSteps());
  }

  @Test
  void nothingIsCheckedOnRequest() {
    Optimizer<double[]> optimizer = COMPILED.doubles(1, Map.of(), Map.of("centre", filled(1, 1)));
    optimizer.outOfDomain(OutOfDomain.PROPAGATE);
    evaluate(optimizer, new double[] {-3}, new double[] {2});
    optimizer.step();
    assertArrayEquals(new double[] {-1}, optimizer.state("sharp"));
  }

  private static OptimizerBuilder<?> builder() throws ReflectiveOperationException {
    Emission emission = JavaBackEnd.emit(AT_MEAN, new EmitOptions("p", "Some", "blrc", List.of()));
    ClassLoader loader = InMemoryCompiler.load(((Emission.Emitted) emission).files());
    return (OptimizerBuilder<?>) loader.loadClass("p.SomeDouble").getMethod("builder").invoke(null);
  }

  @Test
  void groupsHaveRatesOfTheirOwn() throws ReflectiveOperationException {
    OptimizerBuilder<?> builder = builder();
    builder.state("centre", filled(40, 1)).group("slow", 10, 20, Map.of("eta", 0.125));
    @SuppressWarnings("unchecked")
    Optimizer<double[]> optimizer = (Optimizer<double[]>) builder.build();
    double[] curvature = filled(40, 1);
    curvature[12] = -3;
    curvature[25] = -3;
    evaluate(optimizer, curvature, filled(40, 2));
    OutOfDomainException thrown = assertThrows(OutOfDomainException.class, optimizer::step);
    assertEquals(25, thrown.coordinate());
    optimizer.outOfDomain(OutOfDomain.BACK_OFF);
    evaluate(optimizer, curvature, filled(40, 2));
    optimizer.step();
    assertEquals(1, optimizer.shortenedSteps());
    assertEquals(0.5, optimizer.state("sharp")[12]);
    assertEquals(0.5, optimizer.state("sharp")[25]);
  }

  @Test
  void aRefusedStepCanBeSaved(@TempDir Path folder) throws Exception {
    Optimizer<float[]> optimizer = floats(3);
    evaluate(optimizer, new double[] {1, -3, 1});
    assertThrows(OutOfDomainException.class, optimizer::step);
    optimizer.save(folder.resolve("state.npz"));
    Optimizer<float[]> other = floats(3);
    other.load(folder.resolve("state.npz"));
    evaluate(other, filled(3, 1));
    other.step();
    assertEquals(1, other.steps());
    assertArrayEquals(new float[3], other.state("centre"));
  }

  /** The variance grows under negative curvature; the whole step is beyond the pole. */
  @Test
  void backingOffGoesTheSameWay() {
    String spec =
        TRACKER
            .formatted("delta_method")
            .replace("sharp: positive", "wide: positive")
            .replace("precision = sharp", "variance = wide");
    Optimizer<double[]> optimizer =
        CompiledProgram.of(Specs.derive(spec).program())
            .doubles(1, Map.of(), Map.of("centre", new double[] {1}));
    optimizer.outOfDomain(OutOfDomain.BACK_OFF);
    evaluate(optimizer, new double[] {-3}, new double[] {2});
    optimizer.step();
    assertEquals(2, optimizer.state("wide")[0], 1e-15);
    assertEquals(0.5, optimizer.state("centre")[0], 1e-15);
  }

  /** A state that a rule adds leaves the unit interval at a pace that no rate has to do with. */
  private static final String WALKER =
      """
      rule walk(e) of m {
        grade   biased
        source  "for a test"
        state level: unit = 0.5
        level <- level + e / 4
        in direction of m: x ~> x * new(level)
      }
      optimizer Walker {
        hyper      eta: positive = 0.5
        state      place: real = 0
        posterior  each w ~ Normal(mean = place, precision = 1)
        loss       cost(w)
        rate       eta
        approximate
          delta_method
          walk(grad(cost)) of place
      }
      """;

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void bothEndsOfAnIntervalAreWatched(int side) {
    Optimizer<double[]> optimizer =
        CompiledProgram.of(Specs.derive(WALKER).program()).doubles(1, Map.of(), Map.of());
    for (int step = 0; step < 2; step++) {
      try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
        evaluation.gradient(new double[] {side});
      }
      optimizer.step();
    }
    assertEquals((1 + side) / 2.0, optimizer.state("level")[0]);
    for (OutOfDomain policy : List.of(OutOfDomain.REJECT, OutOfDomain.BACK_OFF)) {
      optimizer.outOfDomain(policy);
      try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
        evaluation.gradient(new double[] {side});
      }
      OutOfDomainException thrown = assertThrows(OutOfDomainException.class, optimizer::step);
      assertEquals("level", thrown.state());
      assertEquals(3, thrown.step());
      assertEquals(side > 0 ? 1.25 : -0.25, thrown.value());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rmsprop",
        "adam",
        "ogn",
        "vogn",
        "vprop",
        "vadam",
        "sam-rmsprop",
        "exponential-vi",
        "lie-affine",
        "lie-multiplicative"
      })
  void updatesThatStayAreNotWatched(String name) {
    Program program = Specs.derive(Specs.text(name)).program();
    assertEquals(Safeguard.NONE, program.safeguard());
    Emission emission = JavaBackEnd.emit(program, new EmitOptions("p", "Some", "blrc", List.of()));
    for (GeneratedFile file : ((Emission.Emitted) emission).files()) {
      assertFalse(file.text().contains("range"), name);
      assertFalse(file.text().contains("Guard"), name);
    }
  }

  @Test
  void aCheckOnlyReads() {
    Emission emission = JavaBackEnd.emit(AT_MEAN, new EmitOptions("p", "Some", "blrc", List.of()));
    String text = ((Emission.Emitted) emission).files().getLast().text();
    int start = text.indexOf("void range(");
    String hook = text.substring(start, text.indexOf("\n  }\n", start));
    assertEquals(
        """
            for (int i = from; i < to; i++) {
              float sharpNew = oneMinusEta * sharp[i] + eta * hessian[i];
              least = Math.min(least, sharpNew);
              greatest = Math.max(greatest, sharpNew);
            }
        """,
        hook.substring(hook.indexOf("    for"), hook.indexOf("    range[0]")));
  }
}
