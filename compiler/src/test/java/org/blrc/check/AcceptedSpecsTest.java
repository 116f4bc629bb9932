package org.blrc.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.blrc.syntax.Loader;
import org.blrc.syntax.SpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedSpecsTest {

  private static final String GRADIENT_DESCENT =
      """
      optimizer GradientDescent {
        hyper      rho: positive = 0.1
        state      m: real
        posterior  each theta ~ Normal(mean = m, precision = 1)
        loss       ell(theta)
        rate       rho
        approximate delta_method
      }
      """;

  static Stream<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("../specs"))) {
      return files.filter(file -> file.toString().endsWith(".blr")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void whatShipsIsInOrder(Path spec) throws SpecException {
    assertEquals(List.of(), Checker.diagnostics(Loader.load(spec.toString())));
  }

  @Test
  void aNameMayLookLikeAClauseWord() {
    String spec =
        GRADIENT_DESCENT
            .replace("rho", "step")
            .replace("  state      m", "  state      prior")
            .replace("mean = m", "mean = prior")
            .replace("theta", "loss")
            .replace("ell", "data");
    assertEquals(List.of(), Texts.messages(spec));
  }

  @Test
  void aFamilyMayHaveAParameterCalledRate() {
    assertEquals(
        List.of(),
        Texts.messages(
            """
            family Gamma(shape: positive, rate: positive) {
              support        positive
              statistics     log(x), x
              natural        shape, -rate
              base_measure   -log(x)
              log_partition  lgamma(shape) - shape * log(rate)
            }
            """));
  }

  @Test
  void aRuleMayRenameTheStateThatItAdds() {
    String spec =
        GRADIENT_DESCENT.replace(
            "delta_method",
            """
            delta_method
                momentum(grad(ell), 0.9, v = velocity) of m
                bias_correction(velocity, 0.9) of m
                momentum(grad(ell), 0.5) of m
            """);
    assertEquals(List.of(), Texts.messages(spec));
  }

  @Test
  void aRuleMayBeCalledLikeAHyperParameter() {
    String spec =
        GRADIENT_DESCENT
            .replace("= 0.1", "= 0.1, clip: (0, infinity] = infinity")
            .replace("delta_method", "delta_method, clip(clip) of m");
    assertEquals(List.of(), Texts.messages(spec));
  }

  @Test
  void usersMayRedeclareWhatTheLibraryDeclares() throws SpecException {
    var unit = Checker.check(Texts.load("rule delta_method { E[x] ~> 0 }\n" + GRADIENT_DESCENT));
    assertEquals("test.blr", unit.rule("delta_method").orElseThrow().span().source().name());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rho",
        "rho / sqrt(t)",
        "m = rho * min(1, t / 100)",
        "max(rho, 1e-3)",
        "rho ^ -2",
        "-(-rho)",
        "pi * rho",
      })
  void aRateIsAnyScalar(String rate) {
    String spec = GRADIENT_DESCENT.replace("rate       rho", "rate       " + rate);
    assertEquals(List.of(), Texts.messages(spec));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "E[f(theta)] ~> f(E[theta])",
        "in direction of m: x ~> clamp(x, -rho, rho)",
        "in update of m: rate ~> rho / t",
        "in step of m: v ~> v - connection(m)(v, v) / 2",
        "hess(ell) ~> grad(ell)^2",
        "hess(f)(x) ~> abs(grad(f)(x))",
        "mean(i in examples) f(i) ~> mean(j in batch(examples)) f(j)",
        "E[f(theta)] ~> mean(k in 1..3) f(sample(k))",
        "new(m) ~> new(m) + 0 * size(examples)",
      })
  void aRewriteMayStandInPlace(String rewrite) {
    String spec =
        GRADIENT_DESCENT
            .replace("ell(theta)", "mean(i in examples) ell(i, theta)")
            .replace("= 0.1", "= 0.1, N: positive")
            .replace("  rate", "  data       examples[N]\n  rate")
            .replace("delta_method", "delta_method\n    " + rewrite);
    assertEquals(List.of(), Texts.messages(spec));
  }
}
