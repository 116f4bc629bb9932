package org.blrc.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.blrc.program.ExprEvaluator;
import org.blrc.symbolic.Expr;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Test;

/** A sampler that starts from two uniform numbers has the declared density: {@code Beta}. */
final class TwoNoisesTest {

  private static final double A = 2.4;
  private static final double B = 0.7;

  private static final Model MODEL =
      Specs.model(
          """
          optimizer Test {
            state      a: positive = 1, b: positive = 1
            posterior  each x ~ Beta(a = a, b = b)
            loss       ell(x)
            rate       1
          }
          """);

  private static final Expr SAMPLER = MODEL.posterior().sampler().orElseThrow();

  private record Draw(double first, double second) implements ExprEvaluator.Bindings {

    @Override
    public double symbol(Expr.Sym symbol) {
      return symbol.name().equals("a") ? A : B;
    }

    @Override
    public double noise(Expr.Noise noise) {
      return noise.rank() == 0 ? first : second;
    }
  }

  /** Over a grid of midpoints. */
  private static double mean(DoubleUnaryOperator f, int cells) {
    double sum = 0;
    for (int i = 0; i < cells; i++) {
      for (int j = 0; j < cells; j++) {
        Draw draw = new Draw((i + 0.5) / cells, (j + 0.5) / cells);
        sum += f.applyAsDouble(ExprEvaluator.evaluate(SAMPLER, draw));
      }
    }
    return sum / cells / cells;
  }

  @Test
  void momentsAreThoseOfTheDensity() {
    double total = A + B;
    List<DoubleUnaryOperator> functions =
        List.of(x -> x, x -> x * x, Math::log, x -> Math.log(1 - x));
    List<Double> expected =
        List.of(
            A / total,
            A * (A + 1) / (total * (total + 1)),
            Gamma.digamma(A) - Gamma.digamma(total),
            Gamma.digamma(B) - Gamma.digamma(total));
    for (int i = 0; i < functions.size(); i++) {
      double coarse = mean(functions.get(i), 30);
      double fine = mean(functions.get(i), 60);
      // The error of the grid falls at least with the width of its cells.
      assertEquals(expected.get(i), fine, 1.5 * Math.abs(fine - coarse));
    }
  }
}
