package org.blrc.symbolic;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Sym;
import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;

/**
 * A value in two precisions: by how much they differ is the error of the coarse one, whatever the
 * expression's condition, and the fine one is better by as many digits again.
 */
record Precise(Dfp coarse, Dfp fine) {

  /** Where an expression has no value. */
  private static final class Undefined extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Undefined() {
      super("undefined", null, false, false);
    }
  }

  /** Where the digits do not tell on which side of a jump a value lies, or there are too many. */
  static final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unknown() {
      super("unknown", null, false, false);
    }
  }

  private static final int DIGITS = 40;
  private static final DfpField COARSE = new DfpField(DIGITS);
  private static final DfpField FINE = new DfpField(2 * DIGITS);

  /** What is left of the coarse digits of a value that counts as known. */
  private static final double KNOWN = 1e-15;

  /** Beyond this, the exponents of numbers overflow. */
  private static final double LARGEST_EXPONENT = 1e4;

  /** What two sums beyond this differ by could vanish from both precisions. */
  private static final double LARGEST_TERM = 1e30;

  /** The values of the random variable, and of the draws 1 and 2. */
  private static final List<Rational> DRAWS = List.of(Rational.of(-3, 4), Rational.of(5, 8));

  /** The probability of the first. */
  private static final Rational WEIGHT = Rational.of(2, 7);

  private static final int EXAMPLES = 3;

  /** That there is no value. */
  private static final Precise NONE =
      new Precise(COARSE.newDfp(Double.NaN), FINE.newDfp(Double.NaN));

  static Precise of(Rational value) {
    return new Precise(number(value, COARSE), number(value, FINE));
  }

  private static Dfp number(Rational value, DfpField field) {
    return field
        .newDfp(value.numerator().toString())
        .divide(field.newDfp(value.denominator().toString()));
  }

  /** The value of an expression, or that it has none, if that is known. */
  static Optional<Precise> value(Expr expr, Map<Sym, Rational> at) {
    Map<Sym, Precise> values = new HashMap<>();
    at.forEach((symbol, value) -> values.put(symbol, of(value)));
    return valueAt(expr, values);
  }

  static Optional<Precise> valueAt(Expr expr, Map<Sym, Precise> at) {
    return known(() -> evaluate(expr, at)).filter(value -> !value.isDefined() || value.isKnown());
  }

  /** What is computed of values, if the digits suffice for it. */
  static Optional<Precise> known(Supplier<Precise> value) {
    try {
      return Optional.of(value.get());
    } catch (Undefined e) {
      return Optional.of(NONE);
    } catch (Unknown e) {
      return Optional.empty();
    }
  }

  boolean isDefined() {
    return !fine.isNaN();
  }

  private boolean isKnown() {
    Dfp bound = fine.abs().multiply(FINE.newDfp(KNOWN)).add(FINE.newDfp(KNOWN));
    return !coarse.isNaN() && !coarse.isInfinite() && error().lessThan(bound);
  }

  /** A bound for the error of the coarse value. */
  Dfp error() {
    Dfp rounding = fine.abs().multiply(FINE.newDfp("1e-" + (DIGITS - 4)));
    return fine.subtract(refined(coarse)).abs().add(rounding);
  }

  private static Dfp refined(Dfp value) {
    return FINE.newDfp(value.toString());
  }

  /** Whether the fine values differ by no more than the errors of the coarse ones. */
  boolean agreesWith(Precise other) {
    Dfp difference = fine.subtract(other.fine).abs();
    return isDefined() && other.isDefined() && !difference.greaterThan(error().add(other.error()));
  }

  /** Whether another value lies within this one's error. */
  boolean contains(Precise other) {
    return other.isDefined() && !fine.subtract(other.fine).abs().greaterThan(error());
  }

  private int sign() {
    if (coarse.isZero() && fine.isZero()) {
      return 0;
    }
    if (!fine.abs().greaterThan(error())) {
      throw new Unknown();
    }
    return fine.strictlyNegative() ? -1 : 1;
  }

  private Precise map(UnaryOperator<Dfp> step) {
    return new Precise(step.apply(coarse), step.apply(fine));
  }

  Precise with(Precise other, BinaryOperator<Dfp> step) {
    return new Precise(step.apply(coarse, other.coarse), step.apply(fine, other.fine));
  }

  Precise plus(Precise other) {
    return within(LARGEST_TERM).with(other.within(LARGEST_TERM), Dfp::add);
  }

  Precise minus(Precise other) {
    return plus(other.map(Dfp::negate));
  }

  Precise times(Precise other) {
    return with(other, Dfp::multiply);
  }

  Precise over(Precise other) {
    if (other.sign() == 0) {
      throw new Undefined();
    }
    return with(other, Dfp::divide);
  }

  private static Precise evaluate(Expr expr, Map<Sym, Precise> at) {
    return switch (expr) {
      case Expr.Num(Rational value) -> of(value);
      case Sym symbol -> symbol(symbol, at);
      case Expr.Add(List<Expr> terms) ->
          terms.stream().map(term -> evaluate(term, at)).reduce(Precise::plus).orElseThrow();
      case Expr.Mul(List<Expr> factors) ->
          factors.stream().map(each -> evaluate(each, at)).reduce(Precise::times).orElseThrow();
      case Expr.Pow(Expr base, Expr exponent) -> power(evaluate(base, at), exponent, at);
      case Expr.Call(Function function, List<Expr> arguments) ->
          call(function, evaluate(arguments.getFirst(), at));
      case Expr.Oracle(_, _, int order, Optional<Expr> example, Expr point, var _) ->
          derivative(
              example.map(index -> evaluate(index, at)).orElse(of(Rational.of(3, 2))),
              order,
              evaluate(point, at));
      case Expr.Vector _, Expr.Component _ ->
          throw new IllegalArgumentException("not one number: " + expr);
      case Expr.Draw(_, Expr index) -> of(DRAWS.get(evaluate(index, at).fine.intValue() - 1));
      case Expr.Expect(Sym variable, Expr body) ->
          evaluate(body, with(at, variable, DRAWS.getFirst()))
              .times(of(WEIGHT))
              .plus(
                  evaluate(body, with(at, variable, DRAWS.getLast()))
                      .times(of(Rational.ONE.plus(WEIGHT.negate()))));
      case Expr.Reduce(boolean mean, Sym index, Axis axis, Expr body) ->
          reduce(mean, index, axis instanceof Axis.Draws ? DRAWS.size() : EXAMPLES, body, at);
      case Expr.Noise _ -> throw new IllegalArgumentException("no noise here");
    };
  }

  private static Precise symbol(Sym symbol, Map<Sym, Precise> at) {
    if (symbol.equals(Samples.SIZE)) {
      return of(Rational.of(EXAMPLES));
    }
    return symbol.equals(Exprs.PI) ? new Precise(COARSE.getPi(), FINE.getPi()) : at.get(symbol);
  }

  private static Map<Sym, Precise> with(Map<Sym, Precise> at, Sym symbol, Rational value) {
    Map<Sym, Precise> more = new HashMap<>(at);
    more.put(symbol, of(value));
    return more;
  }

  private static Precise reduce(
      boolean mean, Sym index, int count, Expr body, Map<Sym, Precise> at) {
    Precise sum = of(Rational.ZERO);
    for (int i = 1; i <= count; i++) {
      sum = sum.plus(evaluate(body, with(at, index, Rational.of(i))));
    }
    return mean ? sum.over(of(Rational.of(count))) : sum;
  }

  /** A derivative of sin(scale point). */
  private static Precise derivative(Precise scale, int order, Precise point) {
    Precise angle = point.times(scale).bounded();
    Precise value =
        switch (order % 4) {
          case 0 -> angle.map(Dfp::sin);
          case 1 -> angle.map(Dfp::cos);
          case 2 -> angle.map(Dfp::sin).map(Dfp::negate);
          default -> angle.map(Dfp::cos).map(Dfp::negate);
        };
    for (int i = 0; i < order; i++) {
      value = value.times(scale);
    }
    return value;
  }

  private static Precise power(Precise base, Expr exponent, Map<Sym, Precise> at) {
    if (exponent instanceof Expr.Num(Rational value)
        && value.isInteger()
        && value.numerator().bitLength() < 16) {
      int times = value.numerator().intValueExact();
      Precise positive = base.map(each -> each.pow(Math.abs(times)));
      return times < 0 ? of(Rational.ONE).over(positive) : positive;
    }
    Precise times = evaluate(exponent, at);
    if (base.sign() == 0 && times.sign() > 0) {
      return of(Rational.ZERO);
    }
    return call(Function.EXP, times.times(call(Function.LOG, base)));
  }

  private Precise bounded() {
    return within(LARGEST_EXPONENT);
  }

  private Precise within(double bound) {
    if (fine.isNaN() || fine.abs().greaterThan(FINE.newDfp(bound))) {
      throw new Unknown();
    }
    return this;
  }

  private static Precise call(Function function, Precise x) {
    Precise one = of(Rational.ONE);
    return switch (function) {
      case EXP -> x.bounded().map(Dfp::exp);
      case LOG -> {
        if (x.sign() <= 0) {
          throw new Undefined();
        }
        yield x.map(Dfp::log);
      }
      case ABS -> x.map(Dfp::abs);
      case SIGN -> of(Rational.of(x.sign()));
      case SIN -> x.bounded().map(Dfp::sin);
      case COS -> x.bounded().map(Dfp::cos);
      case TANH -> {
        Precise square = call(Function.EXP, x.plus(x));
        yield square.minus(one).over(square.plus(one));
      }
      case ATANH -> call(Function.LOG, one.plus(x).over(one.minus(x))).over(of(Rational.of(2)));
      case SIGMOID -> one.over(one.plus(call(Function.EXP, x.map(Dfp::negate))));
      case SOFTPLUS -> call(Function.LOG, one.plus(call(Function.EXP, x)));
      case EXPM1 -> call(Function.EXP, x).minus(one);
      case LOG1P -> call(Function.LOG, one.plus(x));
      default -> throw new IllegalArgumentException(function.label());
    };
  }
}
