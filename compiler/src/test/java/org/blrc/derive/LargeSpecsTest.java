package org.blrc.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.blrc.program.ReferenceOptimizer;
import org.junit.jupiter.api.Test;

/** Specs far larger than anybody writes by hand. */
final class LargeSpecsTest {

  private static final String SPEC =
      """
      optimizer Large {
        hyper      rho: positive = 0.1%s
        state      m: real
        posterior  each x ~ Normal(mean = m, precision = 1)
        loss       ell(x)%s
        rate       rho
        approximate
          delta_method%s
      }
      """;

  /** 500 different terms; their gradient at 1 is the sum of 2 k/1000. */
  @Test
  void aLossMayHaveFiveHundredTerms() {
    String hypers = each(500, k -> ", a%d: real = %d/1000".formatted(k, k));
    String terms = each(500, k -> " + a%d * x^2".formatted(k));
    assertEquals(1 - 0.1 * 2 * 0.001 * 500 * 501 / 2, step(hypers, terms), 1e-12);
  }

  @Test
  void aLossMayHaveFiveHundredDifferentFunctions() {
    String terms = each(500, k -> " - sin(%d * x) / %d".formatted(k, k));
    double gradient = -IntStream.rangeClosed(1, 500).mapToDouble(Math::cos).sum();
    assertEquals(1 - 0.1 * gradient, step("", terms), 1e-12);
  }

  @Test
  void rulesMayAddTwoHundredStates() {
    String rules =
        "\n    momentum(grad(ell), 0.9, v = v0) of m"
            + each(199, k -> "\n    momentum(new(v%d), 0.9, v = v%d) of m".formatted(k - 1, k));
    Derivation derivation = Specs.derive(SPEC.formatted("", "", rules));
    assertEquals(201, derivation.program().states().size());
  }

  @Test
  void aSpecMayHaveTenThousandLines() {
    String lines = "\n // a line that says nothing\n".repeat(5000);
    Derivation derivation = Specs.derive(SPEC.formatted("", "\n + 1".repeat(5000), lines));
    assertEquals(1, derivation.program().states().size());
  }

  /** The mean after a step from 1 with an unknown part of the loss that is flat. */
  private static double step(String hypers, String terms) {
    String text = SPEC.formatted(hypers, terms, "");
    ReferenceOptimizer after =
        OneStep.of(text, Map.of(), Map.of("m", new double[] {1})).run((_, _, _, _) -> 0);
    return after.state("m")[0];
  }

  private static String each(int count, IntFunction<String> piece) {
    return IntStream.rangeClosed(1, count).mapToObj(piece).collect(Collectors.joining());
  }
}
