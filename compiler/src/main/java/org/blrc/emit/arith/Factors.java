package org.blrc.emit.arith;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.blrc.emit.arith.Arith.Literal;
import org.blrc.emit.arith.Arith.Negate;
import org.blrc.emit.arith.Arith.Product;
import org.blrc.symbolic.Rational;

/** A product under construction: sign, number, factors and divisors. */
public final class Factors {

  private static final Rational LONGEST_DECIMAL = Rational.of(10).pow(17);

  private final List<Arith> over = new ArrayList<>();
  private final List<Arith> under = new ArrayList<>();
  private Rational number = Rational.ONE;

  public Factors times(Rational factor) {
    number = number.times(factor);
    return this;
  }

  public Factors times(Arith factor) {
    return collect(factor, over, under, false);
  }

  public Factors dividedBy(Arith divisor) {
    return collect(divisor, under, over, true);
  }

  private Factors collect(Arith factor, List<Arith> same, List<Arith> opposite, boolean inverse) {
    switch (factor) {
      case Negate(Arith operand) -> {
        number = number.negate();
        collect(operand, same, opposite, inverse);
      }
      case Literal(Rational value) when !value.isZero() || !inverse ->
          number = number.times(inverse ? value.reciprocal() : value);
      case Product(List<Arith> factors, List<Arith> divisors) when !divisors.isEmpty() -> {
        factors.forEach(part -> collect(part, same, opposite, inverse));
        divisors.forEach(part -> collect(part, opposite, same, !inverse));
      }
      default -> same.add(factor);
    }
    return this;
  }

  public Arith product() {
    Rational magnitude = number.signum() < 0 ? number.negate() : number;
    if (magnitude.times(LONGEST_DECIMAL).isInteger()) {
      if (!magnitude.isOne() || (over.isEmpty() && under.isEmpty())) {
        over.addFirst(new Literal(magnitude));
      }
    } else {
      if (!magnitude.numerator().equals(BigInteger.ONE)) {
        over.addFirst(new Literal(new Rational(magnitude.numerator(), BigInteger.ONE)));
      }
      under.addFirst(new Literal(new Rational(magnitude.denominator(), BigInteger.ONE)));
    }
    Arith product = Arith.product(over, under);
    return number.signum() < 0 ? Arith.negate(product) : product;
  }
}
