package org.blrc.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.blrc.symbolic.Domain;
import org.junit.jupiter.api.Test;

/** Integrals with known values, and those that have none. */
final class DensityTest {

  private static final double CLOSE = 1e-11;

  private static Density density(Domain support, DoubleUnaryOperator logDensity) {
    return Density.of(support, logDensity).orElseThrow();
  }

  private static double logNormal(double x, double mean, double deviation) {
    double z = (x - mean) / deviation;
    return -z * z / 2 - Math.log(deviation) - Math.log(2 * Math.PI) / 2;
  }

  private static double logSumExp(double left, double right) {
    double most = Math.max(left, right);
    return most + Math.log(Math.exp(left - most) + Math.exp(right - most));
  }

  private static double mean(Density density, DoubleUnaryOperator f) {
    return density.integral(x -> f.applyAsDouble(x[0]));
  }

  @Test
  void modesFarApart() {
    Density twoBells =
        density(
            Domain.REAL,
            x ->
                logSumExp(
                    Math.log(0.25) + logNormal(x, -30, 0.5),
                    Math.log(0.75) + logNormal(x, 20, 0.1)));
    assertEquals(1, twoBells.mass(), CLOSE);
    assertEquals(0.25 * -30 + 0.75 * 20, mean(twoBells, x -> x), 1e-9);
  }

  @Test
  void aNarrowMode() {
    Density narrow = density(Domain.REAL, x -> logNormal(x, 1.234, 1e-5));
    assertEquals(1, narrow.mass(), CLOSE);
    assertEquals(1e-10, mean(narrow, x -> (x - 1.234) * (x - 1.234)), 1e-18);
  }

  /** A kink where no panel ends by chance. */
  @Test
  void aKink() {
    Density kinked = density(Domain.REAL, x -> -Math.abs(x - Math.E) - Math.log(2));
    assertEquals(1, kinked.mass(), CLOSE);
    assertEquals(Math.E, mean(kinked, x -> x), 1e-9);
    assertEquals(1 + Math.exp(-1), mean(kinked, x -> Math.abs(x - Math.E - 1)), 1e-9);
  }

  /** Of the standard Cauchy distribution: E 1/(1 + X^2) = 1/2 and E log(1 + X^2) = 2 log 2. */
  @Test
  void heavyTails() {
    Density cauchy = density(Domain.REAL, x -> -Math.log1p(x * x) - Math.log(Math.PI));
    assertEquals(1, cauchy.mass(), CLOSE);
    assertEquals(0.5, mean(cauchy, x -> 1 / (1 + x * x)), CLOSE);
    assertEquals(2 * Math.log(2), mean(cauchy, x -> Math.log1p(x * x)), 1e-9);
  }

  @Test
  void aMeanThatDoesNotExist() {
    Density cauchy = density(Domain.REAL, x -> -Math.log1p(x * x) - Math.log(Math.PI));
    assertThrows(UntrustedIntegral.class, () -> mean(cauchy, x -> x));
    assertThrows(UntrustedIntegral.class, () -> mean(cauchy, x -> x * x));
  }

  /** 1 / (x (1 + log(x)^2)) falls off more slowly than any power that has a mean. */
  @Test
  void tailsThatNoFloatingPointNumberReaches() {
    Density logCauchy =
        density(
            Domain.POSITIVE,
            x -> -Math.log(x) - Math.log1p(Math.log(x) * Math.log(x)) - Math.log(Math.PI));
    assertThrows(UntrustedIntegral.class, logCauchy::mass);
  }

  /** Oscillations in the tails of a Cauchy distribution cannot be followed. */
  @Test
  void anIntegrandThatPanelsDoNotSettleOn() {
    Density cauchy = density(Domain.REAL, x -> -Math.log1p(x * x) - Math.log(Math.PI));
    assertThrows(UntrustedIntegral.class, () -> mean(cauchy, Math::cos));
  }

  @Test
  void noDensityAtAll() {
    assertTrue(Density.of(Domain.REAL, _ -> 0).isEmpty());
    assertTrue(Density.of(Domain.REAL, x -> x * x).isEmpty());
    assertTrue(Density.of(Domain.POSITIVE, x -> -Math.log(x)).isEmpty());
    assertTrue(Density.of(Domain.REAL, _ -> Double.NaN).isEmpty());
  }

  /** Near 1, numbers are not dense enough for what Beta(1/2, 1/2) has there. */
  @Test
  void aPoleWhereNumbersAreSparse() {
    Density arcsine =
        density(Domain.open(0, 1), x -> -Math.log(x) / 2 - Math.log1p(-x) / 2 - Math.log(Math.PI));
    assertThrows(UntrustedIntegral.class, arcsine::mass);
  }
}
