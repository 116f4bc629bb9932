package org.blrc.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Special functions against values with sixty digits, which {@code tools/special} made. */
class SpecialFunctionsTest {

  interface Function {
    double at(double[] x);
  }

  /** The error that is allowed to a value at a point. */
  interface Tolerance {
    double at(double[] x, double value);
  }

  private static Tolerance ulps(double count) {
    return (_, value) -> count * Math.ulp(value);
  }

  /** Left of 0, roots lie between the poles, and only as much is left of them as of 1. */
  private static double ofGamma(double[] x, double value) {
    return 8 * Math.ulp(x[0] < 0 ? Math.max(Math.abs(value), 1) : value);
  }

  /** Of exp(y), no more is left than y has digits behind the point. */
  private static double ofTail(double[] x, double value) {
    return 32 * (1 - Math.log(Math.abs(value) / (1 + Math.abs(value)))) * Math.ulp(value);
  }

  static Stream<Arguments> functions() {
    return Stream.of(
        of("lgamma", 1, x -> Functions.lgamma(x[0]), SpecialFunctionsTest::ofGamma),
        of("digamma", 1, x -> Functions.digamma(x[0]), SpecialFunctionsTest::ofGamma),
        of("trigamma", 1, x -> Functions.trigamma(x[0]), ulps(8)),
        of("polygamma", 2, x -> Functions.polygamma(x[0], x[1]), (x, y) -> x[0] * 8 * Math.ulp(y)),
        of("erf", 1, x -> Functions.erf(x[0]), ulps(4)),
        of("erfc", 1, x -> Functions.erfc(x[0]), ulps(8)),
        of("erfcx", 1, x -> Functions.erfcx(x[0]), ulps(8)),
        of("ndtr", 1, x -> Functions.ndtr(x[0]), ulps(8)),
        of("log_ndtr", 1, x -> Functions.logNdtr(x[0]), ulps(8)),
        of("ndtri", 1, x -> Functions.ndtri(x[0]), ulps(8)),
        of("logaddexp", 2, x -> Functions.logaddexp(x[0], x[1]), ulps(8)),
        of("bessel_i0", 1, x -> Functions.besselI0(x[0]), ulps(8)),
        of("bessel_i1", 1, x -> Functions.besselI1(x[0]), ulps(8)),
        of("bessel_i0e", 1, x -> Functions.besselI0e(x[0]), ulps(8)),
        of("bessel_i1e", 1, x -> Functions.besselI1e(x[0]), ulps(8)),
        of("log_bessel_i0", 1, x -> Functions.logBesselI0(x[0]), ulps(4)),
        of("bessel_ratio", 1, x -> Functions.besselRatio(x[0]), ulps(4)),
        of("bessel_ratio_slope", 1, x -> Functions.besselRatioSlope(x[0]), ulps(8)),
        of("bessel_ratio_inverse", 1, x -> Functions.besselRatioInverse(x[0]), ulps(8)),
        tail("gammainc", 2, x -> Functions.gammainc(x[0], x[1])),
        tail("gammaincc", 2, x -> Functions.gammaincc(x[0], x[1])),
        tail("gammainc_da", 2, x -> Functions.gammaincByShape(x[0], x[1])),
        tail("gammaincinv", 2, x -> Functions.gammaincinv(x[0], x[1])),
        of("pdtrik", 2, x -> Functions.pdtrik(x[0], x[1]), ulps(0)),
        tail("bessel_i0inc", 2, x -> Functions.besselI0inc(x[0], x[1])),
        tail("bessel_i0inc_dk", 2, x -> Functions.besselI0incByConcentration(x[0], x[1])),
        tail("bessel_i0incinv", 2, x -> Functions.besselI0incinv(x[0], x[1])),
        of(
            "betainc",
            3,
            x -> Functions.betainc(x[0], x[1], x[2]),
            (x, y) -> 4 * ofTail(x, y) + 16 * Math.ulp(1.0)));
  }

  private static Arguments of(String name, int arity, Function function, Tolerance tolerance) {
    return Arguments.of(name, arity, function, tolerance);
  }

  private static Arguments tail(String name, int arity, Function function) {
    return of(name, arity, function, SpecialFunctionsTest::ofTail);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void isAccurateEverywhere(String name, int arity, Function function, Tolerance tolerance)
      throws IOException {
    DoubleBuffer rows = recorded(name);
    int count = rows.remaining() / (arity + 1);
    assertTrue(count >= 1000, name + " has only " + count + " points");
    for (int i = 0; i < count; i++) {
      double[] x = new double[arity];
      rows.get(x);
      double expected = rows.get();
      assertEquals(
          expected,
          function.at(x),
          tolerance.at(x, expected),
          () -> name + " at " + Arrays.toString(x));
    }
  }

  private static DoubleBuffer recorded(String name) throws IOException {
    try (InputStream in =
        SpecialFunctionsTest.class.getResourceAsStream("special/" + name + ".f64")) {
      return ByteBuffer.wrap(in.readAllBytes()).asDoubleBuffer();
    }
  }

  private static void assertExactly(double expected, double actual) {
    assertEquals(expected, actual, 0.0);
  }

  @Test
  void polesAndEnds() {
    double infinity = Double.POSITIVE_INFINITY;
    assertExactly(infinity, Functions.lgamma(0));
    assertExactly(infinity, Functions.lgamma(-3));
    assertExactly(infinity, Functions.lgamma(infinity));
    assertExactly(0, Functions.lgamma(1));
    assertExactly(0, Functions.lgamma(2));
    assertExactly(-infinity, Functions.digamma(0));
    assertExactly(Double.NaN, Functions.digamma(-2));
    assertExactly(infinity, Functions.digamma(infinity));
    assertExactly(infinity, Functions.trigamma(-1));
    assertExactly(0, Functions.trigamma(infinity));
    assertExactly(1, Functions.erf(infinity));
    assertExactly(2, Functions.erfc(-infinity));
    assertExactly(0, Functions.erfcx(infinity));
    assertExactly(infinity, Functions.erfcx(-infinity));
    assertExactly(0, Functions.ndtr(-infinity));
    assertExactly(-infinity, Functions.logNdtr(-infinity));
    assertExactly(-infinity, Functions.ndtri(0));
    assertExactly(infinity, Functions.ndtri(1));
    assertExactly(-infinity, Functions.logaddexp(-infinity, -infinity));
    assertExactly(1, Functions.besselRatio(infinity));
    assertExactly(-infinity, Functions.besselRatioInverse(-1));
    assertExactly(0, Functions.gammainc(2, 0));
    assertExactly(1, Functions.gammainc(2, infinity));
    assertExactly(0, Functions.gammaincinv(2, 0));
    assertExactly(infinity, Functions.gammaincinv(2, 1));
    assertExactly(0, Functions.pdtrik(0, 2));
    assertExactly(infinity, Functions.pdtrik(1, 2));
    assertExactly(0.5, Functions.besselI0inc(2, 0));
    assertExactly(1, Functions.besselI0inc(2, Math.PI));
    assertExactly(-Math.PI, Functions.besselI0incinv(2, 0));
    assertExactly(0, Functions.besselI0incinv(2, 0.5));
    assertExactly(Math.PI, Functions.besselI0incinv(2, 1));
    assertExactly(0, Functions.betainc(2, 3, 0));
    assertExactly(1, Functions.betainc(2, 3, 1));
  }

  @Test
  void nothingIsDefinedOutsideOfItsDomain() {
    double[] values = {
      Functions.polygamma(2, -0.5),
      Functions.polygamma(1.5, 2),
      Functions.ndtri(1.5),
      Functions.ndtri(-1),
      Functions.besselRatioInverse(1.5),
      Functions.gammainc(-1, 2),
      Functions.gammaincc(1, -2),
      Functions.gammaincByShape(0, 1),
      Functions.gammaincinv(1, 2),
      Functions.pdtrik(0.5, 0),
      Functions.pdtrik(1.5, 2),
      Functions.besselI0inc(-1, 0.5),
      Functions.besselI0incByConcentration(-1, 0.5),
      Functions.besselI0incinv(2, 1.5),
      Functions.besselI0incinv(-1, 0.5),
      Functions.betainc(1, -1, 0.5),
      Functions.betainc(1, 1, 2),
    };
    for (double value : values) {
      assertExactly(Double.NaN, value);
    }
  }

  @Test
  void nothingHoldsBackNotANumber() {
    functions()
        .forEach(
            arguments -> {
              double[] x = new double[(int) arguments.get()[1]];
              Arrays.fill(x, Double.NaN);
              assertExactly(Double.NaN, ((Function) arguments.get()[2]).at(x));
            });
  }

  /** Each shape is so large that the law of the gamma distribution is a normal one. */
  @Test
  void hugeShapes() {
    for (double a : new double[] {1e18, 1e100, 1e300}) {
      assertEquals(0.5, Functions.gammainc(a, a), 1e-8);
      assertEquals(1, Functions.gammaincinv(a, 0.3) / a, 1e-8);
    }
    double deviation = Math.sqrt(1e12);
    assertEquals(Functions.ndtr(1.5), Functions.gammainc(1e12, 1e12 + 1.5 * deviation), 1e-6);
  }

  /**
   * Where nothing pulls an angle to 0, and where it is pulled so strongly that its law is a normal
   * one.
   */
  @Test
  void extremeConcentrations() {
    for (double k : new double[] {0, 1e-300}) {
      assertEquals(0.2, Functions.besselI0inc(k, -0.6 * Math.PI), 1e-15);
      assertEquals(
          Math.sin(1.3) / (2 * Math.PI), Functions.besselI0incByConcentration(k, 1.3), 1e-15);
      assertEquals(-0.6 * Math.PI, Functions.besselI0incinv(k, 0.2), 1e-15);
    }
    for (double k : new double[] {1e18, 1e100, 1e300}) {
      double x = 1.5 / Math.sqrt(k);
      assertEquals(Functions.ndtr(1.5), Functions.besselI0inc(k, x), 1e-14);
      assertEquals(x, Functions.besselI0incinv(k, Functions.ndtr(1.5)), 1e-13 * x);
    }
  }

  @Test
  void anglesGoRound() {
    for (double x : new double[] {-2.5, 0.4, 3}) {
      assertEquals(
          Functions.besselI0inc(1.7, x) + 1, Functions.besselI0inc(1.7, x + 2 * Math.PI), 1e-14);
      assertEquals(
          Functions.besselI0incByConcentration(1.7, x),
          Functions.besselI0incByConcentration(1.7, x - 4 * Math.PI),
          1e-14);
    }
  }

  /** Every quantile of few events, from the probabilities of the Poisson distribution. */
  @Test
  void quantilesOfCountsAreWhereTheirProbabilitiesAddUp() {
    for (double mean : new double[] {1e-8, 0.3, 2.5, 40}) {
      double probability = Math.exp(-mean);
      double sum = 0;
      for (int n = 0; n < 60 && sum + probability < 1 - 1e-9; n++) {
        assertExactly(n, Functions.pdtrik(sum + probability * 1e-6, mean));
        assertExactly(n, Functions.pdtrik(sum + probability * (1 - 1e-6), mean));
        sum += probability;
        probability *= mean / (n + 1);
      }
    }
  }

  @Test
  void densitiesAreTheDerivatives() {
    for (double a : new double[] {0.3, 1, 4.5, 80}) {
      double h = 1e-5 * a;
      double slope = (Functions.gammainc(a, a + h) - Functions.gammainc(a, a - h)) / (2 * h);
      assertEquals(slope, Functions.gammaDensity(a, a), 1e-8 * slope);
      double beta =
          (Functions.betainc(a, 2, 0.4 + 1e-5) - Functions.betainc(a, 2, 0.4 - 1e-5)) / 2e-5;
      assertEquals(beta, Functions.betaDensity(a, 2, 0.4), 1e-6 * beta);
      double angle = 0.7 / Math.sqrt(1 + a);
      double density =
          (Functions.besselI0inc(a, angle + 1e-5) - Functions.besselI0inc(a, angle - 1e-5)) / 2e-5;
      assertEquals(density, Functions.angleDensity(a, angle), 1e-8 * density);
    }
  }
}
