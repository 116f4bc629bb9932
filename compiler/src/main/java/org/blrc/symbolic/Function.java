package org.blrc.symbolic;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.blrc.symbolic.FunctionFacts.Accuracy;
import org.blrc.symbolic.FunctionFacts.Shape;

/**
 * The scalar functions that the language knows, beside the four operations and powers. All that the
 * algebra and the notations know of a function stands here; its values are in {@code
 * program.FunctionValues} and in the runtime.
 */
public enum Function {
  EXP(unary("exp", x -> call("exp", x)).range(Domain.POSITIVE).inverse(y -> call("log", y))),
  LOG(unary("log", Exprs::reciprocal).inverse(y -> call("exp", y))),
  EXPM1(
      unary("expm1", x -> call("exp", x))
          .range(Domain.open(-1, Double.POSITIVE_INFINITY))
          .shape(Shape.SIGNED)
          .inverse(y -> call("log1p", y))),
  LOG1P(
      unary("log1p", x -> Exprs.reciprocal(Exprs.add(Exprs.ONE, x)))
          .shape(Shape.SIGNED)
          .inverse(y -> call("expm1", y))),
  /** (exp(x) - 1) / x, the mean of exp over the numbers from 0 to x; 1 at 0. */
  EXPREL(FunctionFacts.of("exprel", (FunctionFacts.Partial) null).range(Domain.POSITIVE)),
  ABS(unary("abs", x -> call("sign", x)).range(Domain.NONNEGATIVE).shape(Shape.EVEN)),
  SIGN(FunctionFacts.of("sign", (FunctionFacts.Partial) null)),
  SIN(unary("sin", x -> call("cos", x)).shape(Shape.ODD)),
  COS(unary("cos", x -> Exprs.negate(call("sin", x))).shape(Shape.EVEN)),
  /** atan2(y, x): the angle of the point (x, y). */
  ATAN2(
      binary(
              "atan2",
              (y, x) -> Exprs.divide(x, squares(x, y)),
              (y, x) -> Exprs.negate(Exprs.divide(y, squares(x, y))))
          .range(new Domain(-Math.PI, true, Math.PI, true))),
  TANH(
      unary("tanh", x -> Exprs.subtract(Exprs.ONE, Exprs.square(call("tanh", x))))
          .range(Domain.open(-1, 1))
          .shape(Shape.ODD_SIGNED)
          .inverse(y -> call("atanh", y))),
  ATANH(
      unary("atanh", x -> Exprs.reciprocal(Exprs.subtract(Exprs.ONE, Exprs.square(x))))
          .shape(Shape.ODD_SIGNED)
          .inverse(y -> call("tanh", y))),
  SIGMOID(
      unary(
              "sigmoid",
              x -> {
                Expr value = call("sigmoid", x);
                return Exprs.mul(value, Exprs.subtract(Exprs.ONE, value));
              })
          .range(Domain.open(0, 1))
          .inverse(y -> Exprs.negate(call("log", Exprs.subtract(Exprs.reciprocal(y), Exprs.ONE))))),
  SOFTPLUS(
      unary("softplus", x -> call("sigmoid", x))
          .range(Domain.POSITIVE)
          // log(exp(y) - 1), in the form that does not overflow.
          .inverse(
              y ->
                  Exprs.add(
                      y, call("log", Exprs.subtract(Exprs.ONE, call("exp", Exprs.negate(y))))))),
  LOGADDEXP(
      binary(
              "logaddexp",
              (x, y) -> call("sigmoid", Exprs.subtract(x, y)),
              (x, y) -> call("sigmoid", Exprs.subtract(y, x)))
          .accuracy(Accuracy.SPECIAL)),
  /** log|Gamma(x)|. */
  LGAMMA(
      unary("lgamma", x -> call("digamma", x))
          .symbol(FunctionSymbol.ofLog("Γ"))
          .accuracy(Accuracy.SPECIAL)),
  DIGAMMA(
      unary("digamma", x -> call("trigamma", x))
          .symbol(FunctionSymbol.of("ψ"))
          .accuracy(Accuracy.SPECIAL)),
  TRIGAMMA(
      unary("trigamma", x -> call("polygamma", Exprs.TWO, x))
          .range(Domain.POSITIVE)
          .symbol(FunctionSymbol.of("ψ").subscript("1"))
          .accuracy(Accuracy.SPECIAL)),
  /** polygamma(n, x): the n-th derivative of digamma. */
  POLYGAMMA(
      binary("polygamma", null, (n, x) -> call("polygamma", Exprs.add(n, Exprs.ONE), x))
          .symbol(FunctionSymbol.of("ψ"))
          .accuracy(Accuracy.SPECIAL)),
  ERF(
      unary("erf", x -> Exprs.mul(Exprs.TWO, bell(x)))
          .range(Domain.open(-1, 1))
          .shape(Shape.ODD_SIGNED)
          .accuracy(Accuracy.SPECIAL)),
  ERFC(
      unary("erfc", x -> Exprs.mul(Exprs.num(-2), bell(x)))
          .range(Domain.open(0, 2))
          .accuracy(Accuracy.SPECIAL)),
  /** exp(x^2) erfc(x). */
  ERFCX(
      unary(
              "erfcx",
              x ->
                  Exprs.mul(
                      Exprs.TWO,
                      Exprs.subtract(
                          Exprs.mul(x, call("erfcx", x)),
                          Exprs.pow(Exprs.PI, Exprs.negate(Exprs.HALF)))))
          .range(Domain.POSITIVE)
          .accuracy(Accuracy.SPECIAL)),
  /** The distribution function of the standard normal distribution. */
  NDTR(
      unary("ndtr", Function::normalDensity)
          .range(Domain.open(0, 1))
          .inverse(y -> call("ndtri", y))
          .symbol(FunctionSymbol.of("Φ"))
          .accuracy(Accuracy.SPECIAL)),
  NDTRI(
      unary("ndtri", p -> Exprs.reciprocal(normalDensity(call("ndtri", p))))
          .inverse(y -> call("ndtr", y))
          .symbol(FunctionSymbol.of("Φ").superscript("-1"))
          .accuracy(Accuracy.SPECIAL)),
  LOG_NDTR(
      unary(
              "log_ndtr",
              // The density over ndtr(x), neither of which underflows like this.
              x ->
                  Exprs.divide(
                      Exprs.sqrt(Exprs.divide(Exprs.TWO, Exprs.PI)),
                      call("erfcx", Exprs.negate(Exprs.divide(x, Exprs.sqrt(Exprs.TWO))))))
          .range(Domain.NEGATIVE)
          .inverse(y -> call("ndtri", call("exp", y)))
          .symbol(FunctionSymbol.ofLog("Φ"))
          .accuracy(Accuracy.SPECIAL)),
  BESSEL_I0(
      unary("bessel_i0", x -> call("bessel_i1", x))
          .range(Domain.POSITIVE)
          .shape(Shape.EVEN)
          .symbol(FunctionSymbol.of("I").subscript("0"))
          .accuracy(Accuracy.SPECIAL)),
  BESSEL_I1(
      unary(
              "bessel_i1",
              x -> Exprs.subtract(call("bessel_i0", x), Exprs.divide(call("bessel_i1", x), x)))
          .shape(Shape.ODD_SIGNED)
          .symbol(FunctionSymbol.of("I").subscript("1"))
          .accuracy(Accuracy.SPECIAL)),
  /** exp(-|x|) I0(x). */
  BESSEL_I0E(
      unary(
              "bessel_i0e",
              x ->
                  Exprs.subtract(
                      call("bessel_i1e", x), Exprs.mul(signOf(x), call("bessel_i0e", x))))
          .range(Domain.POSITIVE)
          .shape(Shape.EVEN)
          .symbol(FunctionSymbol.of("Ĩ").subscript("0"))
          .accuracy(Accuracy.SPECIAL)),
  BESSEL_I1E(
      unary(
              "bessel_i1e",
              x ->
                  Exprs.subtract(
                      call("bessel_i0e", x),
                      Exprs.mul(Exprs.add(signOf(x), Exprs.reciprocal(x)), call("bessel_i1e", x))))
          .range(Domain.open(-1, 1))
          .shape(Shape.ODD_SIGNED)
          .symbol(FunctionSymbol.of("Ĩ").subscript("1"))
          .accuracy(Accuracy.SPECIAL)),
  LOG_BESSEL_I0(
      unary("log_bessel_i0", x -> call("bessel_ratio", x))
          .range(Domain.NONNEGATIVE)
          .shape(Shape.EVEN)
          .symbol(FunctionSymbol.ofLog("I").subscript("0"))
          .accuracy(Accuracy.SPECIAL)),
  /** I1(x) / I0(x), called A in directional statistics. */
  BESSEL_RATIO(
      unary("bessel_ratio", x -> call("bessel_ratio_slope", x))
          .range(Domain.open(-1, 1))
          .shape(Shape.ODD_SIGNED)
          .inverse(y -> call("bessel_ratio_inverse", y))
          .symbol(FunctionSymbol.of("A"))
          .accuracy(Accuracy.SPECIAL)),
  /** A'(x) = 1 - A(x)^2 - A(x) / x, of which nothing would be left at large x. */
  BESSEL_RATIO_SLOPE(
      unary(
              "bessel_ratio_slope",
              x -> {
                Expr ratio = call("bessel_ratio", x);
                Expr slope = call("bessel_ratio_slope", x);
                return Exprs.subtract(
                    Exprs.divide(Exprs.subtract(Exprs.divide(ratio, x), slope), x),
                    Exprs.mul(Exprs.TWO, ratio, slope));
              })
          .range(Domain.POSITIVE)
          .shape(Shape.EVEN)
          .symbol(FunctionSymbol.of("A").superscript("′"))
          .accuracy(Accuracy.SPECIAL)),
  BESSEL_RATIO_INVERSE(
      unary(
              "bessel_ratio_inverse",
              r -> Exprs.reciprocal(call("bessel_ratio_slope", call("bessel_ratio_inverse", r))))
          .shape(Shape.ODD_SIGNED)
          .inverse(y -> call("bessel_ratio", y))
          .symbol(FunctionSymbol.of("A").superscript("-1"))
          .accuracy(Accuracy.SPECIAL)),
  /** The regularised lower incomplete gamma function P(a, x). */
  GAMMAINC(
      binary("gammainc", (a, x) -> call("gammainc_da", a, x), (a, x) -> call("gammainc_dx", a, x))
          .range(Domain.UNIT)
          .symbol(FunctionSymbol.of("P"))
          .accuracy(Accuracy.TAIL)),
  GAMMAINCC(
      binary(
              "gammaincc",
              (a, x) -> Exprs.negate(call("gammainc_da", a, x)),
              (a, x) -> Exprs.negate(call("gammainc_dx", a, x)))
          .range(Domain.UNIT)
          .symbol(FunctionSymbol.of("Q"))
          .accuracy(Accuracy.TAIL)),
  /** The derivative of P(a, x) by a. */
  GAMMAINC_DA(
      binary(
              "gammainc_da",
              null,
              (a, x) ->
                  Exprs.mul(
                      call("gammainc_dx", a, x),
                      Exprs.subtract(call("log", x), call("digamma", a))))
          .range(new Domain(Double.NEGATIVE_INFINITY, false, 0, true))
          .symbol(FunctionSymbol.of("P").superscript("(1,0)"))
          .accuracy(Accuracy.TAIL)),
  /** The derivative of P(a, x) by x: the density of the gamma distribution. */
  GAMMAINC_DX(
      binary(
              "gammainc_dx",
              (a, x) ->
                  Exprs.mul(
                      call("gammainc_dx", a, x),
                      Exprs.subtract(call("log", x), call("digamma", a))),
              (a, x) ->
                  Exprs.mul(
                      call("gammainc_dx", a, x),
                      Exprs.subtract(Exprs.divide(Exprs.subtract(a, Exprs.ONE), x), Exprs.ONE)))
          .range(Domain.NONNEGATIVE)
          .symbol(FunctionSymbol.of("P").superscript("(0,1)"))
          .accuracy(Accuracy.TAIL)),
  /** The x with P(a, x) = p. */
  GAMMAINCINV(
      binary(
              "gammaincinv",
              (a, p) -> {
                Expr x = call("gammaincinv", a, p);
                return Exprs.negate(
                    Exprs.divide(call("gammainc_da", a, x), call("gammainc_dx", a, x)));
              },
              (a, p) -> Exprs.reciprocal(call("gammainc_dx", a, call("gammaincinv", a, p))))
          .range(Domain.NONNEGATIVE)
          .symbol(FunctionSymbol.of("P").superscript("-1"))
          .accuracy(Accuracy.TAIL)),
  /** pdtrik(p, m): the least n of 0, 1, 2, ... with Q(n + 1, m) >= p. */
  PDTRIK(
      FunctionFacts.of("pdtrik", null, null)
          .range(Domain.NONNEGATIVE)
          .symbol(FunctionSymbol.of("N"))),
  /** The integral of exp(k cos(t)) / (2 pi I0(k)) from -pi to x. */
  BESSEL_I0INC(
      binary(
              "bessel_i0inc",
              (k, x) -> call("bessel_i0inc_dk", k, x),
              (k, x) -> call("bessel_i0inc_dx", k, x))
          .symbol(FunctionSymbol.of("M"))
          .accuracy(Accuracy.TAIL)),
  /** The derivative of bessel_i0inc by k. */
  BESSEL_I0INC_DK(
      binary(
              "bessel_i0inc_dk",
              null,
              (k, x) -> Exprs.mul(call("bessel_i0inc_dx", k, x), excess(k, x)))
          .range(Domain.open(-1, 1))
          .symbol(FunctionSymbol.of("M").superscript("(1,0)"))
          .accuracy(Accuracy.TAIL)),
  /** The derivative of bessel_i0inc by x: the density of an angle. */
  BESSEL_I0INC_DX(
      binary(
              "bessel_i0inc_dx",
              (k, x) -> Exprs.mul(call("bessel_i0inc_dx", k, x), excess(k, x)),
              (k, x) -> Exprs.negate(Exprs.mul(k, call("sin", x), call("bessel_i0inc_dx", k, x))))
          .range(Domain.NONNEGATIVE)
          .symbol(FunctionSymbol.of("M").superscript("(0,1)"))
          .accuracy(Accuracy.TAIL)),
  /** The x with bessel_i0inc(k, x) = p. */
  BESSEL_I0INCINV(
      binary(
              "bessel_i0incinv",
              (k, p) -> {
                Expr x = call("bessel_i0incinv", k, p);
                return Exprs.negate(
                    Exprs.divide(call("bessel_i0inc_dk", k, x), call("bessel_i0inc_dx", k, x)));
              },
              (k, p) -> Exprs.reciprocal(call("bessel_i0inc_dx", k, call("bessel_i0incinv", k, p))))
          .range(new Domain(-Math.PI, true, Math.PI, true))
          .symbol(FunctionSymbol.of("M").superscript("-1"))
          .accuracy(Accuracy.TAIL)),
  /** betainc(a, b, x): the regularised incomplete beta function. */
  BETAINC(
      FunctionFacts.of("betainc", null, null, args -> call("betainc_dx", args))
          .range(Domain.UNIT)
          .symbol(FunctionSymbol.of("I"))
          .accuracy(Accuracy.TAIL)),
  /** The derivative of betainc by its last argument: the density of the beta distribution. */
  BETAINC_DX(
      FunctionFacts.of(
              "betainc_dx",
              args -> betaSlope(args, args.get(0), args.get(2)),
              args -> betaSlope(args, args.get(1), Exprs.subtract(Exprs.ONE, args.get(2))),
              args -> {
                Expr x = args.get(2);
                return Exprs.mul(
                    call("betainc_dx", args),
                    Exprs.subtract(
                        Exprs.divide(Exprs.subtract(args.get(0), Exprs.ONE), x),
                        Exprs.divide(
                            Exprs.subtract(args.get(1), Exprs.ONE), Exprs.subtract(Exprs.ONE, x))));
              })
          .range(Domain.NONNEGATIVE)
          .symbol(FunctionSymbol.of("I").superscript("(0,0,1)"))
          .accuracy(Accuracy.TAIL)),
  MIN(FunctionFacts.of("min", null, null)),
  MAX(FunctionFacts.of("max", null, null)),
  /** clamp(x, lower, upper). */
  CLAMP(FunctionFacts.of("clamp", null, null, null)),
  /** [a = b]: 1 where both are equal, 0 elsewhere. */
  EQUAL(FunctionFacts.of("equal", null, null).range(Domain.UNIT)),
  /** [a > b]: 1 where the first is greater, 0 elsewhere. */
  GREATER(FunctionFacts.of("greater", null, null).range(Domain.UNIT));

  private final FunctionFacts facts;

  Function(FunctionFacts facts) {
    this.facts = facts;
  }

  /** The function with this name in the language. */
  public static Optional<Function> named(String label) {
    return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
  }

  /** Its name in the language. */
  public String label() {
    return facts.label();
  }

  public int arity() {
    return facts.arity();
  }

  /** The relation that the function is 1 for, where it is one. */
  Optional<Character> relation() {
    return switch (this) {
      case EQUAL -> Optional.of('=');
      case GREATER -> Optional.of('>');
      default -> Optional.empty();
    };
  }

  /** What its values lie in, wherever it is defined. */
  Domain range() {
    return facts.range();
  }

  Shape shape() {
    return facts.shape();
  }

  /** How it is set in mathematics; absent, where by its label. */
  Optional<FunctionSymbol> symbol() {
    return facts.symbol();
  }

  /** The derivative by one argument; absent, where the language has no name for it. */
  Optional<Expr> partial(int argument, List<Expr> arguments) {
    return facts.partials().get(argument).map(partial -> partial.at(arguments));
  }

  /** The argument at which a function of one has this value. */
  Optional<Expr> inverse(Expr value) {
    return facts.inverse().map(inverse -> inverse.apply(value));
  }

  /**
   * By how many units in the last place of a double an implementation may be off, as the runtime's
   * tests hold it to, where this is its value.
   */
  public double units(double value) {
    return switch (facts.accuracy()) {
      case ELEMENTARY -> 1;
      case SPECIAL -> 8;
      case TAIL -> 32 * (1 - Math.log(Math.abs(value) / (1 + Math.abs(value))));
    };
  }

  private static FunctionFacts unary(String label, UnaryOperator<Expr> slope) {
    return FunctionFacts.of(label, x -> slope.apply(x.getFirst()));
  }

  private static FunctionFacts binary(
      String label, BinaryOperator<Expr> byFirst, BinaryOperator<Expr> bySecond) {
    return FunctionFacts.of(label, partial(byFirst), partial(bySecond));
  }

  private static FunctionFacts.Partial partial(BinaryOperator<Expr> slope) {
    return slope == null ? null : x -> slope.apply(x.getFirst(), x.getLast());
  }

  /** By its name: constants cannot refer to each other. */
  private static Expr call(String label, Expr... arguments) {
    return call(label, List.of(arguments));
  }

  private static Expr call(String label, List<Expr> arguments) {
    return Exprs.call(named(label).orElseThrow(), arguments);
  }

  private static Expr signOf(Expr x) {
    return Bounds.isPositive(x) ? Exprs.ONE : call("sign", x);
  }

  private static Expr squares(Expr x, Expr y) {
    return Exprs.add(Exprs.square(x), Exprs.square(y));
  }

  /** cos(x) less its mean at the concentration k. */
  private static Expr excess(Expr k, Expr x) {
    return Exprs.subtract(call("cos", x), call("bessel_ratio", k));
  }

  /** exp(-x^2) / sqrt(pi). */
  private static Expr bell(Expr x) {
    return Exprs.mul(
        Exprs.pow(Exprs.PI, Exprs.negate(Exprs.HALF)), call("exp", Exprs.negate(Exprs.square(x))));
  }

  private static Expr normalDensity(Expr x) {
    return Exprs.divide(
        call("exp", Exprs.negate(Exprs.divide(Exprs.square(x), Exprs.TWO))),
        Exprs.sqrt(Exprs.mul(Exprs.TWO, Exprs.PI)));
  }

  /** The density of the beta distribution, differentiated by the shape of one of the two sides. */
  private static Expr betaSlope(List<Expr> arguments, Expr shape, Expr side) {
    Expr total = Exprs.add(arguments.get(0), arguments.get(1));
    return Exprs.mul(
        call("betainc_dx", arguments),
        Exprs.add(call("log", side), call("digamma", total), Exprs.negate(call("digamma", shape))));
  }
}
