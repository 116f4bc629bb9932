package org.blrc.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.blrc.family.FamilyFacts;
import org.blrc.family.Support;
import org.blrc.program.ExprEvaluator;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Parser;
import org.blrc.syntax.SourceFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expectations in closed form, against integrals of the density. */
final class MomentsTest {

  private static final String OWN =
      """
      family Own(a: positive, b: positive) {
        support        positive
        statistics     y^2, log(y)
        natural        -b, 2 * a - 1
        log_partition  lgamma(a) - a * log(b) - log(2)
        sample         sqrt(b) * exp(a * e)   with e ~ StandardNormal
      }
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Normal(mean = p, precision = q)   | x^3
          Normal(mean = p, precision = q)   | x^5 - 2 * x^4
          Normal(mean = p, precision = q)   | exp(3 * x / 2)
          Normal(mean = p, precision = q)   | x^2 * exp(-x)
          Normal(mean = p, precision = q)   | exp(-x^2 / 3)
          Normal(mean = p, precision = 1)   | x * exp(x^2 / 4)
          Normal(mean = p, variance = q)    | x^4
          LogNormal(mean = p, precision = q) | x
          LogNormal(mean = p, precision = q) | sqrt(x) * log(x)
          LogNormal(mean = p, precision = q) | 1 / x^2
          Exponential(rate = q)             | x^3 * exp(-2 * x)
          Exponential(scale = q)            | x^4
          Laplace(location = 2, scale = q)  | abs(x - 2) * exp(-abs(x - 2))
          VonMises(mean = p, concentration = q) | cos(x)
          VonMises(mean = p, concentration = q) | cos(x)^2 * sin(x)
          VonMises(cosine = p, sine = q)    | sin(x) * cos(x)
          VonMises(cosine = p, sine = q)    | exp(sin(x) / 2)
          Own(a = p, b = q)                 | x^4
          Own(a = p, b = q)                 | x
          Own(a = p, b = q)                 | log(x)^2 * x^2
          Own(a = p, b = q)                 | exp(-x^2)
          """)
  void equalsTheIntegral(String posterior, String body) {
    Model model = model(posterior);
    FamilyFacts family = model.posterior();
    Map<String, Double> at = Map.of("p", 0.7, "q", 1.6);
    Function<Sym, Double> symbols = symbol -> at.get(symbol.name());
    Expr expr = expr(body, family.variable());
    Optional<Expr> closed = total(new Moments(model.family(), family), expr);
    assertTrue(closed.isPresent(), () -> "no closed form of " + expr);
    boolean positive = family.support().hull().lower() == 0;
    double integral =
        (family.support() instanceof Support.Circle
                ? Quadrature.between(-Math.PI, -2, -1, 0, 1, 2, Math.PI)
                : positive
                    ? Quadrature.between(0, 0.25, 0.5, 1, 2, 4, 8, 16, 64, 1024)
                    : Quadrature.between(-40, -12, -6, -3, -1, 0, 1, 2, 3, 6, 12, 40))
            .integrate(
                x ->
                    value(expr, family, symbols, x)
                        * Math.exp(value(family.logDensity(), family, symbols, x)));
    double exact = ExprEvaluator.evaluate(closed.get(), symbols::apply);
    assertEquals(integral, exact, 1e-9 * Math.max(1, Math.abs(integral)));
  }

  /** What need not exist, or has no such form. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Normal(mean = p, precision = q)   | exp(x^2)
          Normal(mean = p, precision = 1)   | exp(x^2 / 2)
          Normal(mean = p, precision = q)   | 1 / x
          Normal(mean = p, precision = q)   | tanh(x)
          Normal(mean = p, precision = q)   | exp(x^3)
          Exponential(rate = q)             | exp(x)
          Exponential(rate = q)             | log(x)
          Laplace(location = 2, scale = q)  | x^2
          Own(a = p, b = q)                 | 1 / x^2
          """)
  void isLeft(String posterior, String body) {
    Model model = model(posterior);
    Expr expr = expr(body, model.variable());
    assertEquals(Optional.empty(), new Moments(model.family(), model.posterior()).of(expr));
  }

  private static Optional<Expr> total(Moments moments, Expr expr) {
    Expr sum = Exprs.ZERO;
    for (Expr term : Exprs.terms(expr)) {
      Optional<Expr> mean = moments.of(term);
      if (mean.isEmpty()) {
        return Optional.empty();
      }
      sum = Exprs.add(sum, mean.get());
    }
    return Optional.of(sum);
  }

  private static double value(
      Expr expr, FamilyFacts family, Function<Sym, Double> symbols, double x) {
    return ExprEvaluator.evaluate(
        expr, symbol -> symbol.equals(family.variable()) ? x : symbols.apply(symbol));
  }

  private static Model model(String posterior) {
    String p = posterior.contains("a = p") ? "p: positive = 1" : "p: real = 1";
    String q = "q: positive = 1";
    boolean both = posterior.contains("= p") && posterior.contains("= q");
    String states = both ? p + ", " + q : posterior.contains("= p") ? p : q;
    return Specs.model(
        OWN
            + """
            optimizer Test {
              state      %s
              posterior  each x ~ %s
              loss       ell(x)
              rate       1
            }
            """
                .formatted(states, posterior));
  }

  private static Expr expr(String text, Sym variable) {
    var parsed = Parser.parse(new SourceFile("body", "rule body {\n e <- " + text + "\n}\n"));
    Declaration.Rule rule = (Declaration.Rule) parsed.declarations().getFirst();
    return Lowering.plain(Scope.ROOT.with("x", variable))
        .expr(((Declaration.Action.Assign) rule.actions().getFirst()).value());
  }
}
