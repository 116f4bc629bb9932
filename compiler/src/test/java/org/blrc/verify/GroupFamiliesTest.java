package org.blrc.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.blrc.derive.Derivation;
import org.blrc.derive.Quantity;
import org.blrc.derive.Specs;
import org.blrc.derive.Step;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Function;
import org.blrc.symbolic.Walk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups that a spec declares, against brute force; and faults in what is derived from them. */
final class GroupFamiliesTest {

  private static String spec(String parameters, String support, String sample, String identity) {
    List<String> names = new ArrayList<>();
    List<String> states = new ArrayList<>();
    for (String each : parameters.split(", ", -1)) {
      String[] parts = each.split(": ", -1);
      names.add(parts[0] + " = " + parts[0] + "_state");
      states.add(parts[0] + "_state: " + parts[1] + " = " + (parts[1].equals("real") ? 0.5 : 1.5));
    }
    return """
        family Moved(%s) {
          support   %s
          sample    %s
          identity  %s
        }

        optimizer Mover {
          hyper      rho: unit = 0.1
          state      %s
          posterior  each theta ~ Moved(%s)
          prior      each theta ~ %s
          loss       ell(theta)
          rate       rho
          approximate
            monte_carlo(samples = 1)
        }
        """
        .formatted(
            parameters,
            support,
            sample,
            identity,
            String.join(", ", states),
            String.join(", ", names),
            support.equals("real") ? "Normal(mean = 0, variance = 2)" : "Exponential(rate = 1)");
  }

  /** Affine groups in several parameters, powers, and a subgroup that moves along a curve. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          b: real, a: positive | real | b + a * eps with eps ~ StandardNormal | b = 0, a = 1
          b: real, a: positive | real | a * (b + eps) with eps ~ StandardNormal | b = 0, a = 1
          b: real, s: positive | real | b + eps / sqrt(s) with eps ~ StandardNormal | b = 0, s = 1
          b: real, l: real | real | b + exp(l) * eps with eps ~ StandardNormal | b = 0, l = 0
          b: real, a: positive | real | b + 3 * a * eps with eps ~ StandardNormal | b = 1, a = 2
          c: positive, p: positive | positive | c * (-log(u))^p with u ~ Uniform | c = 1, p = 1
          m: real, s: real | positive | exp(m + exp(s) * eps) with eps ~ StandardNormal | m = 0, s = 0
          f: positive | positive | f * sqrt(-2 * log(u)) with u ~ Uniform | f = 1
          k: real | real | exp(k) * eps + exp(k) - 1 with eps ~ StandardNormal | k = 0
          """)
  void hold(String parameters, String support, String sample, String identity) {
    Derivation derivation = Specs.derive(spec(parameters, support, sample, identity));
    List<Check> checks = Verifier.verify(derivation);
    for (Check check : checks) {
      assertTrue(check.passes(), check.toString());
      assertFalse(check.outcome() instanceof Check.Outcome.NotChecked, check.toString());
    }
    assertTrue(checks.stream().anyMatch(each -> each.subject().startsWith("new values solve")));
  }

  private static final String AFFINE =
      spec("b: real, a: positive", "real", "b + a * eps with eps ~ StandardNormal", "b = 0, a = 1");

  @Test
  void aWrongVectorField() {
    assertEquals("d b_state / d u_b_state", firstFailure(Quantity.Field.class, Exprs::square));
  }

  @Test
  void aWrongMoveOfDraws() {
    assertTrue(
        firstFailure(Quantity.SampleDerivative.class, each -> Exprs.mul(Exprs.TWO, each))
            .startsWith("d theta / d u_"));
  }

  @Test
  void aForgottenEntropy() {
    assertEquals(
        "d entropy / d u_a_state", firstFailure(Quantity.EntropyGradient.class, _ -> Exprs.ZERO));
  }

  @Test
  void aWrongGradientInTheAlgebra() {
    assertTrue(
        firstFailure(Quantity.ObjectiveGradient.class, each -> Exprs.add(each, Exprs.HALF))
            .startsWith("d L / d u_"));
  }

  /** The exponential of the matrix without the integral over the way. */
  @Test
  void aStepThatIsNoExponential() {
    assertEquals(
        "new values solve the rule, against brute force",
        firstFailure(
            Quantity.NewValue.class,
            each ->
                Walk.find(each, part -> isCallOf(Function.EXPREL, part)).stream()
                    .reduce(each, (value, part) -> Walk.substitute(value, part, Exprs.ONE))));
  }

  private static boolean isCallOf(Function function, Expr part) {
    return part instanceof Expr.Call(Function called, List<Expr> _) && called == function;
  }

  private static String firstFailure(
      Class<? extends Quantity> quantity, UnaryOperator<Expr> fault) {
    Derivation sound = Specs.derive(AFFINE);
    List<Step> steps = sound.steps().stream().map(step -> changed(step, quantity, fault)).toList();
    Derivation faulty =
        new Derivation(
            sound.optimizer(),
            steps,
            sound.result(),
            sound.program(),
            sound.setting(),
            sound.components(),
            sound.weights());
    Optional<Check> first =
        Verifier.withoutCode(faulty).stream().filter(check -> !check.passes()).findFirst();
    return first.map(Check::subject).orElse("none");
  }

  private static Step changed(
      Step step, Class<? extends Quantity> quantity, UnaryOperator<Expr> fault) {
    List<Step.Line> lines = new ArrayList<>();
    for (Step.Line line : step.lines()) {
      lines.add(
          line instanceof Step.Line.Equation(Quantity left, Expr right) && quantity.isInstance(left)
              ? new Step.Line.Equation(left, fault.apply(right))
              : line);
    }
    return new Step(
        step.title(),
        lines,
        step.justification(),
        step.source(),
        step.grade(),
        step.replacements(),
        step.rule());
  }
}
