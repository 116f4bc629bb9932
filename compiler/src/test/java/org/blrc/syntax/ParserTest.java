package org.blrc.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.blrc.syntax.Declaration.Action;
import org.blrc.syntax.Declaration.Approximation;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.Declaration.Rates;
import org.blrc.syntax.Declaration.Rule;
import org.blrc.syntax.Declaration.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParserTest {

  /** Each expression, and the same with every bracket written. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a + b * c; (a + (b * c))",
        "a - b - c; ((a - b) - c)",
        "a / b / c; ((a / b) / c)",
        "a * b / c; ((a * b) / c)",
        "-a^2; -(a ^ 2)",
        "a^-b; (a ^ -b)",
        "a^b^c; (a ^ (b ^ c))",
        "-a * b; (-a * b)",
        "a * -b; (a * -b)",
        "(a + b) * c; ((a + b) * c)",
        "f(x)^2; (f(x) ^ 2)",
        "grad(f)(x) + 1; (grad(f)(x) + 1)",
        "f(x, y = 2); f(x, y = 2)",
        "E[x^2] - E[x]^2; (E[(x ^ 2)] - (E[x] ^ 2))",
        "sum(i in d) f(i) + c; (sum(i in d) f(i) + c)",
        "sum(i in d) a * f(i) + c; (sum(i in d) (a * f(i)) + c)",
        "c * sum(i in d) f(i); (c * sum(i in d) f(i))",
        "mean(k in 1..n + 1) f(k); mean(k in 1..(n + 1)) f(k)",
        "sum(i in batch(d)) f(i); sum(i in batch(d)) f(i)",
        "1e-3 + .5; (0.001 + 0.5)",
        "mean * rate; (mean * rate)",
      })
  void operatorsBindAsDocumented(String text, String bracketed) {
    assertEquals(bracketed, Terms.print(loss(text)));
  }

  @Test
  void spansCoverWhatWasWritten() {
    Term.Binary product = assertInstanceOf(Term.Binary.class, loss("(a + b) * f(c)(d)"));
    assertEquals("(a + b) * f(c)(d)", product.span().text());
    assertEquals("a + b", product.left().span().text());
    assertEquals("f(c)(d)", product.right().span().text());
  }

  @Test
  void spansCountCharactersBeyondTheBasicPlane() {
    Term.Binary sum =
        assertInstanceOf(Term.Binary.class, loss("/* \ud83d\ude00 */ \ud835\udf03 + b"));
    assertEquals("\ud835\udf03", sum.left().span().text());
    assertEquals("b", sum.right().span().text());
  }

  @Test
  void entriesNeedNoSeparator() {
    List<Approximation> entries =
        optimizer(
                "ell(x)", "1", "a b(1), c of m -> ".replace(" -> ", "\n") + "hess(f) ~> g -1\n d,")
            .approximations();
    assertEquals(
        List.of("a", "b(1)", "c of m", "hess(f) ~> g -1", "d"),
        entries.stream().map(entry -> entry.span().text()).toList());
  }

  @Test
  void aCommaEndsAnEntry() {
    List<Approximation> entries = optimizer("ell(x)", "1", "a, -b ~> c").approximations();
    assertEquals(2, entries.size());
    assertInstanceOf(Approximation.Inline.class, entries.get(1));
  }

  @Test
  void ratesAreCommonOrByState() {
    assertInstanceOf(Rates.Common.class, optimizer("ell(x)", "rho", "a").rates());
    assertInstanceOf(Rates.Blocks.class, optimizer("ell(x)", "m = 1, s = 2", "a").rates());
  }

  @Test
  void aRuleHoldsStatesAssignmentsAndRewritesInOrder() {
    Parsed parsed =
        parse(
            """
            rule momentum(e, beta = 0.9) of m for x ~ Normal(mean, precision) {
              grade biased
              source "somewhere"
              state v: real = 0, w: real
              v <- beta * v + e
              in direction of m: e ~> v
              E[x] ~> mean
            }
            """);
    assertEquals(List.of(), parsed.diagnostics());
    Rule rule = assertInstanceOf(Rule.class, parsed.declarations().getFirst());
    assertEquals("m", rule.target().orElseThrow().text());
    assertEquals("Normal", rule.subject().orElseThrow().family().orElseThrow().text());
    assertEquals("somewhere", rule.source().orElseThrow());
    assertEquals(
        List.of("AddState", "AddState", "Assign", "Rewrite", "Rewrite"),
        rule.actions().stream().map(action -> action.getClass().getSimpleName()).toList());
    Action.Rewrite scoped = (Action.Rewrite) rule.actions().get(3);
    assertEquals(Scope.Part.DIRECTION, scoped.scope().orElseThrow().part());
  }

  @Test
  void aBrokenDeclarationLeavesTheOthersAlone() {
    Parsed parsed = parse("rule a { x ~> }\nrule b { hess(f) ~> 0 }\nrule c { ~> 1 }\n");
    assertEquals(List.of("b"), parsed.declarations().stream().map(d -> d.name().text()).toList());
    assertEquals(java.util.Set.of("a", "c"), parsed.broken());
    assertEquals(2, parsed.diagnostics().size());
  }

  @Test
  void anEmptyTextDeclaresNothing() {
    Parsed parsed = parse("// nothing\n");
    assertTrue(parsed.declarations().isEmpty() && parsed.diagnostics().isEmpty());
  }

  private static Parsed parse(String text) {
    return Parser.parse(new SourceFile("test.blr", text));
  }

  private static Optimizer optimizer(String loss, String rate, String approximate) {
    Parsed parsed =
        parse(
            """
            optimizer O {
              state      m: real
              posterior  each x ~ Normal(mean = m, precision = 1)
              loss       %s
              rate       %s
              approximate %s
            }
            """
                .formatted(loss, rate, approximate));
    assertEquals(List.of(), parsed.diagnostics());
    return (Optimizer) parsed.declarations().getFirst();
  }

  private static Term loss(String text) {
    return optimizer(text, "1", "a").loss();
  }
}
