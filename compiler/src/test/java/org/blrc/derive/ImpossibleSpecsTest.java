package org.blrc.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.blrc.syntax.Code;
import org.blrc.syntax.Diagnostic;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Specs that pass their check but have no derivation end in one diagnostic of the right kind. */
final class ImpossibleSpecsTest {

  // Clauses that differ from the usual ones, separated by semicolons.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DOMAIN           | posterior Normal(mean = m, precision = s - s)
          DOMAIN           | posterior Normal(mean = m, precision = 0 * s)
          DOMAIN           | posterior Normal(mean = m, precision = 1 / (s - s))
          DOMAIN           | loss ell(theta) / (rho - rho)
          DOMAIN           | approximate delta_method new(s) ~> 0
          DOMAIN           | approximate delta_method new(s) ~> s - s
          DOMAIN           | approximate delta_method in direction of m: x ~> x / (s - s)
          DOMAIN           | approximate delta_method in direction of m: x ~> (x - x)^(-1)
          STATES           | posterior Normal(mean = m + s, precision = 1)
          STATES           | posterior Normal(mean = m + b, precision = s); states b: real
          NOT_SOLVABLE     | posterior Normal(mean = m * m, precision = s)
          NOT_SOLVABLE     | posterior Normal(mean = m, precision = s + exp(s))
          NOT_SOLVABLE     | posterior Normal(mean = m, precision = 2 + sin(s))
          NOT_SOLVABLE     | posterior Normal(mean = m, precision = lgamma(s))
          NOT_SOLVABLE     | posterior Normal(mean = m, precision = s^s)
          NOT_SOLVABLE     | posterior Normal(mean = m + s, precision = m^2 + s^2)
          EXPECTATION_LEFT | approximate momentum(grad(ell), 0.9) of m
          EXPECTATION_LEFT | approximate E[f(theta)] ~> E[f(theta)]
          EXPECTATION_LEFT | approximate delta_method in direction of m: x ~> E[theta^3]
          EXPECTATION_LEFT | approximate delta_method in direction of m: x ~> theta
          SUM_LEFT         | data rows[9]; loss sum(i in rows) ell(i, theta)
          CYCLE            | approximate delta_method in update of s: m ~> new(m)
          CYCLE            | approximate delta_method grad(ell)(x) ~> grad(ell)(new(m))
          LOSS             | loss ell(theta) + max(theta, 0)
          LOSS             | loss ell(theta) + polygamma(theta, 2)
          SHAPE            | approximate delta_method hess(ell) ~> ell
          NO_MATCH         | loss ell(theta) - ell(theta)
          NO_MATCH         | loss 0 * ell(theta)
          NO_MATCH         | loss theta^2
          NO_MATCH         | approximate delta_method stochastic
          NO_MATCH         | approximate delta_method gauss_newton
          NO_MATCH         | approximate delta_method heavy_ball(s, 0.8) of m
          NO_MATCH         | approximate momentum(grad(ell)(m), 0.9) of m delta_method
          CONTENTION       | approximate delta_method monte_carlo
          CONTENTION       | approximate monte_carlo delta_method
          CONTENTION       | approximate delta_method stein_hessian
          AMBIGUOUS        | approximate delta_method a * b ~> a
          """)
  void endsInADiagnostic(Code code, String clauses) {
    List<Diagnostic> problems =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> Specs.problems(spec(clauses)), "no end in sight");
    assertEquals(List.of(code), problems.stream().map(Diagnostic::code).toList());
  }

  private static String spec(String clauses) {
    Map<String, String> given = new HashMap<>();
    for (String clause : clauses.split(";", -1)) {
      String[] words = clause.strip().split(" ", 2);
      given.put(words[0], words[1]);
    }
    return """
    optimizer Test {
      hyper      rho: unit = 0.3
      state      m: real, s: positive = 1%s
      %s
      posterior  each theta ~ %s
      loss       %s
      rate       rho
      approximate
        %s
    }
    """
        .formatted(
            given.containsKey("states") ? ", " + given.get("states") : "",
            given.containsKey("data") ? "data " + given.get("data") : "",
            given.getOrDefault("posterior", "Normal(mean = m, precision = s)"),
            given.getOrDefault("loss", "ell(theta)"),
            given.getOrDefault("approximate", "delta_method"));
  }
}
