package org.blrc.verify;

import static org.blrc.verify.Declarations.ANGLES;
import static org.blrc.verify.Declarations.GAUSSIAN;
import static org.blrc.verify.Declarations.GUMBEL;
import static org.blrc.verify.Declarations.WALD;
import static org.blrc.verify.Declarations.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.blrc.derive.Derivation;
import org.blrc.derive.Quantity;
import org.blrc.derive.Specs;
import org.blrc.derive.Step;
import org.blrc.emit.java.CompiledProgram;
import org.blrc.program.Program;
import org.blrc.symbolic.CoordinateSums;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Walk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Each planted fault is caught where it lies. */
@Execution(ExecutionMode.CONCURRENT)
final class PlantedFaultsTest {

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

  /** What fails first with one of the family's declarations changed. */
  private static String firstFailureOfWald(String part, String change) {
    String text =
        spec(WALD.replace(part, change), "Wald(mu = m, k = s)", "approximate monte_carlo");
    return firstFailure(Specs.derive(text.replace("m: real", "m: positive")));
  }

  @Test
  void aSamplerOfAnotherDistributionWithTwoNoises() {
    assertEquals("none", firstFailureOfWald("- 2 * v", "- 2 * v"));
    assertTrue(firstFailureOfWald("- 2 * v", "- 3 * v").startsWith("sampler"));
  }

  @Test
  void aWrongDistributionFunction() {
    assertTrue(firstFailureOfWald("erfcx(", "2 * erfcx(").startsWith("cdf"));
  }

  /** What fails first where angles are drawn, or their log-partition is, in another way. */
  private static String firstFailureOfAngles(String part, String change) {
    String text =
        spec(ANGLES.replace(part, change), "Ring(mu = m, k = s)", "approximate monte_carlo");
    return firstFailure(Specs.derive(text));
  }

  @Test
  void aSamplerOfOtherAngles() {
    assertEquals("none", firstFailureOfAngles("mu + b", "mu + 2 * pi + b"));
    assertTrue(firstFailureOfAngles("(k, u)", "(k + 1, u)").startsWith("sampler"));
    assertTrue(firstFailureOfAngles("mu + b", "mu + pi + b").startsWith("sampler"));
    assertTrue(firstFailureOfAngles("_i0(k)", "_i0(k / 2)").startsWith("density"));
  }

  @Test
  void aSamplerOfOtherCounts() {
    for (String sampler : List.of("pdtrik(u, r)", "pdtrik(u, r) + 1", "pdtrik(u, r / 2)")) {
      String family =
          """
          family Events(r: positive) {
            support        nonnegative_integer
            statistics     n
            natural        log(r)
            base_measure   -lgamma(n + 1)
            log_partition  r
            sample         %s   with u ~ Uniform
          }
          """
              .formatted(sampler);
      String text =
          spec(family, "Events(r = s)", "approximate monte_carlo").replace("m: real, ", "");
      String first = firstFailure(Specs.derive(text));
      assertTrue(first.startsWith(sampler.length() == 12 ? "none" : "sampler"), first);
    }
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

  /** The covariance of a sample, divided by the number of draws, or by one less. */
  @Test
  void anEstimateThatIsNotRightInTheMean() {
    for (boolean right : List.of(true, false)) {
      String rule =
          """
          rule contrast(f, n) for theta {
            grade  unbiased
            E[c(theta) * f(theta)]
              ~> %s (mean(k in 1..n) c(sample(k)) * f(sample(k))
                   - (mean(k in 1..n) c(sample(k))) * (mean(k in 1..n) f(sample(k))))
          }
          """
              .formatted(right ? "n / (n - 1) *" : "");
      String use = "gradient score approximate contrast(ell, 4)";
      for (String family :
          List.of("Normal(mean = m, precision = s)", "Gamma(shape = m, rate = s)")) {
        String text = spec(rule, family, use).replace("m: real", "m: positive");
        String expected = right ? "none" : "contrast(ell, 4): equal in the mean";
        assertEquals(expected, firstFailure(Specs.derive(text)), family);
      }
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
                        step.replacements(),
                        step.rule()))
            .toList();
    return new Derivation(
        derivation.optimizer(),
        steps,
        derivation.result(),
        derivation.program(),
        derivation.setting(),
        derivation.components(),
        derivation.weights());
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
  void aConnectionWithATurnedSign() {
    Derivation derivation =
        Specs.derive(
            spec(
                GAUSSIAN,
                "Bell(mean = m, precision = s)",
                "step blockwise approximate delta_method geodesic(m, s)"));
    Derivation wrong =
        withLines(
            derivation,
            line ->
                line instanceof Step.Line.Equation(Quantity.JointConnection of, Expr value)
                        && of.of().name().equals("m")
                    ? new Step.Line.Equation(of, Exprs.negate(value))
                    : line);
    assertEquals("none", firstFailure(derivation));
    assertEquals("connection(m, s)(u, u) of m", firstFailure(wrong));
  }

  /** Coordinates with precisions of their own do not have equal parts in a mean that they share. */
  @Test
  void aSharedStateThatMovesWithAnUnweightedMean() {
    Derivation derivation =
        Specs.derive(
            spec(GAUSSIAN, "Bell(mean = m, precision = s)", "approximate delta_method")
                .replace("m: real", "shared m: real"));
    Derivation wrong =
        withLines(
            derivation,
            line ->
                line instanceof Step.Line.Equation(Quantity.NewValue of, Expr value)
                        && of.of().name().equals("m")
                        && Walk.contains(value, Derivation.RATE)
                    ? new Step.Line.Equation(of, unweighted(value))
                    : line);
    assertEquals("none", firstFailure(derivation));
    assertEquals(
        "coordinates that share states move together, against brute force", firstFailure(wrong));
  }

  /** The mean of quotients in place of the quotient of means. */
  private static Expr unweighted(Expr expr) {
    List<Expr> means = Walk.find(expr, CoordinateSums::isAverage);
    List<Expr> bodies = means.stream().map(mean -> ((Expr.Reduce) mean).body()).toList();
    int below = bodies.getFirst() instanceof Expr.Sym ? 0 : 1;
    Expr quotient = Exprs.divide(bodies.get(1 - below), bodies.get(below));
    Expr inOne = Walk.substitute(expr, means.get(below), Exprs.ONE);
    return Walk.substitute(inOne, means.get(1 - below), CoordinateSums.average(quotient));
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
    return program.withUpdate(update);
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
    return Walk.substitute(value, from, to);
  }

  private static Expr symbol(Program program, String name) {
    return program.states().stream()
        .filter(state -> state.name().equals(name))
        .findFirst()
        .orElseThrow()
        .symbol();
  }

  /** A program with other hyper-parameters, number of draws and assignments. */
  private static Program changed(
      Program program,
      List<Program.Hyper> hypers,
      Optional<Expr> samples,
      UnaryOperator<Expr> change) {
    return new Program(
        program.name(),
        hypers,
        program.states(),
        program.noises(),
        samples,
        changed(program.scalars(), change),
        program.phases(),
        program.sums(),
        program.accumulators(),
        changed(program.update(), change),
        program.rest());
  }

  private static List<Program.Assign> changed(
      List<Program.Assign> assignments, UnaryOperator<Expr> change) {
    return assignments.stream()
        .map(each -> new Program.Assign(each.target(), change.apply(each.value())))
        .toList();
  }

  private static Derivation withProgram(Derivation derivation, Program program) {
    return new Derivation(
        derivation.optimizer(),
        derivation.steps(),
        derivation.result(),
        program,
        derivation.setting(),
        derivation.components(),
        derivation.weights());
  }

  /** The square of a minibatch's mean, in place of the mean of squares. */
  @Test
  void anEstimatorThatIsUnbiasedForOneExampleOnly() {
    String rule =
        """
        rule square_of_mean {
          grade  unbiased
          sum(i in data) grad(f)(i, x)^2 ~> size(data) * (mean(i in batch(data)) grad(f)(i, x))^2
        }
        """;
    String text =
        spec(
                rule,
                "Normal(mean = m, precision = s)",
                "approximate delta_method gauss_newton square_of_mean stochastic")
            .replace("ell(theta)", "sum(i in rows) ell(i, theta)")
            .replace("  posterior", "  data rows[10]\n  posterior");
    assertEquals("square_of_mean: equal in the mean", firstFailure(Specs.derive(text)));
  }

  /** The square of the mean over draws, in place of the mean of squares. */
  @Test
  void anEstimatorThatIsUnbiasedForOneDrawOnly() {
    String rule =
        """
        rule square_of_mean(samples) for theta {
          grade  unbiased
          E[grad(f)(theta)^2] ~> (mean(k in 1..samples) grad(f)(sample(k)))^2
        }
        """;
    String text =
        spec(
            rule,
            "Normal(mean = m, precision = s)",
            "approximate squared_gradient square_of_mean(2) monte_carlo(samples = 2)");
    assertEquals("square_of_mean(2): equal in the mean", firstFailure(Specs.derive(text)));
  }

  /**
   * Of the rules that are the same where there is one coordinate, that with independent signs is
   * right for several ones. The mean of the square of a uniform number on (0, 1) is 1/3.
   */
  @Test
  void anEstimatorThatIsUnbiasedForDiagonalHessiansOnly() {
    Map<String, Boolean> estimators =
        Map.of(
            "sign(u - 1/2) * hess(f, sign(u - 1/2))", true,
            "z * hess(f, z)", true,
            "hess(f, z)", false,
            "z * hess(f, sign(z))", false,
            "hess(f, 1)", false,
            "3 * u * hess(f, u)", false,
            "12 * (u - 1/2) * hess(f, u - 1/2)", true,
            "hess(f, m) / m", false);
    estimators.forEach(
        (estimator, right) -> {
          String expected = right ? "none" : "probe(m): equal in the mean";
          assertEquals(
              expected, firstFailure(estimated(estimator, "monte_carlo probe(m)")), estimator);
        });
    for (String use : List.of("probe(m) delta_method", "probe(m) monte_carlo")) {
      assertEquals("none", firstFailure(estimated("z * hess(f, z)", use)), use);
      for (String wrong : List.of("hess(f, 1)", "hess(f, z)")) {
        assertEquals("probe(m): equal in the mean", firstFailure(estimated(wrong, use)), use);
      }
    }
  }

  private static Derivation estimated(String estimator, String use) {
    return Specs.derive(
        spec(
            """
            rule probe(m) {
              grade unbiased
              noise u ~ Uniform, z ~ StandardNormal
              hess(f) ~> %s + 0 * (u + z + m)
            }
            """
                .formatted(estimator),
            "Normal(mean = m, precision = s)",
            "approximate " + use));
  }

  /** A program that takes every step for the first, which the first step does not show. */
  @Test
  void aProgramThatDoesNotCountItsSteps() {
    Derivation derivation = Specs.derive(Specs.text("adam"));
    Program program = derivation.program();
    Program wrong =
        changed(
            program,
            program.hypers(),
            program.samples(),
            value -> Walk.substitute(value, Derivation.STEP_NUMBER, Exprs.ONE));
    assertEquals(
        "update program against the equations", firstFailure(withProgram(derivation, wrong)));
  }

  /** A program that evaluates one draw in place of two, which equal draws do not show. */
  @Test
  void aProgramThatMakesTooFewDraws() {
    Derivation derivation =
        Specs.derive(
            spec("", "Normal(mean = m, precision = s)", "approximate monte_carlo(samples = 2)"));
    Program program = derivation.program();
    Program wrong =
        changed(program, program.hypers(), Optional.of(Exprs.ONE), UnaryOperator.identity());
    assertEquals(
        "update program against the equations", firstFailure(withProgram(derivation, wrong)));
  }

  /** 0.9 emitted as 0.9005, which changes results by less than a thousandth. */
  @Test
  void aBackEndWithAnInexactConstant() {
    Derivation derivation =
        Specs.derive(
            spec("", "Normal(mean = m, precision = s)", "approximate delta_method")
                .replace("rho: unit = 0.1", "rho: unit = 0.9"));
    Function<Program, CompiledProgram> inexact =
        program ->
            CompiledProgram.of(
                changed(
                    program,
                    List.of(
                        new Program.Hyper(
                            program.hypers().getFirst().symbol(), Optional.of(0.9005))),
                    program.samples(),
                    UnaryOperator.identity()));
    Check inFloat = Verifier.verify(derivation, inexact).getLast();
    assertEquals("emitted Java, float against the reference evaluator", inFloat.subject());
    assertFalse(inFloat.passes());
    assertTrue(
        inFloat.outcome() instanceof Check.Outcome.Compared(double error, double _) && error < 1e-3,
        inFloat.toString());
  }
}
