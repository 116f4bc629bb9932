package org.blrc.emit.arith;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.blrc.emit.arith.Arith.Call;
import org.blrc.emit.arith.Arith.Hoisted;
import org.blrc.emit.arith.Arith.Literal;
import org.blrc.emit.arith.Arith.Negate;
import org.blrc.emit.arith.Arith.Product;
import org.blrc.emit.arith.Arith.Ref;
import org.blrc.emit.arith.Arith.Sum;
import org.blrc.symbolic.Rational;

/**
 * Writes arithmetic as an expression, with as few parentheses as possible. {@link LineBreaks} says
 * what the marks in it mean.
 */
public final class Formula {

  private static final int SUM = 0;
  private static final int PRODUCT = 1;
  private static final int UNARY = 2;

  private static final Rational LARGEST_INT = Rational.of(Integer.MAX_VALUE);

  private final Dialect dialect;
  private final Precision precision;
  private final Function<Arith, String> names;
  private final Function<Arith, Arith> definitions;

  /**
   * @param names the variable or method call that stands for a value; null if it is written out
   * @param definitions what a reference without a name stands for
   */
  public Formula(
      Dialect dialect,
      Precision precision,
      Function<Arith, String> names,
      Function<Arith, Arith> definitions) {
    this.dialect = dialect;
    this.precision = precision;
    this.names = names;
    this.definitions = definitions;
  }

  /** The expression as an operand of nothing. */
  public String write(Arith arith) {
    return write(arith, SUM);
  }

  /** The expression after a cast to the given precision, which it is computed beyond. */
  public String writeCast(Arith arith, Precision target) {
    return target.cast() + write(arith, target == Precision.FLOAT ? UNARY : SUM);
  }

  /** The expression without asking for a name of the whole. */
  public String writeOut(Arith arith) {
    return writeOut(arith, SUM);
  }

  private String write(Arith arith, int level) {
    String name = names.apply(arith);
    return name != null ? name : writeOut(arith, level);
  }

  private String writeOut(Arith arith, int level) {
    return switch (arith) {
      case Literal(Rational value) -> literal(value, precision);
      case Negate(Arith operand) -> enclose(level > SUM, "-" + write(operand, PRODUCT));
      case Sum(List<Arith> terms) -> enclose(level > SUM, sum(terms));
      case Product(List<Arith> over, List<Arith> under) ->
          enclose(level > PRODUCT, product(over, under));
      case Call(Operation function, List<Arith> arguments) -> call(function, arguments);
      case Ref _ -> writeOut(definitions.apply(arith), level);
      case Hoisted _ -> throw new IllegalArgumentException("has no name: " + arith);
    };
  }

  private static String enclose(boolean needed, String text) {
    return needed ? "(" + text + ")" : text;
  }

  private String sum(List<Arith> terms) {
    StringBuilder text = new StringBuilder();
    for (Arith term : terms) {
      if (text.isEmpty()) {
        text.append(write(term, SUM));
      } else if (term instanceof Negate(Arith operand)) {
        text.append(LineBreaks.BREAK + "- ").append(write(operand, PRODUCT));
      } else {
        text.append(LineBreaks.BREAK + "+ ").append(write(term, PRODUCT));
      }
    }
    return text.toString();
  }

  private String product(List<Arith> over, List<Arith> under) {
    List<String> roots = new ArrayList<>();
    List<Arith> rest = new ArrayList<>();
    for (Arith factor : under) {
      String root = reciprocalRoot(factor);
      if (root == null) {
        rest.add(factor);
      } else {
        roots.add(root);
      }
    }
    if (roots.isEmpty()) {
      return quotient(over, under);
    }
    if (!over.isEmpty() || !rest.isEmpty()) {
      roots.addFirst(quotient(over, rest));
    }
    return String.join(LineBreaks.LATE_BREAK + "* ", roots);
  }

  /** One over a factor that is a square root without a name; null if it is none. */
  private String reciprocalRoot(Arith factor) {
    return factor instanceof Call(Operation operation, List<Arith> arguments)
            && operation == Operation.SQRT
            && names.apply(factor) == null
        ? dialect.reciprocalRoot(write(arguments.getFirst(), SUM), precision)
        : null;
  }

  private String quotient(List<Arith> over, List<Arith> under) {
    String top = over.isEmpty() ? "1" : factors(over);
    if (under.isEmpty()) {
      return top;
    }
    if (allIntegers(over) && allIntegers(under)) {
      top = dialect.real(top, precision);
    }
    boolean one = under.size() == 1 && !isUnnamedProduct(under.getFirst());
    String bottom = one ? write(under.getFirst(), UNARY) : "(" + factors(under) + ")";
    return top + LineBreaks.LATE_BREAK + "/ " + bottom;
  }

  private String factors(List<Arith> factors) {
    // A product of products is written as one: a * (b * c) as a * b * c.
    return factors.stream()
        .map(factor -> write(factor, isUnnamedProduct(factor) ? PRODUCT : UNARY))
        .collect(Collectors.joining(LineBreaks.LATE_BREAK + "* "));
  }

  private boolean isUnnamedProduct(Arith arith) {
    return arith instanceof Product && names.apply(arith) == null;
  }

  private static boolean allIntegers(List<Arith> factors) {
    return factors.stream().allMatch(f -> f instanceof Literal(Rational value) && isInt(value));
  }

  private String call(Operation operation, List<Arith> arguments) {
    List<String> texts = arguments.stream().map(argument -> write(argument, SUM)).toList();
    return dialect.call(operation, texts, precision);
  }

  private static boolean isInt(Rational value) {
    return value.isInteger() && value.compareTo(LARGEST_INT) <= 0;
  }

  /** A nonnegative number as a literal; small integers stand as they are. */
  public static String literal(Rational value, Precision precision) {
    if (isInt(value)) {
      return value.toString();
    }
    BigDecimal decimal =
        new BigDecimal(value.numerator())
            .divide(new BigDecimal(value.denominator()), MathContext.DECIMAL64)
            .stripTrailingZeros();
    boolean plain = decimal.scale() > 0 && decimal.scale() <= decimal.precision() + 3;
    return (plain ? decimal.toPlainString() : exponential(decimal)) + precision.suffix();
  }

  private static String exponential(BigDecimal decimal) {
    BigDecimal mantissa = decimal.scaleByPowerOfTen(-exponent(decimal)).stripTrailingZeros();
    return mantissa.toPlainString() + "e" + exponent(decimal);
  }

  private static int exponent(BigDecimal decimal) {
    return decimal.precision() - decimal.scale() - 1;
  }
}
