package org.blrc.verify;

import static org.blrc.verify.Declarations.GAUSSIAN;
import static org.blrc.verify.Declarations.GUMBEL;
import static org.blrc.verify.Declarations.LAPLACE;
import static org.blrc.verify.Declarations.LOG_NORMAL;
import static org.blrc.verify.Declarations.POWER;
import static org.blrc.verify.Declarations.TAILED;
import static org.blrc.verify.Declarations.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.blrc.derive.Derivation;
import org.blrc.derive.Specs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is right passes, and what cannot be told is said to be so. */
@Execution(ExecutionMode.CONCURRENT)
final class VerifierTest {

  static Stream<String> right() {
    String bell = "Bell(mean = m, precision = 1 + s^2)";
    return Stream.concat(
        Specs.zoo().stream().map(Specs::text),
        Stream.of(
            spec(GAUSSIAN, bell, "approximate squared_gradient monte_carlo(samples = 2)"),
            spec(GAUSSIAN, bell, "approximate stochastic monte_carlo(samples = 3) gauss_newton")
                .replace("ell(theta)", "sum(i in rows) ell(i, theta)")
                .replace("  posterior", "  data rows[10]\n  posterior"),
            spec(GAUSSIAN, bell, "step blockwise approximate monte_carlo"),
            spec(GAUSSIAN, bell, "step blockwise approximate monte_carlo geodesic(m, s)"),
            spec("", "Categorical[3](logit = l)", "approximate geodesic(l)")
                .replace("m: real, s: positive = 1", "l[2]: real = 0"),
            spec("", "Categorical[3](logit = l)", "approximate geodesic(l)")
                .replace("m: real, s: positive = 1", "shared l[2]: real = 0"),
            spec(GAUSSIAN, "Bell(mean = s, precision = s)", "approximate monte_carlo")
                .replace("m: real, ", ""),
            spec(GUMBEL, "Gumbel(location = 2 * m)", "approximate monte_carlo")
                .replace(", s: positive = 1", ""),
            spec(LAPLACE, "Laplace(rate_ = s)", "approximate monte_carlo").replace("m: real, ", ""),
            spec(LOG_NORMAL, "LogNormal(mu = m, tau = s)", "approximate monte_carlo"),
            spec(POWER, "Power(p = s)", "approximate monte_carlo").replace("m: real, ", ""),
            spec(POWER, "Power(p = s)", "approximate monte_carlo momentum(grad(ell), 0.9) of s")
                .replace("m: real, ", "")));
  }

  @ParameterizedTest
  @MethodSource("right")
  void everyCheckHolds(String text) {
    Derivation derivation = Specs.derive(text);
    List<Check> checks = Verifier.verify(derivation);
    assertTrue(
        checks.stream().allMatch(Check::passes), () -> VerificationTable.of(derivation, checks));
    assertTrue(count(checks, VerifierTest::isCompared) > 10);
    assertEquals(0, count(checks, VerifierTest::isNotChecked));
  }

  /** Not all expectations exist under an inverse gamma distribution; checks say what they leave. */
  @Test
  void powersWithoutAMean() {
    Derivation derivation = Specs.derive(Specs.text("inverse-gamma-vi"));
    List<Check> checks = Verifier.verify(derivation);
    assertTrue(
        checks.stream()
            .flatMap(check -> check.note().stream())
            .anyMatch(note -> note.contains("the tails are too heavy")),
        () -> VerificationTable.of(derivation, checks));
  }

  private static long count(List<Check> checks, Predicate<Check> which) {
    return checks.stream().filter(which).count();
  }

  private static boolean isCompared(Check check) {
    return check.outcome() instanceof Check.Outcome.Compared;
  }

  private static boolean isNotChecked(Check check) {
    return check.outcome() instanceof Check.Outcome.NotChecked;
  }

  /** The means of all test losses but a bounded one may not exist; the rest is still checked. */
  @Test
  void heavyTails() {
    Derivation derivation =
        Specs.derive(
            spec(TAILED, "Tailed(p = 1 + s / 4)", "approximate monte_carlo")
                .replace("m: real, ", ""));
    List<Check> checks = Verifier.verify(derivation);
    String table = VerificationTable.of(derivation, checks);
    assertTrue(checks.stream().allMatch(Check::passes), table);
    assertTrue(isCompared(named(checks, "density: its integral is 1")), table);
    assertTrue(isCompared(named(checks, "update program against the equations")), table);
    assertTrue(
        isNotChecked(named(checks, "new values solve the rule, against brute force")), table);
    assertTrue(table.contains("?     new values solve the rule"), table);
    assertTrue(table.contains("not checked: the tails are too heavy"), table);
    assertTrue(table.matches("(?s).*all \\d+ checks hold, \\d+ could not be made;.*"), table);
  }

  private static Check named(List<Check> checks, String subject) {
    return checks.stream().filter(each -> each.subject().equals(subject)).findFirst().orElseThrow();
  }
}
