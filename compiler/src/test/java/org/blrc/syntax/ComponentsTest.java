package org.blrc.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.blrc.syntax.Declaration.Approximation;
import org.blrc.syntax.Declaration.Distribution;
import org.blrc.syntax.Declaration.Family;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.Declaration.Rates;
import org.blrc.syntax.Declaration.Variable;
import org.junit.jupiter.api.Test;

/** What has components is written out, one variable for each of them. */
final class ComponentsTest {

  private static final String DECLARATIONS =
      """
      family Outcome[K](score[K - 1]: real) {
        support        {1..K}
        statistics     [x = k] for k in 1..K-1
        natural        score[k] for k in 1..K - 1
        log_partition  log(1 + sum(k in 1..K-1) exp(score[k]))
        sample         1 + sum(k in 1..K-1) [u > max(j in 1..k) score[j]]   with u ~ Uniform
      }

      family Die(w[2]: real) {
        support        {1..3}
        statistics     [x = k] for k in 1..2
        natural        w[1], w[2]
        log_partition  log(1 + exp(w[1]) + exp(w[2]))
      }

      rule smooth(e, beta) of m {
        state v: real = 0
        v <- beta * v + (1 - beta) * e
        in direction of m: e ~> new(v)
      }
      """;

  private static Loaded load(String text) {
    return Loader.load(new SourceFile("test.blr", DECLARATIONS + text), Path.of("."));
  }

  private static Optimizer optimizer(String clauses) {
    Loaded loaded = load("optimizer Test {\n" + clauses + "\n}");
    assertEquals(List.of(), loaded.diagnostics());
    return loaded.unit().optimizers().getFirst();
  }

  private static List<String> names(List<Variable> variables) {
    return variables.stream()
        .map(
            variable ->
                variable.name().text()
                    + variable.value().map(value -> " = " + Terms.print(value)).orElse(""))
        .toList();
  }

  private static String print(Distribution distribution) {
    return distribution.arguments().stream()
        .map(each -> each.name().text() + " = " + Terms.print(each.value()))
        .collect(Collectors.joining(", "));
  }

  @Test
  void variablesArgumentsAndRates() {
    Optimizer optimizer =
        optimizer(
            """
              hyper      c[2]: real = 1, rho: unit
              state      l[3 - 1]: real = 2 * c
              posterior  each x ~ Outcome[3](score = l + rho)
              prior      each x ~ Outcome[3](score = 0)
              loss       ell(x) + sum(k in 1..2) c[k] * [x = k + 1] + mean(j in 2..2) j * c[j]
              rate       l = rho
            """);
    assertEquals(List.of("c[1] = 1", "c[2] = 1", "rho"), names(optimizer.hypers()));
    assertEquals(List.of("l[1] = (2 * c[1])", "l[2] = (2 * c[2])"), names(optimizer.states()));
    assertEquals("score[1] = (l[1] + rho), score[2] = (l[2] + rho)", print(optimizer.posterior()));
    assertEquals("score[1] = 0, score[2] = 0", print(optimizer.prior().orElseThrow()));
    assertEquals(
        "((ell(x) + ((c[1] * equal(x, (1 + 1))) + (c[2] * equal(x, (2 + 1))))) + ((2 * c[2]) / 1))",
        Terms.print(optimizer.loss()));
    Rates.Blocks rates = (Rates.Blocks) optimizer.rates();
    assertEquals(
        List.of("l[1]", "l[2]"), rates.values().stream().map(each -> each.name().text()).toList());
  }

  @Test
  void familiesOfTheSizeThatIsUsed() {
    Loaded loaded =
        load(
            """
            optimizer Test {
              state      l[2]: real, m[3]: real
              posterior  each x ~ Outcome[4](score = m)
              loss       ell(x)
              rate       1
            }
            optimizer Other {
              state      w[2]: real
              posterior  each x ~ Die(w = w)
              loss       ell(x)
              rate       1
            }
            """);
    assertEquals(List.of(), loaded.diagnostics());
    Family family = loaded.unit().families("Outcome").getFirst();
    assertEquals(
        List.of("score[1]", "score[2]", "score[3]"),
        family.parameters().stream().map(parameter -> parameter.name().text()).toList());
    assertEquals(
        List.of("equal(x, 1)", "equal(x, 2)", "equal(x, 3)"),
        family.statistics().stream().map(Terms::print).toList());
    assertEquals(
        "(1 + ((greater(u, score[1]) + greater(u, max(score[1], score[2])))"
            + " + greater(u, max(max(score[1], score[2]), score[3]))))",
        Terms.print(family.sampler().orElseThrow().terms().getFirst()));
    assertEquals(
        List.of("1", "2", "3", "4"),
        ((Declaration.Domain.Finite) family.support())
            .values().stream().map(Terms::print).toList());
    assertEquals(
        "w[1] = w[1], w[2] = w[2]", print(loaded.unit().optimizers().getLast().posterior()));
  }

  /** Rules are applied to each component, and the states that they add are told apart. */
  @Test
  void rules() {
    Optimizer optimizer =
        optimizer(
            """
              state      l[2]: real, n: real
              posterior  each x ~ Outcome[3](score = l)
              loss       ell(x)
              rate       1
              approximate
                delta_method
                smooth(grad(ell), 0.9) of l
                smooth(l[2], 0.8, v = w) of n
                in update of l: y ~> y + v
            """);
    List<String> written = optimizer.approximations().stream().map(ComponentsTest::print).toList();
    assertEquals(
        List.of(
            "delta_method",
            "smooth(grad(ell), 0.9, v = v[1]) of l[1]",
            "smooth(grad(ell), 0.9, v = v[2]) of l[2]",
            "smooth(l[2], 0.8, v = w) of n",
            "l[1]: y ~> (y + v[1])",
            "l[2]: y ~> (y + v[2])"),
        written);
  }

  private static String print(Approximation approximation) {
    return switch (approximation) {
      case Approximation.Inline inline ->
          inline.rewrite().scope().orElseThrow().state().text()
              + ": "
              + Terms.print(inline.rewrite().from())
              + " ~> "
              + Terms.print(inline.rewrite().to());
      case Approximation.Use use ->
          use.rule().text()
              + (use.arguments().isEmpty()
                  ? ""
                  : use.arguments().stream()
                      .map(
                          argument ->
                              argument.name().map(name -> name.text() + " = ").orElse("")
                                  + Terms.print(argument.value()))
                      .collect(Collectors.joining(", ", "(", ")")))
              + use.target().map(target -> " of " + target.text()).orElse("");
    };
  }
}
