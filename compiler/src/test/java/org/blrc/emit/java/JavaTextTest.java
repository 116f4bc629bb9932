package org.blrc.emit.java;

import static org.blrc.symbolic.Exprs.ONE;
import static org.blrc.symbolic.Exprs.TWO;
import static org.blrc.symbolic.Exprs.add;
import static org.blrc.symbolic.Exprs.call;
import static org.blrc.symbolic.Exprs.divide;
import static org.blrc.symbolic.Exprs.mul;
import static org.blrc.symbolic.Exprs.negate;
import static org.blrc.symbolic.Exprs.num;
import static org.blrc.symbolic.Exprs.pow;
import static org.blrc.symbolic.Exprs.sqrt;
import static org.blrc.symbolic.Exprs.square;
import static org.blrc.symbolic.Exprs.subtract;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.blrc.emit.arith.Arith;
import org.blrc.emit.arith.Formula;
import org.blrc.emit.arith.Lowering;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.arith.Source;
import org.blrc.emit.arith.Suggestions;
import org.blrc.program.Program;
import org.blrc.program.ProgramBuilder;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Function;
import org.blrc.symbolic.Rational;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Expressions are written as a person would write them. */
class JavaTextTest {

  private static final ProgramBuilder BUILDER = new ProgramBuilder("text");
  private static final Sym A = BUILDER.hyper("a", Domain.POSITIVE);
  private static final Sym B = BUILDER.hyper("b", Domain.POSITIVE);
  private static final Sym X = BUILDER.state("x");
  private static final Sym Y = BUILDER.state("y");
  private static final Program PROGRAM = BUILDER.build(X);

  static Stream<Arguments> expressions() {
    return Stream.of(
        Arguments.of(subtract(X, divide(mul(A, Y), add(sqrt(Y), B))), "x - a * y / (SQRT(y) + b)"),
        Arguments.of(add(negate(X), Y), "y - x"),
        Arguments.of(add(negate(X), negate(Y)), "-(x + y)"),
        Arguments.of(mul(A, subtract(X, Y)), "a * (x - y)"),
        Arguments.of(negate(mul(A, X)), "-a * x"),
        Arguments.of(divide(X, mul(A, Y)), "x / (a * y)"),
        Arguments.of(divide(X, divide(A, Y)), "x * y / a"),
        Arguments.of(square(X), "x * x"),
        Arguments.of(pow(X, num(3)), "x * x * x"),
        Arguments.of(pow(X, fraction(-1, 2)), "1 / SQRT(x)"),
        Arguments.of(pow(X, fraction(3, 2)), "x * SQRT(x)"),
        Arguments.of(pow(X, num(-2)), "1 / (x * x)"),
        Arguments.of(pow(X, num(9)), "POW(x, 9)"),
        Arguments.of(pow(X, A), "POW(x, a)"),
        Arguments.of(pow(X, negate(A)), "1 / POW(x, a)"),
        Arguments.of(mul(fraction(1, 2), X), "0.5* * x"),
        Arguments.of(mul(fraction(1, 3), X), "x / 3"),
        Arguments.of(mul(fraction(-2, 3), X), "-2 * x / 3"),
        Arguments.of(fraction(1, 3), "1.0* / 3"),
        Arguments.of(num(Rational.parse("1e-8")), "1e-8*"),
        Arguments.of(num(Rational.parse("0.00125")), "0.00125*"),
        Arguments.of(num(5_000_000_000L), "5e9*"),
        Arguments.of(call(Function.LOG, add(ONE, X)), "LOG1P(x)"),
        Arguments.of(subtract(call(Function.EXP, X), ONE), "EXPM1(x)"),
        Arguments.of(subtract(ONE, call(Function.EXP, X)), "-EXPM1(x)"),
        Arguments.of(subtract(ONE, square(call(Function.TANH, X))), "1 / (COSH(x) * COSH(x))"),
        Arguments.of(divide(Y, call(Function.EXP, mul(num(-2), X))), "y * EXP(2 * x)"),
        Arguments.of(call(Function.CLAMP, X, negate(A), A), "Math.min(Math.max(x, -a), a)"),
        Arguments.of(mul(TWO, call(Function.ABS, X)), "2 * Math.abs(x)"));
  }

  private static Expr fraction(long numerator, long denominator) {
    return num(Rational.of(numerator, denominator));
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void inBothPrecisions(Expr expr, String pattern) {
    assertEquals(expected(pattern, "", "", ".0"), write(expr, Precision.DOUBLE));
    assertEquals(expected(pattern, "(float) ", "f", "f"), write(expr, Precision.FLOAT));
  }

  /** Upper case stands for a method of Math that needs a cast, {@code *} for a literal's suffix. */
  private static String expected(String pattern, String cast, String suffix, String integer) {
    String text =
        java.util.regex.Pattern.compile("\\b[A-Z]\\w+(?=\\()")
            .matcher(pattern)
            .replaceAll(
                match ->
                    match.group().equals("Math")
                        ? "Math"
                        : cast + "Math." + match.group().toLowerCase(java.util.Locale.ROOT));
    return text.replace("1.0*", "1" + integer)
        .replace("* *", suffix + " *")
        .replaceAll("\\*$", suffix);
  }

  private static String write(Expr expr, Precision precision) {
    Formula text =
        new Formula(
            JavaDialect.JAVA,
            precision,
            part -> part instanceof Arith.Ref(Source source) ? Suggestions.of(source) : null,
            part -> part);
    return text.write(new Lowering(PROGRAM).lower(expr)).replaceAll("\\s", " ");
  }
}
