package org.blrc.symbolic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Parser;
import org.blrc.syntax.SourceFile;
import org.blrc.syntax.Term;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Equalities that the normal form knows, and some that do not hold. */
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
          sin(x)^2 + cos(x)^2           | 1
          1 / (sin(x)^2 + cos(x)^2)     | 1
          sin(x)^3 + cos(x)^2 * sin(x)  | sin(x)
          (1 - cos(x)^2) / sin(x)       | sin(x)
          sin(x) / (1 - cos(x))         | (1 + cos(x)) / sin(x)
          sqrt(p^2*sin(x)^2 + p^2*cos(x)^2) | p
          (p*sin(x) + q*cos(x))^2 + (p*cos(x) - q*sin(x))^2 | p^2 + q^2
          log(12) - log(4)              | log(3)
          lgamma(1) + lgamma(2)         | 0
          lgamma(6)                     | log(120)
          exp(lgamma(5) - lgamma(3))    | 12
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
          abs(n^3)                      | -n^3
          abs(x^3)                      | x^2 * abs(x)
          sqrt(-n)^2                    | -n
          sign(n)                       | -1
          sign(x^2)                     | sign(x)^2
          sign(x*y)                     | sign(x) * sign(y)
          sign(x)^3                     | sign(x)
          abs(sign(x))                  | sign(x)^2
          sign(x - y) * (x - y)         | abs(x - y)
          x / abs(x)                    | sign(x)
          sqrt(abs(x)) * sign(x)^2      | sqrt(abs(x))
          sin(x - y)                    | -sin(y - x)
          cos(x - y)                    | cos(y - x)
          tanh(0)                       | 0
          x^2 * sign(y)^2 / y^2         | x^2 / y^2
          log(exp(exp(x))^2)            | 2 * exp(x)
          log(p^x)                      | x * log(p)
          log(n^2)                      | 2 * log(-n)
          log(x^2)                      | 2 * log(abs(x))
          log(n*(n - p))                | log(-n) + log(p - n)
          sqrt(-n^3)                    | -n * sqrt(-n)
          exp(log(x^2/y^2)) * y^2       | x^2
          exp(x * log(p))               | p^x
          (p*q)^x                       | p^x * q^x
          (2/3)^x                       | 1 / (3/2)^x
          exp(y)^x                      | exp(x*y)
          n^(2/3 + x)                   | n^(2/3) * n^x
          exp(x/(x - y))                | 1 / exp(x/(y - x))
          exp(1 + x/(1 + x))            | exp(1) * exp(x/(1 + x))
          exp(1/(1 + x) + 1/(1 + y))    | exp(1/(1 + x)) * exp(1/(1 + y))
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
          sign(x)^2     | 1
          sign(x^2)     | 1
          exp(x/(1+x))  | exp(x/(1-x))
          """)
  void different(String left, String right) {
    assertFalse(Normal.equal(read(left), read(right)));
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
      case Term.Literal(var _, Rational value) -> Exprs.num(value);
      case Term.Negate(var _, Term operand) -> Exprs.negate(expr(operand));
      case Term.Reference(var _, String name) ->
          Samples.SYMBOLS.stream()
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
