package org.blrc.verify;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.blrc.derive.Derivation;
import org.blrc.derive.Specs;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Specs whose families, samplers and losses need special functions, from the text to the code. */
@Execution(ExecutionMode.CONCURRENT)
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

  /** No derivative passes through its draws, which are whole numbers. */
  private static final String COUNTS =
      """
      optimizer Test {
        hyper      rho: positive = 0.1
        state      r: positive = 2
        posterior  each n ~ Poisson(rate = r)
        prior      each n ~ Poisson(rate = 3)
        loss       ell(n)
        rate       rho
        approximate
          monte_carlo(samples = 2)
      }
      """;

  /** Angles by their natural parameters, with a loss that has an explicit part. */
  private static final String ANGLES =
      """
      optimizer Test {
        hyper      rho: positive = 0.1
        state      a: real = 0.4, b: real = -0.3
        posterior  each phi ~ VonMises(cosine = a, sine = b)
        prior      each phi ~ VonMises(mean = 1, concentration = 2)
        loss       ell(phi) + cos(phi)^2
        rate       rho
        approximate
          monte_carlo
      }
      """;

  /** At the mean direction, nothing moves the concentration. */
  private static final String DIRECTIONS =
      """
      optimizer Test {
        hyper      rho: positive = 0.1
        state      m: real = 0.2, k: positive = 1
        posterior  each phi ~ VonMises(mean = m, concentration = exp(k))
        loss       ell(phi)
        rate       rho
        approximate
          delta_method
      }
      """;

  /** A mixture of two directions, and a mean that is found by score functions alone. */
  private static final String TWO_DIRECTIONS =
      """
      optimizer Test {
        hyper      rho: positive = 0.1
        state      m[2]: real = 3 * k - 4 for k in 1..2
        posterior  each phi ~ mixture(k in 1..2) of VonMises(mean = m[k], concentration = k)
        loss       ell(phi)
        rate       rho
        gradient   score
        approximate
          monte_carlo
      }
      """;

  @ParameterizedTest
  @ValueSource(strings = {LOSS, GAMMA, COUNTS, ANGLES, DIRECTIONS, TWO_DIRECTIONS})
  void everyCheckHolds(String text) {
    Derivation derivation = Specs.derive(text);
    List<Check> checks = Verifier.verify(derivation);
    assertTrue(
        checks.stream().allMatch(Check::passes), () -> VerificationTable.of(derivation, checks));
  }
}
