package org.blrc.program;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Function;

/** Evaluates the expressions of an update program in double precision, one coordinate at a time. */
public final class ExprEvaluator {

  /** The values of what is opaque in an expression, at one coordinate. */
  public interface Bindings {

    /** The value of any symbol but a constant. */
    double symbol(Expr.Sym symbol);

    /** The value of a component of an answer, from 1. */
    default double component(Expr.Sym answer, int number) {
      throw new IllegalArgumentException("no components here: " + answer);
    }

    /** The value of this draw's noise. */
    default double noise(Expr.Noise noise) {
      throw new IllegalArgumentException("no noise here: " + noise);
    }

    /**
     * What the arithmetic makes of the exact result of an operation, or of a value that it reads.
     */
    default double rounded(double exact) {
      return exact;
    }

    /** The same for the value of a function, of which implementations may differ. */
    default double rounded(Function function, double exact) {
      return rounded(exact);
    }

    /** One set of bindings for each example of the minibatch. */
    default List<Bindings> examples() {
      throw new IllegalArgumentException("no minibatch here");
    }
  }

  private ExprEvaluator() {}

  /** The values of several expressions. A loop: integrals come here very often. */
  public static double[] values(List<Expr> expressions, ToDoubleFunction<Expr> value) {
    double[] values = new double[expressions.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.applyAsDouble(expressions.get(i));
    }
    return values;
  }

  /**
   * The value of an expression.
   *
   * @throws IllegalArgumentException if the expression holds something that no program may contain
   */
  public static double evaluate(Expr expression, Bindings bindings) {
    return switch (expression) {
      case Expr.Num number -> bindings.rounded(number.value().toDouble());
      case Expr.Sym symbol ->
          bindings.rounded(
              symbol.kind() == Expr.Sym.Kind.CONSTANT ? constant(symbol) : bindings.symbol(symbol));
      case Expr.Add add -> {
        double sum = 0;
        for (Expr term : add.terms()) {
          sum = bindings.rounded(sum + evaluate(term, bindings));
        }
        yield sum;
      }
      case Expr.Mul mul -> {
        double product = 1;
        for (Expr factor : mul.factors()) {
          product = bindings.rounded(product * evaluate(factor, bindings));
        }
        yield product;
      }
      case Expr.Pow pow ->
          bindings.rounded(
              power(evaluate(pow.base(), bindings), evaluate(pow.exponent(), bindings)));
      case Expr.Call call ->
          bindings.rounded(
              call.function(),
              call(
                  call.function(),
                  values(call.arguments(), argument -> evaluate(argument, bindings))));
      case Expr.Noise noise -> bindings.rounded(bindings.noise(noise));
      case Expr.Reduce reduce -> reduce(reduce, bindings);
      case Expr.Component(Expr.Sym of, int number) ->
          bindings.rounded(bindings.component(of, number));
      case Expr.Component _, Expr.Vector _, Expr.Oracle _, Expr.Expect _, Expr.Draw _ ->
          throw new IllegalArgumentException("not part of an update program: " + expression);
    };
  }

  private static double reduce(Expr.Reduce reduce, Bindings bindings) {
    if (!(reduce.axis() instanceof Axis.Batch)) {
      throw new IllegalArgumentException("not a reduction over a minibatch: " + reduce);
    }
    List<Bindings> examples = bindings.examples();
    double sum = 0;
    for (Bindings example : examples) {
      sum = bindings.rounded(sum + evaluate(reduce.body(), example));
    }
    return reduce.mean() ? bindings.rounded(sum / examples.size()) : sum;
  }

  private static double constant(Expr.Sym symbol) {
    return switch (symbol.name()) {
      case "pi" -> Math.PI;
      case "infinity" -> Double.POSITIVE_INFINITY;
      default -> throw new IllegalArgumentException("no such constant: " + symbol.name());
    };
  }

  private static double power(double base, double exponent) {
    return exponent == 0.5 ? Math.sqrt(base) : Math.pow(base, exponent);
  }

  /** The value of a function at its arguments. */
  public static double call(Function function, double... x) {
    return FunctionValues.of(function, x);
  }
}
