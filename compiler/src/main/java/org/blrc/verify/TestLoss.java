package org.blrc.verify;

import java.util.List;
import org.blrc.family.Support;

/**
 * Smooth losses with known derivatives, which stand for functions known only from outside. Each
 * function and each example has constants of its own. None of them oscillates: integrals under
 * heavy tails could not follow.
 */
enum TestLoss implements Loss {
  /** a (x - c)^2 / 2. */
  QUADRATIC("quadratic") {
    @Override
    double value(double x, int order, double a, double c) {
      return switch (order) {
        case 0 -> a * (x - c) * (x - c) / 2;
        case 1 -> a * (x - c);
        case 2 -> a;
        default -> 0;
      };
    }
  },
  /** log cosh(a (x - c)), convex and not quadratic. */
  LOG_COSH("log cosh") {
    @Override
    double value(double x, int order, double a, double c) {
      double u = a * (x - c);
      double t = Math.tanh(u);
      double slope = 1 - t * t;
      return switch (order) {
        case 0 -> Math.abs(u) + Math.log1p(Math.exp(-2 * Math.abs(u))) - Math.log(2);
        case 1 -> a * t;
        case 2 -> a * a * slope;
        case 3 -> -2 * a * a * a * t * slope;
        default -> throw new IllegalArgumentException("order " + order);
      };
    }
  },
  /** (x - c)^2 / 2 + a exp(-(x - c)^2 / 2): not convex near c where a is above 1. */
  BUMP("bump") {
    @Override
    double value(double x, int order, double a, double c) {
      double u = x - c;
      double bell = a * Math.exp(-u * u / 2);
      return switch (order) {
        case 0 -> u * u / 2 + bell;
        case 1 -> u - under(bell, u);
        case 2 -> 1 + under(bell, u * u - 1);
        case 3 -> under(bell, 3 * u - u * u * u);
        default -> throw new IllegalArgumentException("order " + order);
      };
    }
  },
  /** -a exp(-(x - c)^2), a bounded well: its curvature is negative outside the middle. */
  WELL("well") {
    @Override
    double value(double x, int order, double a, double c) {
      double u = x - c;
      double bell = -a * Math.exp(-u * u);
      return switch (order) {
        case 0 -> bell;
        case 1 -> under(bell, -2 * u);
        case 2 -> under(bell, 4 * u * u - 2);
        case 3 -> under(bell, 12 * u - 8 * u * u * u);
        default -> throw new IllegalArgumentException("order " + order);
      };
    }
  };

  /** Losses under which a step of moderate rate stays in the states' domains. */
  static final List<TestLoss> MOSTLY_CONVEX = List.of(QUADRATIC, LOG_COSH, BUMP);

  private final String label;

  TestLoss(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** A polynomial under a bell, which wins where the polynomial overflows. */
  private static double under(double bell, double polynomial) {
    return bell == 0 ? 0 : bell * polynomial;
  }

  abstract double value(double x, int order, double a, double c);

  /** The loss of a variable that lies there: of an angle, the loss of a sine. */
  Loss on(Support support) {
    return switch (support) {
      case Support.Interval _, Support.Finite _, Support.Counts _, Support.Simplex _ -> this;
      case Support.Circle _ -> new OfSine(this);
    };
  }

  private record OfSine(TestLoss outer) implements Loss {

    @Override
    public double at(double[] x, int component, int order, int function, int example) {
      return outer.ofSine(x[0], order, function, example);
    }
  }

  private double ofSine(double x, int order, int function, int example) {
    double sine = 1.4 * Math.sin(x + 0.5);
    double slope = 1.4 * Math.cos(x + 0.5);
    double first = at(sine, 1, function, example);
    double second = order < 2 ? 0 : at(sine, 2, function, example);
    return switch (order) {
      case 0 -> at(sine, 0, function, example);
      case 1 -> first * slope;
      case 2 -> second * slope * slope - first * sine;
      case 3 ->
          at(sine, 3, function, example) * slope * slope * slope
              - 3 * second * slope * sine
              - first * slope;
      default -> throw new IllegalArgumentException("order " + order);
    };
  }

  private double at(double x, int order, int function, int example) {
    return at(new double[] {x}, 1, order, function, example);
  }

  /** Of several components, a function of a sum in which each has a weight of its own. */
  @Override
  public double at(double[] x, int component, int order, int function, int example) {
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      sum += weight(k + 1) * x[k];
    }
    double a = 0.7 + 0.31 * function + 0.17 * example;
    double c = 0.4 - 0.23 * function + 0.19 * example;
    return Math.pow(weight(component), order) * value(sum, order, a, c);
  }

  /** Of the only component, 1. */
  private static double weight(int component) {
    return component % 2 == 1 ? component : -0.8 * component;
  }
}
