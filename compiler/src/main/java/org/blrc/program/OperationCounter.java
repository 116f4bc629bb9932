package org.blrc.program;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.blrc.program.Definitions.Level;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Add;
import org.blrc.symbolic.Expr.Call;
import org.blrc.symbolic.Expr.Mul;
import org.blrc.symbolic.Expr.Num;
import org.blrc.symbolic.Expr.Pow;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Rational;

/**
 * Counts the operations of one pass over the coordinates. A value that is needed twice is computed
 * once; what is the same for all coordinates costs nothing, and what is the same for all examples
 * is computed once a coordinate. Signs are free: they turn additions into subtractions.
 */
final class OperationCounter {

  /** Powers up to this one are products. */
  private static final BigInteger LARGEST_PRODUCT = BigInteger.valueOf(8);

  private final Definitions definitions;
  private final Set<Expr> counted = new HashSet<>();
  private final Map<Level, Operations> totals = new EnumMap<>(Level.class);

  OperationCounter(Definitions definitions) {
    this.definitions = definitions;
  }

  /** The operations that are done at a level. */
  Operations total(Level level) {
    return totals.getOrDefault(level, Operations.NONE);
  }

  void count(Expr expr) {
    Level level = definitions.level(expr);
    Expr value = unsigned(expr);
    if (level == Level.STEP || !counted.add(value)) {
      return;
    }
    switch (value) {
      case Sym symbol -> {
        if (symbol.kind() == Sym.Kind.LOCAL || symbol.kind() == Sym.Kind.NEW) {
          count(definitions.value(symbol));
        }
      }
      case Add(List<Expr> terms) -> sum(terms);
      case Mul(List<Expr> factors) -> product(factors);
      case Pow(Expr base, Expr exponent) -> {
        if (isNegative(exponent)) {
          product(List.of(value));
        } else {
          power(base, exponent, level);
        }
      }
      case Call(var function, List<Expr> arguments) -> {
        arguments.forEach(this::count);
        spend(level, Operations.of(function));
      }
      case Reduce reduce -> {
        count(reduce.body());
        spend(Level.EXAMPLE, Operations.additions(1));
        if (reduce.mean()) {
          spend(Level.COORDINATE, Operations.multiplications(1));
        }
      }
      case Expr.Vector(List<Expr> components) -> components.forEach(this::count);
      case Expr.Noise _, Num _, Expr.Component _ -> {}
      case Expr.Oracle _, Expr.Expect _, Expr.Draw _ ->
          throw new IllegalArgumentException("not part of an update program: " + expr);
    }
  }

  private void sum(List<Expr> terms) {
    boolean started = false;
    for (Level level : Level.values()) {
      List<Expr> here = at(level, terms);
      here.forEach(this::count);
      if (level != Level.STEP) {
        spend(level, Operations.additions(joins(here.size(), started)));
      }
      started |= !here.isEmpty();
    }
  }

  private void product(List<Expr> factors) {
    boolean started = false;
    for (Level level : Level.values()) {
      List<Expr> over = new ArrayList<>();
      List<Expr> under = new ArrayList<>();
      for (Expr factor : at(level, factors)) {
        if (factor instanceof Pow(Expr base, Expr exponent) && isNegative(exponent)) {
          under.add(Exprs.pow(base, Exprs.negate(exponent)));
        } else if (!factor.equals(Exprs.MINUS_ONE)) {
          over.add(factor);
        }
      }
      over.forEach(this::count);
      under.forEach(this::count);
      if (level != Level.STEP) {
        spend(level, Operations.multiplications(joins(over.size(), started)));
        spend(level, Operations.multiplications(joins(under.size(), false)));
        spend(level, Operations.divisions(under.isEmpty() ? 0 : 1));
      }
      started |= !over.isEmpty() || !under.isEmpty();
    }
  }

  /** How many operations join values to one another, and to one that is there already. */
  private static int joins(int values, boolean started) {
    return Math.max(0, started ? values : values - 1);
  }

  private List<Expr> at(Level level, List<Expr> parts) {
    return parts.stream().filter(part -> definitions.level(part) == level).toList();
  }

  private void power(Expr base, Expr exponent, Level level) {
    if (exponent.equals(Exprs.HALF)) {
      count(base);
      spend(level, Operations.squareRoots(1));
    } else if (exponent instanceof Num(Rational power) && isProduct(power)) {
      BigInteger whole = power.numerator().divide(BigInteger.TWO);
      count(Exprs.pow(base, Exprs.num(whole.longValue())));
      if (power.isInteger()) {
        spend(level, Operations.multiplications(power.numerator().testBit(0) ? 2 : 1));
      } else {
        count(Exprs.sqrt(base));
        spend(level, Operations.multiplications(1));
      }
    } else {
      count(base);
      count(exponent);
      spend(level, Operations.transcendental(1));
    }
  }

  private static boolean isProduct(Rational power) {
    return power.numerator().divide(power.denominator()).compareTo(LARGEST_PRODUCT) <= 0
        && power.denominator().compareTo(BigInteger.TWO) <= 0;
  }

  private static Expr unsigned(Expr expr) {
    return Exprs.coefficient(expr).equals(Rational.of(-1)) ? Exprs.negate(expr) : expr;
  }

  private static boolean isNegative(Expr exponent) {
    return Exprs.coefficient(exponent).signum() < 0;
  }

  private void spend(Level level, Operations operations) {
    totals.merge(level, operations, Operations::plus);
  }
}
