package org.blrc.derive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.blrc.program.Program;
import org.blrc.program.Program.AnswerKind;
import org.blrc.program.ProgramVerifier;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.RecordedNoise;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.ExprPrinter;
import org.junit.jupiter.api.Test;

/** Products of the Hessian with a vector, and noise that rules bring along. */
final class HessianProductTest {

  /** The Hessian of a quadratic loss, and its minimum. */
  private static final double[][] A = {{2, 0.7, -0.4}, {0.7, 1.5, 0.3}, {-0.4, 0.3, 0.8}};

  private static final double[] MINIMUM = {0.3, -1.2, 0.9};

  private static String spec(String rules, String loss, String approximations) {
    return """
        %s
        optimizer O {
          %s
          state      m: real, s: positive = 1
          %s
          posterior  each theta ~ Normal(mean = m, precision = s)
          loss       %s
          rate       0.1
          approximate
            %s
        }
        """
        .formatted(
            rules,
            loss.contains("rows") ? "hyper N: positive = 10" : "",
            loss.contains("rows") ? "data rows[N]" : "",
            loss,
            approximations);
  }

  private static Program program(String rules, String loss, String approximations) {
    return ProgramVerifier.verified(Specs.derive(spec(rules, loss, approximations)).program());
  }

  /** The point, the direction and the questions of each phase. */
  private static List<String> phases(Program program) {
    return program.phases().stream()
        .map(
            phase ->
                print(phase.point())
                    + phase.direction().map(along -> " along " + print(along)).orElse("")
                    + ": "
                    + String.join(
                        ", ",
                        phase.answers().stream()
                            .map(each -> each.symbol().name())
                            .sorted()
                            .toList()))
        .toList();
  }

  private static String print(Expr expr) {
    return ExprPrinter.TEXT.print(expr);
  }

  private static String update(Program program, String state) {
    return program.update().stream()
        .filter(assign -> assign.target().name().equals(state))
        .map(assign -> print(assign.value()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aDirectionThatNeedsAnAnswerComesInALaterPhase() {
    Program program =
        program(
            "",
            "ell(theta)",
            "delta_method in direction of m: grad(ell)(x) ~> grad(ell)(x)"
                + " + 0.1 * hess(ell, grad(ell)(x))(x)");
    assertEquals(List.of("m: H, g", "m along g: Hv"), phases(program));
  }

  @Test
  void whatIsKnownAtOnceIsAskedAtOnce() {
    Program program =
        program("", "ell(theta)", "delta_method in direction of m: x ~> hess(ell, m)(m)");
    assertEquals(1, program.phases().size());
    assertEquals(
        List.of(AnswerKind.HESSIAN_DIAGONAL, AnswerKind.HESSIAN_VECTOR_PRODUCT),
        program.phases().getFirst().answers().stream().map(Program.Answer::kind).sorted().toList());
  }

  @Test
  void differentDirectionsArePhasesOfTheirOwn() {
    Program program =
        program(
            "",
            "ell(theta)",
            "delta_method in direction of m: x ~> hess(ell, m)(m) + hess(ell, s)(m)");
    assertEquals(2, program.phases().stream().filter(each -> each.direction().isPresent()).count());
  }

  @Test
  void aNormOfADirectionIsTakenBetweenThePhases() {
    Program program =
        program(
            "",
            "ell(theta)",
            "delta_method in direction of m: grad(ell)(x) ~>"
                + " hess(ell, grad(ell)(x) / norm(grad(ell)(x)))(x)");
    assertEquals(1, program.sums().getFirst().after());
    assertEquals("m along g/sqrt(sum): Hv", phases(program).getLast());
  }

  /** Estimates of the same diagonal, wherever the draws are made. */
  @Test
  void noiseOfARuleIsThatOfTheDraw() {
    for (String use : List.of("delta_method hutchinson", "hutchinson delta_method")) {
      Program program = program("", "ell(theta)", use);
      assertEquals(Optional.of("1"), program.samples().map(HessianProductTest::print));
      assertEquals(List.of("u"), program.noises().stream().map(each -> each.name()).toList());
      assertEquals(1, program.phases().size());
    }
    for (String use :
        List.of(
            "monte_carlo(samples = 4) hutchinson",
            "hutchinson monte_carlo(samples = 4)",
            "stein_hessian monte_carlo(samples = 4)")) {
      Program program = program("", "ell(theta)", use);
      assertEquals(Optional.of("4"), program.samples().map(HessianProductTest::print));
    }
    assertEquals(
        program("", "ell(theta)", "monte_carlo(samples = 4) hutchinson").update(),
        program("", "ell(theta)", "hutchinson monte_carlo(samples = 4)").update());
  }

  @Test
  void eachUseOfARuleHasNoiseOfItsOwn() {
    Program program =
        program(
            "rule shaken of m { noise z ~ StandardNormal in update of m: x ~> x + z }",
            "ell(theta)",
            "delta_method shaken of m gaussian_hutchinson shaken of m");
    assertEquals(
        List.of("z", "z2", "z3"), program.noises().stream().map(each -> each.name()).toList());
  }

  @Test
  void aMinibatchIsAskedForTheProductOfItsMean() {
    Program program =
        program("", "sum(i in rows) ell(i, theta)", "delta_method stochastic hutchinson");
    assertEquals(
        List.of(AnswerKind.GRADIENT, AnswerKind.HESSIAN_VECTOR_PRODUCT),
        program.phases().stream()
            .flatMap(phase -> phase.answers().stream())
            .map(Program.Answer::kind)
            .sorted()
            .toList());
  }

  /** What is explicit in a loss is differentiated as it is; rules speak of its oracles alone. */
  @Test
  void explicitTermsKeepTheirDerivatives() {
    Program program =
        program("", "ell(theta) + 3 * theta^2 / 2", "delta_method gaussian_hutchinson");
    assertEquals(1, program.phases().size());
    assertEquals("9*s/10 + (3 + mean_z_Hv)/10", update(program, "s"));
  }

  @Test
  void differencesOfGradientsTakeThePlaceOfAProduct() {
    Program program =
        program("", "ell(theta)", "delta_method gaussian_hutchinson difference_of_gradients(0.01)");
    assertEquals(
        List.of(AnswerKind.GRADIENT, AnswerKind.GRADIENT),
        program.phases().stream()
            .flatMap(phase -> phase.answers().stream())
            .map(Program.Answer::kind)
            .toList());
  }

  /** With all sign vectors in turn, the mean of the estimates is the diagonal. */
  @Test
  void hutchinsonsEstimatesAverageToTheDiagonalOfAFullHessian() {
    Program program = program("", "ell(theta)", "delta_method hutchinson");
    double[] mean = new double[3];
    double[] first = new double[3];
    for (int signs = 0; signs < 8; signs++) {
      double[] u = new double[3];
      for (int i = 0; i < 3; i++) {
        u[i] = (signs >> i & 1) == 0 ? 0.2 : 0.9;
      }
      double[] s = newPrecision(program, u);
      for (int i = 0; i < 3; i++) {
        mean[i] += (s[i] - 0.9) / 0.1 / 8;
        first[i] = (s[i] - 0.9) / 0.1;
      }
    }
    assertArrayEquals(new double[] {A[0][0], A[1][1], A[2][2]}, mean, 1e-12);
    // Of the last one, all signs are positive: the sums of the rows.
    double[] sums = Stream.of(A).mapToDouble(row -> Arrays.stream(row).sum()).toArray();
    assertArrayEquals(sums, first, 1e-12);
  }

  private static double[] newPrecision(Program program, double[] u) {
    ReferenceOptimizer optimizer = new ReferenceOptimizer(program, 3, Map.of());
    RecordedNoise noise = new RecordedNoise();
    noise.set(new double[][][] {{u}});
    optimizer.noise(noise);
    try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
      for (Program.Phase phase : program.phases()) {
        for (int question = 0; question < phase.answers().size(); question++) {
          double[] from = new double[3];
          boolean directed = phase.answers().get(question).kind().isDirected();
          for (int j = 0; j < 3; j++) {
            from[j] = directed ? optimizer.direction()[j] : optimizer.parameters()[j] - MINIMUM[j];
          }
          evaluation.answer(question, times(from));
        }
      }
    }
    optimizer.step();
    return optimizer.state("s");
  }

  private static double[] times(double[] v) {
    double[] product = new double[3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        product[i] += A[i][j] * v[j];
      }
    }
    return product;
  }
}
