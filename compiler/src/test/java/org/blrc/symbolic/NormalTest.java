package org.blrc.symbolic;

import static org.blrc.symbolic.RandomExpr.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Parser;
import org.blrc.syntax.SourceFile;
import org.blrc.syntax.Term;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The normal form decides equality and keeps values. */
final class NormalTest {

  @BeforeEach
  void startCounting() {
    WorkBudget.reset();
  }

  // x and y are real, p and q positive, u lies in (0, 1), n is negative.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          (x + y)^2                     | x^2 + 2*x*y + y^2
          (x^2 - y^2) / (x - y)         | x + y
          1/x + 1/y                     | (x + y) / (x*y)
          (x^3 - 1) / (x - 1)           | x^2 + x + 1
          x / (x/y)                     | y
          1 / (1 + 1/(1 + 1/x))         | (x + 1) / (2*x + 1)
          sqrt(p) * sqrt(p)             | p
          sqrt(p*q)                     | sqrt(p) * sqrt(q)
          sqrt(p/q)                     | sqrt(p) / sqrt(q)
          1 / sqrt(p)                   | sqrt(p) / p
          p / sqrt(p)                   | sqrt(p)
          sqrt(p^2)                     | p
          sqrt(x^2)                     | abs(x)
          sqrt(p^2 * q)                 | p * sqrt(q)
          sqrt(4*p)                     | 2 * sqrt(p)
          sqrt(2) * sqrt(2)             | 2
          sqrt(2) * sqrt(3)             | sqrt(6)
          sqrt(12) / sqrt(3)            | 2
          sqrt(1/6) * sqrt(2/3)         | 1/3
          sqrt((1 + p)^2 * (2 + p))     | (1 + p) * sqrt(2 + p)
          sqrt((1 + p)^3)               | (1 + p) * sqrt(1 + p)
          log(12) - log(4)              | log(3)
          abs(n)                        | -n
          sign(x) * abs(x)              | x
          sign(x) * x                   | abs(x)
          sign(x)^3 * x^3               | abs(x)^3
          sign(x - y) * abs(y - x)      | x - y
          1 / sqrt(2)                   | sqrt(2) / 2
          (p + q) / sqrt(p + q)         | sqrt(p + q)
          sqrt(p + q)^2                 | p + q
          sqrt(p + q)^3                 | (p + q) * sqrt(p + q)
          sqrt((p + q)^2)               | p + q
          sqrt((x - y)^2)               | abs(x - y)
          sqrt(1 + 2*p + p^2)           | 1 + p
          1 / (sqrt(p) + sqrt(q))       | 1 / (sqrt(q) + sqrt(p))
          (p - q) / (sqrt(p) + sqrt(q)) | sqrt(p) - sqrt(q)
          (sqrt(p) + 1) * (sqrt(p) - 1) | p - 1
          p^(1/3) * p^(2/3)             | p
          (p^3)^(1/3)                   | p
          (p*q)^(1/3)                   | p^(1/3) * q^(1/3)
          p^x * p^y                     | p^(x + y)
          p^(2*x)                       | (p^x)^2
          p^(-x)                        | 1 / p^x
          exp(x + y)                    | exp(x) * exp(y)
          exp(-x)                       | 1 / exp(x)
          exp(2*x)                      | exp(x)^2
          exp(x/2)^2                    | exp(x)
          sqrt(exp(x))                  | exp(x/2)
          sqrt(exp(2*x))                | exp(x)
          exp(log(p))                   | p
          exp(2*log(p))                 | p^2
          exp(log(p)/2)                 | sqrt(p)
          exp(-log(p) + x)              | exp(x) / p
          log(exp(x))                   | x
          log(exp(x) * p)               | x + log(p)
          log(p*q)                      | log(p) + log(q)
          log(p/q)                      | log(p) - log(q)
          log(1/p)                      | -log(p)
          log(p^3)                      | 3 * log(p)
          log(sqrt(p))                  | log(p) / 2
          log((p + q)^2)                | 2 * log(p + q)
          log(p^2 + p)                  | log(p) + log(p + 1)
          abs(-x)                       | abs(x)
          abs(x*y)                      | abs(x) * abs(y)
          abs(x/y)                      | abs(x) / abs(y)
          abs(p*x)                      | p * abs(x)
          abs(-2*x)                     | 2 * abs(x)
          abs(x - y)                    | abs(y - x)
          abs(x^2)                      | x^2
          abs(abs(x))                   | abs(x)
          sign(p)                       | 1
          sign(-x)                      | -sign(x)
          sign(p*x)                     | sign(x)
          sign(x/p)                     | sign(x)
          sign(1/x)                     | sign(x)
          sign(3*x - 3*y)               | sign(x - y)
          sin(x + y - x)                | sin(y)
          tanh((x^2 - 1) / (x - 1))     | tanh(x + 1)
          u / (1 - u)                   | 1 / (1/u - 1)
          (1 - u)^2 / sqrt(1 - u)       | (1 - u) * sqrt(1 - u)
          sqrt(u - u^2)                 | sqrt(u) * sqrt(1 - u)
          x^0                           | 1
          """)
  void equal(String left, String right) {
    assertTrue(
        Normal.equal(read(left), read(right)),
        () -> print(Normal.simplify(read(left))) + " and " + print(Normal.simplify(read(right))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sqrt(x^2)     | x
          x             | y
          abs(x)        | x
          abs(x + y)    | abs(x) + abs(y)
          log(p + q)    | log(p) + log(q)
          exp(x*y)      | exp(x)*exp(y)
          sqrt(p + q)   | sqrt(p) + sqrt(q)
          sign(x)       | 1
          sign(x)*x     | x
          (x + y)^2     | x^2 + y^2
          sin(2*x)      | 2*sin(x)
          p^x           | x^p
          """)
  void different(String left, String right) {
    assertFalse(Normal.equal(read(left), read(right)));
  }

  @Test
  void simplifyKeepsValues() {
    RandomExpr random = new RandomExpr(1);
    int compared = 0;
    for (int i = 0; i < 1500; i++) {
      WorkBudget.reset();
      Expr expr = random.any(4);
      Expr simple = Normal.simplify(expr);
      for (Map<Sym, Double> at : random.points(3)) {
        compared += compare(expr, simple, at) ? 1 : 0;
      }
    }
    assertTrue(compared > 3000, "only " + compared + " values were finite");
  }

  /** Whether the value is a number that double precision can tell. */
  private static boolean compare(Expr expr, Expr simple, Map<Sym, Double> at) {
    double expected = value(expr, at);
    Map<Sym, Double> near = new HashMap<>();
    at.forEach((symbol, number) -> near.put(symbol, number * (1 + 1e-9)));
    double moved = value(expr, near);
    boolean stable =
        Math.abs(expected) < 1e9 && Math.abs(moved - expected) < 1e-5 * (1e-3 + Math.abs(expected));
    if (stable) {
      double actual = value(simple, at);
      assertEquals(
          expected,
          actual,
          1e-5 * (1e-3 + Math.abs(expected)),
          () -> print(expr) + "\n became " + print(simple) + "\n at " + at);
    }
    return stable;
  }

  @Test
  void simplifyIsIdempotent() {
    RandomExpr random = new RandomExpr(2);
    for (int i = 0; i < 600; i++) {
      WorkBudget.reset();
      Expr expr = random.differentiable(4);
      Expr once = Normal.simplify(expr);
      if (!Walk.contains(expr, NormalTest::hasSymbolicExponent)) {
        assertTrue(Normal.equal(once, expr), () -> print(expr));
        assertEquals(print(once), print(Normal.simplify(once)), () -> print(expr));
      }
    }
  }

  private static boolean hasSymbolicExponent(Expr part) {
    return part instanceof Expr.Pow(Expr _, Expr exponent) && !(exponent instanceof Expr.Num);
  }

  @Test
  void rationalFunctionsAreEqualExactlyIfTheirValuesAre() {
    RandomExpr random = new RandomExpr(3);
    for (int i = 0; i < 800; i++) {
      WorkBudget.reset();
      Expr left = random.rational(3);
      Expr right = random.below(2) == 0 ? random.rational(3) : rearranged(left, random);
      boolean equal = true;
      for (Map<Sym, Double> at : random.points(6)) {
        double a = value(left, at);
        double b = value(right, at);
        if (Double.isFinite(a) && Double.isFinite(b)) {
          equal &= Math.abs(a - b) < 1e-6 * (1 + Math.abs(a) + Math.abs(b));
        }
      }
      assertEquals(equal, Normal.equal(left, right), () -> print(left) + " and " + print(right));
    }
  }

  /** The same function in another shape. */
  private static Expr rearranged(Expr expr, RandomExpr random) {
    Expr other = Exprs.add(Exprs.ONE, Exprs.square(random.rational(2)));
    return switch (random.below(3)) {
      case 0 -> Exprs.divide(Exprs.mul(expr, other), other);
      case 1 -> Exprs.subtract(Exprs.add(expr, other), other);
      default -> Normal.simplify(expr);
    };
  }

  private static String print(Expr expr) {
    return ExprPrinter.TEXT.print(expr);
  }

  private static Expr read(String text) {
    var parsed = Parser.parse(new SourceFile("test", "rule r { a <- " + text + "\n}"));
    assertEquals(List.of(), parsed.diagnostics());
    Declaration.Rule rule = (Declaration.Rule) parsed.declarations().getFirst();
    return expr(((Declaration.Action.Assign) rule.actions().getFirst()).value());
  }

  private static Expr expr(Term term) {
    return switch (term) {
      case Term.Literal(var _, BigDecimal value) -> Exprs.num(Rational.of(value));
      case Term.Negate(var _, Term operand) -> Exprs.negate(expr(operand));
      case Term.Reference(var _, String name) ->
          RandomExpr.SYMBOLS.stream()
              .filter(symbol -> symbol.name().equals(name))
              .findFirst()
              .orElseThrow();
      case Term.Binary(var _, Term.Operator operator, Term left, Term right) ->
          switch (operator) {
            case ADD -> Exprs.add(expr(left), expr(right));
            case SUBTRACT -> Exprs.subtract(expr(left), expr(right));
            case MULTIPLY -> Exprs.mul(expr(left), expr(right));
            case DIVIDE -> Exprs.divide(expr(left), expr(right));
            case POWER -> Exprs.pow(expr(left), expr(right));
          };
      case Term.Apply(var _, Term.Reference(var _, String name), var arguments) -> {
        List<Expr> values = new ArrayList<>();
        arguments.forEach(argument -> values.add(expr(argument.value())));
        yield name.equals("sqrt")
            ? Exprs.sqrt(values.getFirst())
            : Exprs.call(
                java.util.Arrays.stream(Function.values())
                    .filter(function -> function.label().equals(name))
                    .findFirst()
                    .orElseThrow(),
                values);
      }
      default -> throw new IllegalArgumentException(term.span().text());
    };
  }
}
