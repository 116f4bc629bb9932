package org.blrc.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.blrc.derive.Derivation;
import org.blrc.derive.Specs;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.RecordedNoise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Families whose support begins or ends at a fixed parameter. */
final class FixedSupportTest {

  private static final String POWER_LAW =
      """
      family Tail(fixed least: positive, shape: positive) {
        support        (least, infinity)
        statistics     log(x)
        natural        -shape - 1
        log_partition  -log(shape) - shape * log(least)
        sample         least * u^(-1 / shape)   with u ~ Uniform
      }
      """;

  /** The end is a hyper-parameter, so that the support is not known before a run. */
  private static final String TRUNCATED =
      """
      family Cut(fixed width: positive, slope: real) {
        support        [0, width]
        statistics     x
        natural        slope
        log_partition  log(expm1(slope * width) / slope)
        sample         log(1 + u * expm1(slope * width)) / slope   with u ~ Uniform
        cdf            expm1(slope * x) / expm1(slope * width)
      }
      optimizer Test {
        hyper      rho: unit = 0.1, w: positive = 2
        state      e: real = 1
        posterior  each x ~ Cut(width = w + 1, slope = e)
        loss       ell(x)
        rate       rho
        approximate
          monte_carlo
      }
      """;

  private static String powerLaw(String posterior, String loss) {
    return POWER_LAW
        + """
          optimizer Test {
            hyper      rho: unit = 0.1
            state      a: positive = 12
            posterior  each x ~ %s
            loss       %s
            rate       rho
            approximate
              monte_carlo
          }
          """
            .formatted(posterior, loss);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Tail(least = 2, shape = a + 9)", "Tail(least = sqrt(2), shape = a + 9)"})
  void everyCheckOfAPowerLawHolds(String posterior) {
    everyCheckHolds(powerLaw(posterior, "ell(x)"));
  }

  @Test
  void everyCheckHoldsWhereTheEndIsAHyperParameter() {
    everyCheckHolds(TRUNCATED);
  }

  private static void everyCheckHolds(String text) {
    Derivation derivation = Specs.derive(text);
    List<Check> checks = Verifier.verify(derivation);
    assertTrue(
        checks.stream().allMatch(Check::passes), () -> VerificationTable.of(derivation, checks));
  }

  /** The wrong end: the density of the declaration then has another mass. */
  @Test
  void aWrongEndIsCaught() {
    String wrong = TRUNCATED.replace("[0, width]", "[0, 2 * width]");
    List<Check> checks = Verifier.verify(Specs.derive(wrong));
    assertTrue(
        checks.stream().anyMatch(each -> !each.passes() && each.subject().startsWith("density")));
  }

  /**
   * With E = -log(u), a draw of shape a is 2 exp(E / a): its derivative by a is -x E / a^2. The
   * entropy is 1 + 1 / a + log(2 / a), the Fisher information of a is 1 / a^2 and the natural
   * parameter is -1 - a, so that a moves by -rho a^2 (d E[ell] / da - d H / da).
   */
  @Test
  void theStepIsThatOfPencilAndPaper() {
    ReferenceOptimizer optimizer =
        new ReferenceOptimizer(
            Specs.derive(powerLaw("Tail(least = 2, shape = a)", "ell(x)")).program(), 1, Map.of());
    double a = 12;
    double u = 0.3;
    RecordedNoise noise = new RecordedNoise();
    noise.set(new double[][][] {{{u}}});
    optimizer.noise(noise);
    double x = 2 * Math.exp(-Math.log(u) / a);
    try (Evaluation<double[]> evaluation = optimizer.evaluate()) {
      assertEquals(x, optimizer.parameters()[0], 1e-14);
      evaluation.gradient(new double[] {0.7});
    }
    optimizer.step();
    double ofLoss = 0.7 * x * Math.log(u) / (a * a);
    double ofEntropy = -1 / (a * a) - 1 / a;
    assertEquals(a - 0.1 * a * a * (ofLoss - ofEntropy), optimizer.state("a")[0], 1e-12);
  }
}
