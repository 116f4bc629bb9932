package org.blrc.emit.cuda;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.blrc.emit.arith.Arith;
import org.blrc.emit.arith.Operation;
import org.blrc.emit.arith.Source;
import org.blrc.program.FunctionValues;
import org.blrc.symbolic.Function;
import org.blrc.symbolic.Rational;

/** Evaluates arithmetic in double precision. */
final class ArithEvaluator {

  private final ToDoubleFunction<Source> sources;

  ArithEvaluator(ToDoubleFunction<Source> sources) {
    this.sources = sources;
  }

  double value(Arith arith) {
    return switch (arith) {
      case Arith.Literal(Rational value) -> value.toDouble();
      case Arith.Ref(Source source) -> sources.applyAsDouble(source);
      case Arith.Negate(Arith operand) -> -value(operand);
      case Arith.Sum(List<Arith> terms) -> terms.stream().mapToDouble(this::value).sum();
      case Arith.Product(List<Arith> over, List<Arith> under) -> product(over) / product(under);
      case Arith.Call(Operation operation, List<Arith> arguments) ->
          call(operation, arguments.stream().mapToDouble(this::value).toArray());
      case Arith.Hoisted(Arith value) -> value(value);
    };
  }

  private double product(List<Arith> factors) {
    double product = 1;
    for (Arith factor : factors) {
      product *= value(factor);
    }
    return product;
  }

  private static double call(Operation operation, double[] x) {
    return switch (operation) {
      case SQRT -> Math.sqrt(x[0]);
      case EXPM1 -> Math.expm1(x[0]);
      case LOG1P -> Math.log1p(x[0]);
      case COSH -> Math.cosh(x[0]);
      case POW -> Math.pow(x[0], x[1]);
      default -> FunctionValues.of(Function.valueOf(operation.name()), x);
    };
  }
}
