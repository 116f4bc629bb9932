package org.blrc.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.blrc.derive.Derivation;
import org.blrc.derive.Quantity;
import org.blrc.derive.Specs;
import org.blrc.derive.Step;
import org.blrc.emit.java.CompiledProgram;
import org.blrc.program.Program;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Exprs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is right passes, and each planted fault is caught where it lies. */
final class VerifierTest {

  private static final String GAUSSIAN =
      """
      family Bell(mean: real, precision: positive) {
        support        real
        statistics     x, x^2
        natural        precision * mean, -precision / 2
        log_partition  precision * mean^2 / 2 - log(precision) / 2 + log(2 * pi) / 2
        sample         mean + eps / sqrt(precision)   with eps ~ StandardNormal
      }
      """;

  private static final String GUMBEL =
      """
      family Gumbel(location: real) {
        support        real
        statistics     exp(-x)
        natural        -exp(location)
        base_measure   -x
        log_partition  -location
        sample         location - log(-log(u))   with u ~ Uniform
      }
      """;

  private static final String LAPLACE =
      """
      family Laplace(rate_: positive) {
        support        real
        statistics     abs(x)
        natural        -rate_
        log_partition  log(2 / rate_)
        sample         sign(u - 1/2) * -log(1 - 2 * abs(u - 1/2)) / rate_   with u ~ Uniform
      }
      """;

  private static final String LOG_NORMAL =
      """
      family LogNormal(mu: real, tau: positive) {
        support        positive
        statistics     log(x), log(x)^2
        natural        mu * tau, -tau / 2
        base_measure   -log(x)
        log_partition  tau * mu^2 / 2 - log(tau) / 2 + log(2 * pi) / 2
        sample         exp(mu + eps / sqrt(tau))   with eps ~ StandardNormal
      }
      """;

  private static final String POWER =
      """
      family Power(p: positive) {
        support        [0, 1]
        statistics     log(x)
        natural        p - 1
        log_partition  -log(p)
        sample         u^(1 / p)   with u ~ Uniform
      }
      """;

  private static String spec(String declarations, String posterior, String clauses) {
    return declarations
        + """
        optimizer Test {
          hyper      rho: unit = 0.1
          state      m: real, s: positive = 1
          posterior  each theta ~ %s
          loss       ell(theta)
          rate       rho
          %s
        }
        """
            .formatted(posterior, clauses);
  }

  static Stream<String> right() {
    String bell = "Bell(mean = m, precision = 1 + s^2)";
    return Stream.concat(
        Specs.zoo().stream().map(Specs::text),
        Stream.of(
            spec(GAUSSIAN, bell, "approximate squared_gradient monte_carlo(samples = 2)"),
            spec(GAUSSIAN, bell, "step blockwise approximate monte_carlo"),
            spec(GAUSSIAN, "Bell(mean = s, precision = s)", "approximate monte_carlo")
                .replace("m: real, ", ""),
            spec(GUMBEL, "Gumbel(location = 2 * m)", "approximate monte_carlo")
                .replace(", s: positive = 1", ""),
            spec(LAPLACE, "Laplace(rate_ = s)", "approximate monte_carlo").replace("m: real, ", ""),
            spec(LOG_NORMAL, "LogNormal(mu = m, tau = s)", "approximate monte_carlo"),
            spec(POWER, "Power(p = s)", "approximate monte_carlo").replace("m: real, ", "")));
  }

  @ParameterizedTest
  @MethodSource("right")
  void everyCheckHolds(String text) {
    Derivation derivation = Specs.derive(text);
    List<Check> checks = Verifier.verify(derivation);
    assertTrue(
        checks.stream().allMatch(Check::passes), () -> VerificationTable.of(derivation, checks));
    assertTrue(checks.stream().filter(check -> check.limit().isPresent()).count() > 10);
  }

  private static String firstFailure(Derivation derivation) {
    List<Check> checks = Verifier.verify(derivation);
    return checks.stream()
        .filter(check -> !check.passes())
        .findFirst()
        .map(Check::subject)
        .orElse("none");
  }

  @Test
  void aWrongLogPartition() {
    String wrong = GAUSSIAN.replace("- log(precision) / 2", "- log(precision)");
    String text = spec(wrong, "Bell(mean = m, precision = s)", "approximate monte_carlo");
    assertEquals("density: its integral is 1", firstFailure(Specs.derive(text)));
  }

  @Test
  void aDroppedBaseMeasure() {
    String wrong = GUMBEL.replace("base_measure   -x", "");
    String text =
        spec(wrong, "Gumbel(location = m)", "approximate monte_carlo")
            .replace(", s: positive = 1", "");
    assertTrue(firstFailure(Specs.derive(text)).startsWith("density"));
  }

  @Test
  void aSamplerOfAnotherDistribution() {
    String wrong = GAUSSIAN.replace("eps / sqrt(precision)", "eps / precision");
    String text = spec(wrong, "Bell(mean = m, precision = s)", "approximate monte_carlo");
    assertTrue(firstFailure(Specs.derive(text)).startsWith("sampler"));
  }

  /** Stein's identity with the sign, or the factor, of another. */
  @Test
  void aRuleThatIsNotTheIdentityThatItClaims() {
    for (String factor : List.of("-precision", "precision / 2")) {
      String rule =
          """
          rule stein for theta ~ Normal(mean, precision) {
            grade  exact
            E[hess(f)(theta)] ~> %s * E[(theta - mean) * grad(f)(theta)]
          }
          """
              .formatted(factor);
      String text = spec(rule, "Normal(mean = m, precision = s)", "approximate stein monte_carlo");
      assertEquals("stein: identity", firstFailure(Specs.derive(text)));
    }
  }

  /** Price's theorem with the factor 1 in place of 1/2. */
  @Test
  void aWrongFactorInTheGradient() {
    Derivation derivation =
        Specs.derive(spec("", "Normal(mean = m, variance = s)", "approximate delta_method"));
    Derivation wrong =
        withLines(
            derivation,
            line ->
                line instanceof Step.Line.Equation(Quantity.ExpectedGradient by, Expr right)
                        && by.by().name().equals("s")
                    ? new Step.Line.Equation(by, Exprs.mul(Exprs.TWO, right))
                    : line);
    assertEquals("d E[f] / d s", firstFailure(wrong));
  }

  private static Derivation withLines(Derivation derivation, UnaryOperator<Step.Line> change) {
    List<Step> steps =
        derivation.steps().stream()
            .map(
                step ->
                    new Step(
                        step.title(),
                        step.lines().stream().map(change).toList(),
                        step.justification(),
                        step.source(),
                        step.grade(),
                        step.replacements()))
            .toList();
    return new Derivation(
        derivation.optimizer(),
        steps,
        derivation.result(),
        derivation.program(),
        derivation.setting());
  }

  /** A rule's last equation with a sign turned, which nothing else shows. */
  @Test
  void aRewrittenEquationThatDoesNotFollow() {
    Derivation derivation = Specs.derive(Specs.text("rmsprop"));
    Derivation wrong =
        withLines(
            derivation,
            line ->
                line instanceof Step.Line.Change(Quantity.NewValue of, Expr before, Expr after)
                        && of.of().name().equals("m")
                    ? new Step.Line.Change(of, before, Exprs.negate(after))
                    : line);
    assertEquals("the equations, rewritten", firstFailure(wrong));
  }

  @Test
  void aBackEndThatSwapsTwoStates() {
    Derivation derivation = Specs.derive(Specs.text("adam"));
    Function<Program, CompiledProgram> swapping =
        program -> CompiledProgram.of(withSwappedStates(program));
    List<Check> failed =
        Verifier.verify(derivation, swapping).stream().filter(check -> !check.passes()).toList();
    assertFalse(failed.isEmpty());
    assertTrue(
        failed.stream()
            .allMatch(
                check ->
                    check.subject().startsWith("emitted Java")
                        && check.note().orElse("").matches("state [sv]")));
  }

  /** The program with the new values of its last two states exchanged. */
  private static Program withSwappedStates(Program program) {
    List<Program.Assign> update = new ArrayList<>();
    for (Program.Assign assign : program.update()) {
      String name = assign.target().name();
      Expr value =
          switch (name) {
            case "v" -> value(program, "s", "v");
            case "s" -> value(program, "v", "s");
            default -> assign.value();
          };
      update.add(new Program.Assign(assign.target(), value));
    }
    return new Program(
        program.name(),
        program.hypers(),
        program.states(),
        program.noises(),
        program.samples(),
        program.scalars(),
        program.phases(),
        program.accumulators(),
        update,
        program.rest());
  }

  /** What one state is assigned, in terms of the other's old value. */
  private static Expr value(Program program, String of, String inTermsOf) {
    Expr from = symbol(program, of);
    Expr to = symbol(program, inTermsOf);
    Expr value =
        program.update().stream()
            .filter(assign -> assign.target().name().equals(of))
            .findFirst()
            .orElseThrow()
            .value();
    return org.blrc.symbolic.Walk.substitute(value, from, to);
  }

  private static Expr symbol(Program program, String name) {
    return program.states().stream()
        .filter(state -> state.name().equals(name))
        .findFirst()
        .orElseThrow()
        .symbol();
  }
}
