package org.blrc.verify;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.blrc.derive.Derivation;
import org.blrc.derive.Specs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Specs whose families, samplers and losses need special functions, from the text to the code. */
final class SpecialFunctionSpecsTest {

  private static final String LOSS =
      """
      optimizer Test {
        hyper      rho: positive = 0.1, kappa: positive = 2
        state      m: real = 0.3
        posterior  each theta ~ Normal(mean = m, precision = 1)
        loss       ell(theta) + lgamma(exp(theta)) + kappa * erf(theta) - log_ndtr(theta)
                   + kappa * log_bessel_i0(theta) + log1p(theta^2) + logaddexp(theta, kappa)
        rate       rho
        approximate
          delta_method
      }
      """;

  /** The derivatives of its draws come from the derivative of the distribution by the shape. */
  private static final String GAMMA =
      """
      family Waiting(shape: positive, speed: positive) {
        support        positive
        statistics     log(x), x
        natural        shape, -speed
        base_measure   -log(x)
        log_partition  lgamma(shape) - shape * log(speed)
        sample         gammaincinv(shape, u) / speed   with u ~ Uniform
      }
      optimizer Test {
        hyper      rho: positive = 0.05
        state      a: positive = 2, b: positive = 1
        posterior  each z ~ Waiting(shape = a, speed = b)
        loss       ell(z)
        rate       rho
        approximate
          monte_carlo
      }
      """;

  @ParameterizedTest
  @ValueSource(strings = {LOSS, GAMMA})
  void everyCheckHolds(String text) {
    Derivation derivation = Specs.derive(text);
    List<Check> checks = Verifier.verify(derivation);
    assertTrue(
        checks.stream().allMatch(Check::passes), () -> VerificationTable.of(derivation, checks));
  }
}
