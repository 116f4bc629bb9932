package org.blrc.symbolic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.blrc.symbolic.Expr.Add;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Call;
import org.blrc.symbolic.Expr.Expect;
import org.blrc.symbolic.Expr.Mul;
import org.blrc.symbolic.Expr.Num;
import org.blrc.symbolic.Expr.Pow;
import org.blrc.symbolic.Expr.Reduce;

/**
 * Laws of real numbers, as rewrites that keep the value wherever there is one. Each is applied to
 * one part of an expression, with any other expression to help; where it says nothing, the part
 * stays as it is.
 */
enum Law {
  ADD_AND_SUBTRACT {
    @Override
    Expr at(Expr part, Expr other) {
      Expr added = Exprs.add(part, Exprs.mul(other, Exprs.add(other, Exprs.ONE)));
      return Exprs.subtract(Exprs.subtract(added, Exprs.square(other)), other);
    }
  },
  MULTIPLY_AND_DIVIDE {
    @Override
    Expr at(Expr part, Expr other) {
      Expr square = Exprs.square(other);
      return Exprs.divide(Exprs.add(part, Exprs.mul(part, square)), Exprs.add(Exprs.ONE, square));
    }
  },
  DIFFERENCE_OF_SQUARES {
    @Override
    Expr at(Expr part, Expr other) {
      return Exprs.divide(
          Exprs.subtract(
              Exprs.square(Exprs.add(part, Samples.P)),
              Exprs.square(Exprs.subtract(part, Samples.P))),
          Exprs.mul(Exprs.num(4), Samples.P));
    }
  },
  DISTRIBUTE {
    @Override
    Expr at(Expr part, Expr other) {
      if (part instanceof Mul(List<Expr> factors)) {
        for (Expr factor : factors) {
          if (factor instanceof Add(List<Expr> terms)) {
            Expr rest = Exprs.mul(without(factors, factor));
            return Exprs.add(terms.stream().map(term -> Exprs.mul(rest, term)).toList());
          }
        }
      }
      return part;
    }
  },
  FACTOR_OUT {
    @Override
    Expr at(Expr part, Expr other) {
      Expr factor = Exprs.call(Function.EXP, other);
      return part instanceof Add(List<Expr> terms)
          ? Exprs.mul(
              factor, Exprs.add(terms.stream().map(term -> Exprs.divide(term, factor)).toList()))
          : part;
    }
  },
  COMMON_DENOMINATOR {
    @Override
    Expr at(Expr part, Expr other) {
      if (!(part instanceof Add(List<Expr> terms))) {
        return part;
      }
      List<Expr> denominators =
          terms.stream()
              .flatMap(term -> Exprs.factors(term).stream())
              .filter(
                  factor ->
                      factor instanceof Pow(Expr _, Num(Rational power)) && power.signum() < 0)
              .map(Exprs::reciprocal)
              .toList();
      Expr denominator = Exprs.mul(denominators);
      return Exprs.divide(
          Exprs.add(terms.stream().map(term -> Exprs.mul(term, denominator)).toList()),
          denominator);
    }
  },
  EXPAND_SQUARE {
    @Override
    Expr at(Expr part, Expr other) {
      if (part instanceof Pow(Add(List<Expr> terms), Num(Rational power))
          && power.equals(Rational.of(2))) {
        List<Expr> products = new ArrayList<>();
        terms.forEach(left -> terms.forEach(right -> products.add(Exprs.mul(left, right))));
        return Exprs.add(products);
      }
      return part;
    }
  },
  EXP_OF_SUM {
    @Override
    Expr at(Expr part, Expr other) {
      return argument(part, Function.EXP) instanceof Add(List<Expr> terms)
          ? Exprs.mul(terms.stream().map(term -> Exprs.call(Function.EXP, term)).toList())
          : part;
    }
  },
  EXP_OF_OPPOSITE {
    @Override
    Expr at(Expr part, Expr other) {
      Expr argument = argument(part, Function.EXP);
      return argument == null
          ? part
          : Exprs.reciprocal(Exprs.call(Function.EXP, Exprs.negate(argument)));
    }
  },
  EXP_OF_HALF {
    @Override
    Expr at(Expr part, Expr other) {
      Expr argument = argument(part, Function.EXP);
      return argument == null
          ? part
          : Exprs.square(Exprs.call(Function.EXP, Exprs.mul(Exprs.HALF, argument)));
    }
  },
  EXP_OF_LOG {
    @Override
    Expr at(Expr part, Expr other) {
      return Bounds.isPositive(part)
          ? Exprs.sqrt(
              Exprs.call(Function.EXP, Exprs.mul(Exprs.TWO, Exprs.call(Function.LOG, part))))
          : part;
    }
  },
  LOG_OF_EXP {
    @Override
    Expr at(Expr part, Expr other) {
      return Exprs.mul(
          Exprs.HALF, Exprs.call(Function.LOG, Exprs.square(Exprs.call(Function.EXP, part))));
    }
  },
  LOG_OF_PRODUCT {
    @Override
    Expr at(Expr part, Expr other) {
      return argument(part, Function.LOG) instanceof Mul(List<Expr> factors)
              && factors.stream().allMatch(Bounds::isPositive)
          ? Exprs.add(factors.stream().map(each -> Exprs.call(Function.LOG, each)).toList())
          : part;
    }
  },
  LOG_OF_POWER {
    @Override
    Expr at(Expr part, Expr other) {
      return argument(part, Function.LOG) instanceof Pow(Expr base, Expr exponent)
              && Bounds.isPositive(base)
          ? Exprs.mul(exponent, Exprs.call(Function.LOG, base))
          : part;
    }
  },
  LOG_OF_RECIPROCAL {
    @Override
    Expr at(Expr part, Expr other) {
      Expr argument = argument(part, Function.LOG);
      return argument == null
          ? part
          : Exprs.negate(Exprs.call(Function.LOG, Exprs.reciprocal(argument)));
    }
  },
  LOG_OF_MULTIPLE {
    @Override
    Expr at(Expr part, Expr other) {
      Expr argument = argument(part, Function.LOG);
      return argument == null
          ? part
          : Exprs.subtract(
              Exprs.call(Function.LOG, Exprs.mul(argument, Samples.Q)),
              Exprs.call(Function.LOG, Samples.Q));
    }
  },
  POWER_BY_EXP {
    @Override
    Expr at(Expr part, Expr other) {
      return part instanceof Pow(Expr base, Expr exponent) && Bounds.isPositive(base)
          ? Exprs.call(Function.EXP, Exprs.mul(exponent, Exprs.call(Function.LOG, base)))
          : part;
    }
  },
  POWER_OF_PRODUCT {
    @Override
    Expr at(Expr part, Expr other) {
      return part instanceof Pow(Mul(List<Expr> factors), Expr exponent)
              && factors.stream().allMatch(Bounds::isPositive)
          ? Exprs.mul(factors.stream().map(each -> Exprs.pow(each, exponent)).toList())
          : part;
    }
  },
  POWER_OF_RECIPROCAL {
    @Override
    Expr at(Expr part, Expr other) {
      return part instanceof Pow(Expr base, Expr exponent) && Bounds.isPositive(base)
          ? Exprs.reciprocal(Exprs.pow(Exprs.reciprocal(base), exponent))
          : part;
    }
  },
  ROOT_OF_MULTIPLE {
    @Override
    Expr at(Expr part, Expr other) {
      return part instanceof Pow(Expr base, Num(Rational power)) && !power.isInteger()
          ? Exprs.divide(
              Exprs.pow(Exprs.mul(base, Samples.Q), Exprs.num(power)),
              Exprs.pow(Samples.Q, Exprs.num(power)))
          : part;
    }
  },
  PRODUCT_OF_ROOTS {
    @Override
    Expr at(Expr part, Expr other) {
      return Bounds.isPositive(part)
          ? Exprs.divide(
              Exprs.mul(Exprs.sqrt(part), Exprs.sqrt(Exprs.mul(part, Samples.P))),
              Exprs.sqrt(Samples.P))
          : part;
    }
  },
  SIZE_OF_PRODUCT {
    @Override
    Expr at(Expr part, Expr other) {
      return argument(part, Function.ABS) instanceof Mul(List<Expr> factors)
          ? Exprs.mul(factors.stream().map(each -> Exprs.call(Function.ABS, each)).toList())
          : part;
    }
  },
  SIZE_BY_ROOT {
    @Override
    Expr at(Expr part, Expr other) {
      Expr argument = argument(part, Function.ABS);
      return argument == null
          ? part
          : Exprs.divide(Exprs.sqrt(Exprs.square(Exprs.mul(argument, Samples.P))), Samples.P);
    }
  },
  SIZE_OF_OPPOSITE {
    @Override
    Expr at(Expr part, Expr other) {
      Expr argument = argument(part, Function.ABS);
      return argument == null ? part : Exprs.call(Function.ABS, Exprs.negate(argument));
    }
  },
  SIZE_BY_SIGN {
    @Override
    Expr at(Expr part, Expr other) {
      Expr argument = argument(part, Function.ABS);
      return argument == null ? part : Exprs.mul(argument, Exprs.call(Function.SIGN, argument));
    }
  },
  SIGN_TIMES_SIZE {
    @Override
    Expr at(Expr part, Expr other) {
      return Exprs.mul(Exprs.call(Function.SIGN, part), Exprs.call(Function.ABS, part));
    }
  },
  SIGN_OF_MULTIPLE {
    @Override
    Expr at(Expr part, Expr other) {
      Expr argument = argument(part, Function.SIGN);
      return argument == null
          ? part
          : Exprs.negate(Exprs.call(Function.SIGN, Exprs.mul(Exprs.negate(argument), Samples.P)));
    }
  },
  SIGN_CUBED {
    @Override
    Expr at(Expr part, Expr other) {
      return argument(part, Function.SIGN) == null ? part : Exprs.pow(part, Exprs.num(3));
    }
  },
  REFLECTED {
    @Override
    Expr at(Expr part, Expr other) {
      if (!(part instanceof Call(Function function, List<Expr> arguments))) {
        return part;
      }
      Expr reflected = Exprs.call(function, Exprs.negate(arguments.getFirst()));
      return switch (function) {
        case COS -> reflected;
        case SIN, TANH -> Exprs.negate(reflected);
        default -> part;
      };
    }
  },
  LINEAR {
    @Override
    Expr at(Expr part, Expr other) {
      return body(part) instanceof Add(List<Expr> terms)
          ? Exprs.add(terms.stream().map(term -> withBody(part, term)).toList())
          : part;
    }
  },
  CONSTANT_FACTORS {
    @Override
    Expr at(Expr part, Expr other) {
      if (!(body(part) instanceof Mul(List<Expr> factors))) {
        return part;
      }
      Predicate<Expr> varies = factor -> Walk.contains(factor, bound(part));
      return Exprs.mul(
          Exprs.mul(factors.stream().filter(varies.negate()).toList()),
          withBody(part, Exprs.mul(factors.stream().filter(varies).toList())));
    }
  },
  CONSTANT_TERM {
    @Override
    Expr at(Expr part, Expr other) {
      if (body(part) == null) {
        return part;
      }
      boolean sum = part instanceof Reduce(boolean mean, _, Axis _, Expr _) && !mean;
      return Exprs.subtract(
          withBody(part, Exprs.add(body(part), other)),
          sum ? Exprs.mul(Samples.SIZE, other) : other);
    }
  },
  ORDER_OF_SUMS {
    @Override
    Expr at(Expr part, Expr other) {
      Expr inner = body(part);
      return inner != null && body(inner) != null
          ? withBody(inner, withBody(part, body(inner)))
          : part;
    }
  };

  /** The part in another shape. */
  abstract Expr at(Expr part, Expr other);

  private static Expr argument(Expr part, Function function) {
    return part instanceof Call(Function called, List<Expr> arguments) && called == function
        ? arguments.getFirst()
        : null;
  }

  private static List<Expr> without(List<Expr> all, Expr one) {
    List<Expr> others = new ArrayList<>(all);
    others.remove(one);
    return others;
  }

  private static Expr body(Expr functional) {
    return switch (functional) {
      case Expect(_, Expr body) -> body;
      case Reduce(_, _, _, Expr body) -> body;
      default -> null;
    };
  }

  private static Expr bound(Expr functional) {
    return functional instanceof Expect expectation
        ? expectation.variable()
        : ((Reduce) functional).index();
  }

  private static Expr withBody(Expr functional, Expr body) {
    return functional instanceof Expect(Expr.Sym variable, Expr _)
        ? new Expect(variable, body)
        : functional instanceof Reduce(boolean mean, Expr.Sym index, Axis axis, Expr _)
            ? new Reduce(mean, index, axis, body)
            : functional;
  }
}
