package org.blrc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.blrc.runtime.HyperParameter;
import org.junit.jupiter.api.Test;

class RateSearchTest {

  private static final HyperParameter POSITIVE = between(0, Double.POSITIVE_INFINITY);

  @Test
  void refinesAroundTheBestPowerOfTen() {
    RateSearch.Best best = RateSearch.minimise(POSITIVE, near(0.025));
    assertEquals(0.03, best.value());
    assertEquals(List.of(1e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 1.0), best.tried());
  }

  @Test
  void growsWhileTheBestLiesAtAnEnd() {
    assertEquals(30, RateSearch.minimise(POSITIVE, near(25)).value());
    assertEquals(3e-6, RateSearch.minimise(POSITIVE, near(3.5e-6)).value());
  }

  @Test
  void growsOnlySoFar() {
    assertEquals(3000, RateSearch.minimise(POSITIVE, rate -> -rate).value());
    assertEquals(3e-8, RateSearch.minimise(POSITIVE, rate -> rate).value());
  }

  @Test
  void staysInsideTheInterval() {
    HyperParameter unit = new HyperParameter("rho", 0, false, 1, true, Double.NaN);
    RateSearch.Best best = RateSearch.minimise(unit, rate -> -rate);
    assertEquals(1, best.value());
    assertEquals(List.of(1e-4, 1e-3, 0.01, 0.1, 0.3, 1.0), best.tried());
  }

  @Test
  void divergenceIsWorseThanAnyLoss() {
    DoubleUnaryOperator loss = rate -> rate > 0.05 ? Double.NaN : 1e100 / rate;
    assertEquals(0.03, RateSearch.minimise(POSITIVE, loss).value());
  }

  @Test
  void anIntervalOffTheGridNeedsAValue() {
    TrialException e =
        assertThrows(TrialException.class, () -> RateSearch.minimise(between(1e5, 1e6), rate -> 0));
    assertEquals(
        "`rate` lies in (100000, 1000000), where no rate is tried by itself; give it with --set"
            + " rate=VALUE",
        e.getMessage());
  }

  private static HyperParameter between(double lower, double upper) {
    return new HyperParameter("rate", lower, false, upper, false, Double.NaN);
  }

  private static DoubleUnaryOperator near(double optimum) {
    return rate -> Math.abs(Math.log(rate / optimum));
  }
}
