package org.blrc.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.blrc.program.Program.Answer;
import org.blrc.program.Program.AnswerKind;
import org.blrc.program.Program.Phase;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.PhiloxNoise;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Distribution;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Expr.Sym.Kind;
import org.blrc.symbolic.Exprs;
import org.junit.jupiter.api.Test;

/** Small cases whose results follow from the equations by hand. */
final class ReferenceOptimizerTest {

  /** m <- m - rate mean(g), s <- mean(g)^2 - mean(g^2), at m + eps. */
  private static Program averaging(Expr samples) {
    ProgramBuilder b = new ProgramBuilder("Averaging");
    Sym rate = b.hyper("rate", Domain.POSITIVE, 0.5);
    b.hyper("draws", Domain.POSITIVE, 2);
    Sym m = b.state("m");
    Sym s = b.state("s", rate);
    Expr eps = b.noise("eps", Distribution.STANDARD_NORMAL);
    b.samples(samples);
    Sym g = b.ask(Exprs.add(m, eps), AnswerKind.GRADIENT, "g");
    Sym mean = b.accumulate("mean", g);
    Sym squares = b.accumulate("squares", Exprs.square(g));
    b.update(m, Exprs.subtract(m, Exprs.mul(rate, mean)));
    b.update(s, Exprs.subtract(squares, Exprs.square(mean)));
    return b.build(m);
  }

  private static final Sym DRAWS = new Sym(Kind.HYPER, "draws", 1, Domain.POSITIVE);

  private static void answer(Optimizer<double[]> optimizer, double... gradient) {
    try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
      evaluation.gradient(gradient);
    }
  }

  @Test
  void accumulatorsAverageOverDraws() {
    ReferenceOptimizer optimizer = new ReferenceOptimizer(averaging(DRAWS), 2, Map.of());
    assertEquals(2, optimizer.samples());
    optimizer.state("m")[0] = 10;
    optimizer.refresh();
    answer(optimizer, 1, 2);
    answer(optimizer, 5, 2);
    answer(optimizer, 6, 2);
    optimizer.step();
    assertArrayEquals(new double[] {10 - 0.5 * 4, -1}, optimizer.state("m"), 1e-15);
    assertArrayEquals(new double[] {62.0 / 3 - 16, 0}, optimizer.state("s"), 1e-14);
    assertArrayEquals(optimizer.state("m"), optimizer.parameters());
    // The sums start anew.
    answer(optimizer, 2, 0);
    optimizer.step();
    assertArrayEquals(new double[] {7, -1}, optimizer.state("m"), 1e-15);
  }

  @Test
  void pointsUseTheNoiseOfTheirDraw() {
    ReferenceOptimizer optimizer = new ReferenceOptimizer(averaging(Exprs.ONE), 3, Map.of());
    optimizer.noise(new PhiloxNoise(17));
    double[] gradient = new double[3];
    double[] expected = new double[3];
    for (long step = 1; step <= 2; step++) {
      for (int draw = 0; draw < 2; draw++) {
        try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
          new PhiloxNoise(17).normal(0, step, draw, 0, expected, 0, 3);
          assertArrayEquals(expected, optimizer.parameters());
          evaluation.gradient(gradient);
        }
        assertArrayEquals(new double[3], optimizer.parameters());
      }
      optimizer.step();
    }
  }

  @Test
  void hyperParametersAndInitialValues() {
    Program program = averaging(DRAWS);
    ReferenceOptimizer optimizer =
        new ReferenceOptimizer(program, 2, Map.of("rate", 0.25, "draws", 7.0));
    assertArrayEquals(new double[] {0.25, 0.25}, optimizer.state("s"));
    assertEquals(7, optimizer.samples());
    optimizer.hyperParameter("draws", 1.5);
    assertThrows(IllegalStateException.class, optimizer::samples);
    assertIllegal("no hyper-parameter rho", () -> build(program, Map.of("rho", 1.0)));
    assertIllegal("outside (0, Infinity)", () -> build(program, Map.of("rate", -1.0)));
    assertIllegal("alpha has no default", () -> build(ZooPrograms.ivon(), Map.of("N", 8.0)));
  }

  @Test
  void assignmentsSeeWhatWasAssignedBefore() {
    ProgramBuilder b = new ProgramBuilder("Order");
    Sym m = b.state("m", Exprs.ONE);
    Sym v = b.state("v", Exprs.ONE);
    Sym g = b.accumulate("g_mean", b.ask(m, AnswerKind.GRADIENT, "g"));
    Sym doubled = b.local("doubled", Exprs.mul(Exprs.TWO, g));
    Sym vNew = b.update(v, Exprs.add(v, doubled));
    b.update(m, Exprs.add(Exprs.mul(Exprs.num(100), v), vNew));
    ReferenceOptimizer optimizer = new ReferenceOptimizer(b.build(m), 1, Map.of());
    answer(optimizer, 3);
    optimizer.step();
    assertEquals(7, optimizer.state("v")[0]);
    assertEquals(107, optimizer.state("m")[0]);
  }

  @Test
  void oneEvaluationMayBeReadInTheUpdate() {
    ProgramBuilder b = new ProgramBuilder("Direct");
    Sym m = b.state("m", Exprs.ONE);
    Sym g = b.ask(m, AnswerKind.PER_EXAMPLE_GRADIENTS, "g");
    b.update(m, ProgramBuilder.batchMean(Exprs.mul(g, g, m)));
    ReferenceOptimizer optimizer = new ReferenceOptimizer(b.build(m), 2, Map.of());
    answer(optimizer, 1, 2, 3, 6);
    optimizer.step();
    assertArrayEquals(new double[] {5, 20}, optimizer.state("m"));
  }

  @Test
  void severalQuestionsInAPhase() {
    ProgramBuilder b = new ProgramBuilder("Newton");
    Sym m = b.state("m");
    Sym g = b.symbol(Kind.ANSWER, "g", Domain.REAL);
    Sym h = b.symbol(Kind.ANSWER, "h", Domain.REAL);
    b.phase(
        new Phase(
            List.of(),
            m,
            List.of(
                new Answer(g, "ell", AnswerKind.GRADIENT),
                new Answer(h, "ell", AnswerKind.HESSIAN_DIAGONAL))));
    Sym direction = b.accumulate("direction", Exprs.divide(g, h));
    b.update(m, Exprs.subtract(m, direction));
    ReferenceOptimizer optimizer = new ReferenceOptimizer(b.build(m), 1, Map.of());
    try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
      evaluation.answer(1, new double[] {4});
      assertEquals(0, evaluation.phase());
      evaluation.answer(0, new double[] {2});
    }
    optimizer.step();
    assertEquals(-0.5, optimizer.state("m")[0]);
    assertEquals(
        List.of("gradient", "hessian_diagonal"),
        optimizer.phases().getFirst().stream().map(question -> question.kind()).toList());
  }

  @Test
  void aCallerMayUseOneArrayForAllPhases() {
    Random random = new Random(3);
    double[] first = random.doubles(4).toArray();
    double[] second = random.doubles(4).toArray();
    ReferenceOptimizer separate = bsam();
    ReferenceOptimizer shared = bsam();
    try (Evaluation<double[]> evaluation = separate.evaluate()) {
      evaluation.gradient(first);
      evaluation.gradient(second);
    }
    double[] buffer = first.clone();
    try (Evaluation<double[]> evaluation = shared.evaluate()) {
      evaluation.gradient(buffer);
      System.arraycopy(second, 0, buffer, 0, 4);
      evaluation.gradient(buffer);
    }
    separate.step();
    shared.step();
    assertArrayEquals(separate.state("s"), shared.state("s"));
    assertArrayEquals(separate.state("m"), shared.state("m"));
  }

  private static ReferenceOptimizer bsam() {
    return new ReferenceOptimizer(
        ZooPrograms.bsam(),
        4,
        Map.of(
            "alpha", 0.1, "beta1", 0.9, "rho", 0.01, "r", 0.05, "wd", 0.01, "damping", 0.1, "N",
            100.0));
  }

  private static void build(Program program, Map<String, Double> values) {
    new ReferenceOptimizer(program, 2, values).refresh();
  }

  private static void assertIllegal(String message, Runnable action) {
    IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, action::run);
    assertTrue(thrown.getMessage().contains(message), thrown.getMessage());
  }
}
