package org.blrc.verify;

import java.util.List;

/**
 * Smooth losses with known derivatives, which stand for functions known only from outside. Each
 * function and each example has constants of its own.
 */
enum TestLoss {
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
  /** a sin(x - c) + (x - c)^2 / 2. */
  WAVE("wave") {
    @Override
    double value(double x, int order, double a, double c) {
      double phase = x - c + order * Math.PI / 2;
      double square =
          switch (order) {
            case 0 -> (x - c) * (x - c) / 2;
            case 1 -> x - c;
            case 2 -> 1;
            default -> 0;
          };
      return a * Math.sin(phase) + square;
    }
  },
  /** a cos(2 (x - c)), with as much negative curvature as positive. */
  RIPPLES("ripples") {
    @Override
    double value(double x, int order, double a, double c) {
      return a * Math.pow(2, order) * Math.cos(2 * (x - c) + order * Math.PI / 2);
    }
  };

  /** Losses under which a step of moderate rate stays in the states' domains. */
  static final List<TestLoss> MOSTLY_CONVEX = List.of(QUADRATIC, LOG_COSH, WAVE);

  private final String label;

  TestLoss(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  abstract double value(double x, int order, double a, double c);

  /**
   * A derivative of a function.
   *
   * @param function which of the loss's functions, from 0
   * @param example which example, from 0
   */
  double at(double x, int order, int function, int example) {
    double a = 0.7 + 0.31 * function + 0.17 * (example % 4);
    double c = 0.4 - 0.23 * function + 0.19 * (example % 4);
    return value(x, order, a, c);
  }
}
