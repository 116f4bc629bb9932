package org.blrc.emit.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.blrc.check.Checker;
import org.blrc.derive.Derivation;
import org.blrc.derive.Deriver;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Loaded;
import org.blrc.syntax.Loader;
import org.blrc.syntax.SourceFile;
import org.blrc.syntax.SpecException;

/** Derivations for tests of reports. */
final class Derivations {

  private static final Path ZOO = Path.of("..", "specs", "zoo");

  /** Names in several scripts, names that mean something to LaTeX, and a source full of signs. */
  static final String AWKWARD =
      """
      rule ж_rule(β, α0) of m {
        grade  biased
        source "a < b > c & d # $x_1^2$ {100%} ~ \\ 'q' |x| `code_1` “quoted” – dash ∇ é ß 漢 END"
        in direction of m: x ~> 1e-9 * β^3.5 * exp(-α0^2) * x - sqrt(abs(β * x)) * tanh(x / (1 + β))
          + 2 * sigmoid(x + β) * exp(x) * β - x^2 / (β + α0^2) + log(1 + x^2) / (1 + β^2)
      }
      optimizer Ünïcode_Optimizer {
        hyper      α0: positive = 1, α: positive = 1e-3, frac: unit = 0.01, _δ: positive = 1e-8,
                   漢字: positive = 2, K: [1, infinity) = 3, عدد: positive = 1, é_ß: positive = 1
        state      mean_of_w_with_quite_a_long_name: real, σ2: nonnegative = 0
        posterior  each θ1 ~ Normal(mean = mean_of_w_with_quite_a_long_name, precision = σ2 + _δ)
        loss       é_ß * ℓ_2(θ1) * عدد
        rate       mean_of_w_with_quite_a_long_name = α, σ2 = frac
        approximate
          monte_carlo(samples = K)
          hess(ℓ_2) ~> grad(ℓ_2)^2
          ж_rule(α, α0) of mean_of_w_with_quite_a_long_name
          clip(漢字) of mean_of_w_with_quite_a_long_name
      }
      optimizer item {
        hyper      begin: positive = 1, over: unit = 0.5
        state      end: real, left: positive = 1
        data       sqrt_[begin]
        posterior  each right1 ~ Normal(mean = end, precision = left)
        loss       sum(and in sqrt_) input2(and, right1)
        rate       over
        approximate
          monte_carlo(samples = 4)
          stochastic
          gauss_newton
      }
      """;

  private Derivations() {}

  /** Every spec of the zoo, by its name, and the awkward ones. */
  static Stream<String> names() {
    try (Stream<Path> files = Files.list(ZOO)) {
      List<String> names =
          new ArrayList<>(files.map(file -> file.getFileName().toString()).toList());
      names.add("awkward");
      return names.stream().sorted();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Derivation> of(String name) {
    try {
      String text = name.equals("awkward") ? AWKWARD : Files.readString(ZOO.resolve(name));
      return derive(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Derivation> derive(String text) {
    Loaded loaded = Loader.load(new SourceFile("test.blr", text), Path.of("."));
    List<Diagnostic> problems = Checker.diagnostics(loaded);
    if (!problems.isEmpty()) {
      throw new AssertionError(problems);
    }
    try {
      List<Derivation> derivations = new ArrayList<>();
      for (var optimizer : loaded.unit().optimizers()) {
        derivations.add(Deriver.derive(loaded.unit(), optimizer));
      }
      return derivations;
    } catch (SpecException e) {
      throw new AssertionError(e.diagnostics().toString(), e);
    }
  }
}
