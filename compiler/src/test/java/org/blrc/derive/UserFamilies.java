package org.blrc.derive;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Families that specs declare, with what a test needs to know about them. */
final class UserFamilies {

  private UserFamilies() {}

  /** The logarithm of a constant base measure. */
  static double none(double x) {
    return 0 * x;
  }

  /**
   * A family and a posterior in it.
   *
   * @param clauses the family's declaration, without its name and parameters
   * @param natural the natural parameters as a function of the states
   * @param support a quadrature over the support
   * @param noise a quadrature over the noise
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Case(
      String parameters,
      String clauses,
      String states,
      String arguments,
      List<DoubleUnaryOperator> statistics,
      DoubleUnaryOperator logBaseMeasure,
      UnaryOperator<double[]> natural,
      Quadrature support,
      Quadrature noise,
      double... values) {

    @Override
    public String toString() {
      return clauses.lines().filter(line -> line.contains("statistics")).findFirst().orElseThrow()
          + " | "
          + arguments;
    }
  }

  /** A family of one parameter. */
  record Family(
      String parameter,
      String clauses,
      DoubleUnaryOperator statistic,
      DoubleUnaryOperator logBaseMeasure,
      DoubleUnaryOperator natural,
      Quadrature support,
      Quadrature noise) {

    Case with(String states, String argument, DoubleUnaryOperator value, double at) {
      return new Case(
          parameter,
          clauses,
          states,
          parameter.split(":", -1)[0] + " = " + argument,
          List.of(statistic),
          logBaseMeasure,
          state -> new double[] {natural.applyAsDouble(value.applyAsDouble(state[0]))},
          support,
          noise,
          at);
    }
  }

  static final Quadrature HALF_LINE = Quadrature.between(0, 1, 4, 16, 64, 256);
  static final Quadrature LINE = Quadrature.between(-60, -20, -5, 0, 1, 3, 8, 20, 60);
  static final Quadrature UNIFORM = Quadrature.between(0, 0.5, 1);
  static final Quadrature GAUSSIAN =
      Quadrature.between(-12, -6, -3, 0, 3, 6, 12)
          .under(x -> Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI));

  static Quadrature tail(double from) {
    return Quadrature.between(
        from, 2 * from, 8 * from, 64 * from, 1e3 * from, 1e5 * from, 1e8 * from, 1e12 * from);
  }

  static List<Case> cases() {
    return Stream.of(OneParameterFamilies.cases(), TwoParameterFamilies.cases())
        .flatMap(List::stream)
        .toList();
  }
}
