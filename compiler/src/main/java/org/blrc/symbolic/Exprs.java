package org.blrc.symbolic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.symbolic.Expr.Add;
import org.blrc.symbolic.Expr.Call;
import org.blrc.symbolic.Expr.Mul;
import org.blrc.symbolic.Expr.Num;
import org.blrc.symbolic.Expr.Pow;
import org.blrc.symbolic.Expr.Sym;

/**
 * Builds expressions, lightly simplified: sums and products are flat and sorted, numbers are
 * folded, equal terms and equal bases are collected. Nothing is expanded, so the shape that a rule
 * wrote survives.
 */
public final class Exprs {

  public static final Expr ZERO = new Num(Rational.ZERO);
  public static final Expr ONE = new Num(Rational.ONE);
  public static final Expr MINUS_ONE = new Num(Rational.of(-1));
  public static final Expr TWO = new Num(Rational.of(2));
  public static final Expr HALF = new Num(Rational.of(1, 2));
  public static final Sym PI = new Sym(Sym.Kind.CONSTANT, "pi", 0, Domain.POSITIVE);
  public static final Sym INFINITY = new Sym(Sym.Kind.CONSTANT, "infinity", 1, Domain.POSITIVE);

  /** In bits; longer numbers are left as powers. */
  private static final long LONGEST_NUMBER = 4096;

  private Exprs() {}

  public static Expr num(long value) {
    return new Num(Rational.of(value));
  }

  public static Expr num(Rational value) {
    return new Num(value);
  }

  public static Expr add(Expr... terms) {
    return add(Arrays.asList(terms));
  }

  public static Expr add(List<Expr> terms) {
    Map<Expr, Rational> coefficients = new LinkedHashMap<>();
    Rational constant = Rational.ZERO;
    for (Expr term : flattenSum(terms)) {
      switch (term) {
        case Num(Rational value) -> constant = constant.plus(value);
        default -> coefficients.merge(withoutCoefficient(term), coefficient(term), Rational::plus);
      }
    }
    List<Expr> result = new ArrayList<>();
    if (!constant.isZero()) {
      result.add(new Num(constant));
    }
    coefficients.forEach(
        (rest, factor) -> {
          if (!factor.isZero()) {
            result.add(mul(new Num(factor), rest));
          }
        });
    if (result.size() > 1) {
      result.sort(ExprOrder::compareTerms);
      return new Add(List.copyOf(result));
    }
    return result.isEmpty() ? ZERO : result.getFirst();
  }

  public static Expr subtract(Expr left, Expr right) {
    return add(left, negate(right));
  }

  public static Expr negate(Expr operand) {
    return mul(MINUS_ONE, operand);
  }

  public static Expr divide(Expr left, Expr right) {
    return mul(left, pow(right, MINUS_ONE));
  }

  public static Expr mul(Expr... factors) {
    return mul(Arrays.asList(factors));
  }

  public static Expr mul(List<Expr> factors) {
    Rational coefficient = Rational.ONE;
    Map<Expr, Expr> exponents = new LinkedHashMap<>();
    Map<Expr, Rational> logarithm = new LinkedHashMap<>();
    for (Expr factor : flattenProduct(factors)) {
      switch (factor) {
        case Num(Rational value) -> coefficient = coefficient.times(value);
        case Call(Function function, List<Expr> arguments) when function == Function.EXP ->
            // exp(a u) exp(b u) = exp((a + b) u).
            logarithm.merge(
                withoutCoefficient(arguments.getFirst()),
                coefficient(arguments.getFirst()),
                Rational::plus);
        case Pow(Expr base, Expr exponent) -> exponents.merge(base, exponent, Exprs::add);
        default -> exponents.merge(factor, ONE, Exprs::add);
      }
    }
    logarithm.forEach(
        (unit, times) ->
            exponents.merge(call(Function.EXP, mul(new Num(times), unit)), ONE, Exprs::add));
    if (coefficient.isZero()) {
      return ZERO;
    }
    List<Expr> powers = new ArrayList<>();
    exponents.forEach((base, exponent) -> powers.add(pow(base, exponent)));
    if (powers.stream().anyMatch(power -> power instanceof Mul || power instanceof Num)) {
      // A power came apart or became a number; its parts may meet other factors.
      powers.add(new Num(coefficient));
      return mul(powers);
    }
    List<Expr> result = powers;
    if (result.size() == 1
        && coefficient.equals(Rational.of(-1))
        && result.getFirst() instanceof Add(List<Expr> terms)) {
      return add(terms.stream().map(Exprs::negate).toList());
    }
    result.sort(ExprOrder::compareFactors);
    if (!coefficient.isOne() || result.isEmpty()) {
      result.addFirst(new Num(coefficient));
    }
    return result.size() == 1 ? result.getFirst() : new Mul(List.copyOf(result));
  }

  public static Expr square(Expr base) {
    return pow(base, TWO);
  }

  public static Expr sqrt(Expr base) {
    return pow(base, HALF);
  }

  public static Expr reciprocal(Expr base) {
    return pow(base, MINUS_ONE);
  }

  public static Expr pow(Expr base, Expr exponent) {
    if (exponent instanceof Num(Rational power)) {
      if (power.isZero()) {
        return ONE;
      }
      if (power.isOne()) {
        return base;
      }
      switch (base) {
        case Num(Rational value) -> {
          Optional<Expr> folded = numericPower(value, power);
          if (folded.isPresent()) {
            return folded.get();
          }
        }
        case Pow(Expr inner, Expr innerPower) -> {
          if (power.isInteger() || Bounds.isNonnegative(inner)) {
            return pow(inner, mul(innerPower, exponent));
          }
          if (power.equals(Rational.of(1, 2)) && innerPower.equals(TWO)) {
            return call(Function.ABS, inner);
          }
        }
        case Mul(List<Expr> parts) -> {
          if (power.isInteger()) {
            return mul(parts.stream().map(part -> pow(part, exponent)).toList());
          }
        }
        default -> {}
      }
    }
    if (base.equals(ONE)) {
      return ONE;
    }
    return new Pow(base, exponent);
  }

  private static Optional<Expr> numericPower(Rational base, Rational power) {
    if (power.isInteger() && power.numerator().bitLength() < 16) {
      int exponent = power.numerator().intValueExact();
      long bits = Math.max(base.numerator().bitLength(), base.denominator().bitLength());
      if (bits * Math.abs(exponent) > LONGEST_NUMBER) {
        return Optional.empty();
      }
      return base.isZero() && exponent < 0
          ? Optional.empty()
          : Optional.of(new Num(base.pow(exponent)));
    }
    if (power.denominator().intValue() == 2
        && base.signum() >= 0
        && power.numerator().bitLength() < 16) {
      var top = base.numerator().sqrtAndRemainder();
      var bottom = base.denominator().sqrtAndRemainder();
      if (top[1].signum() == 0 && bottom[1].signum() == 0) {
        return Optional.of(
            new Num(new Rational(top[0], bottom[0]).pow(power.numerator().intValueExact())));
      }
    }
    return Optional.empty();
  }

  public static Expr call(Function function, Expr... arguments) {
    return call(function, List.of(arguments));
  }

  public static Expr call(Function function, List<Expr> arguments) {
    Expr first = arguments.getFirst();
    switch (function) {
      case EXP -> {
        if (first.equals(ZERO)) {
          return ONE;
        }
        if (first instanceof Call(Function inner, List<Expr> innerArguments)
            && inner == Function.LOG) {
          return innerArguments.getFirst();
        }
      }
      case LOG -> {
        if (first.equals(ONE)) {
          return ZERO;
        }
        if (first instanceof Call(Function inner, List<Expr> innerArguments)
            && inner == Function.EXP) {
          return innerArguments.getFirst();
        }
      }
      case ABS -> {
        if (first instanceof Num(Rational value)) {
          return new Num(value.signum() < 0 ? value.negate() : value);
        }
        if (Bounds.isNonnegative(first)) {
          return first;
        }
        if (Bounds.isNonnegative(negate(first))) {
          return negate(first);
        }
      }
      case MAX, MIN -> {
        Expr second = arguments.getLast();
        if (Bounds.isAtLeast(first, second)) {
          return function == Function.MAX ? first : second;
        }
        if (Bounds.isAtLeast(second, first)) {
          return function == Function.MAX ? second : first;
        }
      }
      case EQUAL -> {
        if (first.equals(arguments.getLast())) {
          return ONE;
        }
        if (first instanceof Num && arguments.getLast() instanceof Num) {
          return ZERO;
        }
      }
      case GREATER -> {
        if (first.equals(arguments.getLast())) {
          return ZERO;
        }
        if (first instanceof Num(Rational left)
            && arguments.getLast() instanceof Num(Rational right)) {
          return left.compareTo(right) > 0 ? ONE : ZERO;
        }
      }
      case POLYGAMMA -> {
        if (first.equals(ZERO)) {
          return call(Function.DIGAMMA, arguments.getLast());
        }
        if (first.equals(ONE)) {
          return call(Function.TRIGAMMA, arguments.getLast());
        }
      }
      default -> {}
    }
    return new Call(function, List.copyOf(arguments));
  }

  /**
   * A component of what has several.
   *
   * @param number from 1
   */
  public static Expr component(Expr of, int number) {
    return of instanceof Expr.Vector(List<Expr> components)
        ? components.get(number - 1)
        : new Expr.Component(of, number);
  }

  /** The components of a value; one, where it is a number. */
  public static List<Expr> components(Expr expr) {
    return expr instanceof Expr.Vector(List<Expr> components) ? components : List.of(expr);
  }

  /** The symbol that stands for a component of what a symbol stands for. */
  public static Sym componentSymbol(Sym of, int number) {
    return new Sym(of.kind(), "%s[%d]".formatted(of.name(), number), of.rank(), of.domain());
  }

  /** The terms of a sum; an expression that is none is its only term. */
  public static List<Expr> terms(Expr expr) {
    return expr instanceof Add(List<Expr> terms) ? terms : List.of(expr);
  }

  /** The factors of a product; an expression that is none is its only factor. */
  public static List<Expr> factors(Expr expr) {
    return expr instanceof Mul(List<Expr> factors) ? factors : List.of(expr);
  }

  /** The numeric factor of a product. */
  public static Rational coefficient(Expr expr) {
    return factors(expr).getFirst() instanceof Num(Rational value) ? value : Rational.ONE;
  }

  /** A product without its numeric factor. */
  public static Expr withoutCoefficient(Expr expr) {
    return switch (expr) {
      case Num _ -> ONE;
      case Mul(List<Expr> factors) when factors.getFirst() instanceof Num ->
          factors.size() == 2 ? factors.get(1) : new Mul(factors.subList(1, factors.size()));
      default -> expr;
    };
  }

  private static List<Expr> flattenSum(List<Expr> terms) {
    return terms.stream().flatMap(term -> terms(term).stream()).toList();
  }

  private static List<Expr> flattenProduct(List<Expr> factors) {
    return factors.stream().flatMap(factor -> factors(factor).stream()).toList();
  }
}
