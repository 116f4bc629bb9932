package org.blrc.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr.Noise;

/** Means over the noises that samplers start from, of one draw or of several independent ones. */
final class NoiseIntegral {

  /** Integrals in more dimensions take too long. */
  private static final int DIMENSIONS = 2;

  private static final Density STANDARD_NORMAL =
      Density.of(Domain.REAL, x -> -x * x / 2 - Math.log(2 * Math.PI) / 2).orElseThrow();

  /** Without the outermost values, at which samplers round to the end of the support. */
  private static final double CUT = 1e-15;

  private static final Density UNIFORM =
      Density.of(Domain.open(CUT, 1 - CUT), _ -> 0).orElseThrow();

  /** The largest share of an integral beyond the cuts that is passed over. */
  private static final double TRUSTED = 1e-9;

  private NoiseIntegral() {}

  /**
   * The mean of a function of the noises by name, for each draw.
   *
   * @throws UntrustedIntegral if it cannot be told
   */
  static double mean(List<Noise> noises, int draws, ToDoubleFunction<List<Map<String, Double>>> f) {
    if (noises.size() * draws > DIMENSIONS) {
      throw new UntrustedIntegral(
          "an integral over %d noises at once takes too long".formatted(noises.size() * draws));
    }
    if (noises.size() * draws == 2) {
      OptionalDouble mean =
          ProductRule.mean(
              noises.getFirst().distribution(),
              noises.getLast().distribution(),
              (x, y) -> f.applyAsDouble(two(noises, x, y)));
      if (mean.isPresent()) {
        return mean.getAsDouble();
      }
    }
    return overDraws(noises, draws, List.of(), f);
  }

  /** Values of two noises: of one draw, or of the only noise of each of two draws. */
  private static List<Map<String, Double>> two(List<Noise> noises, double x, double y) {
    String first = noises.getFirst().name();
    return noises.size() == 2
        ? List.of(Map.of(first, x, noises.getLast().name(), y))
        : List.of(Map.of(first, x), Map.of(first, y));
  }

  private static double overDraws(
      List<Noise> noises,
      int left,
      List<Map<String, Double>> fixed,
      ToDoubleFunction<List<Map<String, Double>>> f) {
    if (left == 0) {
      return f.applyAsDouble(fixed);
    }
    return overNoises(
        noises,
        Map.of(),
        noise -> {
          List<Map<String, Double>> more = new ArrayList<>(fixed);
          more.add(noise);
          return overDraws(noises, left - 1, more, f);
        });
  }

  private static double overNoises(
      List<Noise> noises, Map<String, Double> fixed, ToDoubleFunction<Map<String, Double>> f) {
    if (noises.isEmpty()) {
      return f.applyAsDouble(fixed);
    }
    Noise first = noises.getFirst();
    DoubleUnaryOperator ofFirst =
        value -> {
          Map<String, Double> more = new HashMap<>(fixed);
          more.put(first.name(), value);
          return overNoises(noises.subList(1, noises.size()), more, f);
        };
    return switch (first.distribution()) {
      case STANDARD_NORMAL -> STANDARD_NORMAL.integral(x -> ofFirst.applyAsDouble(x[0]));
      case UNIFORM -> overUniform(ofFirst);
    };
  }

  private static double overUniform(DoubleUnaryOperator f) {
    OptionalDouble steps = Steps.mean(f);
    if (steps.isPresent()) {
      return steps.getAsDouble();
    }
    double integral = UNIFORM.integral(x -> f.applyAsDouble(x[0]));
    double beyond =
        CUT * (Math.abs(f.applyAsDouble(2 * CUT)) + Math.abs(f.applyAsDouble(1 - 2 * CUT)));
    // A function without a value there is none anywhere, or shows in the integral.
    if (beyond > TRUSTED * (1 + Math.abs(integral))) {
      throw new UntrustedIntegral(
          "the tails are too heavy for an integral to converge in floating-point numbers");
    }
    return integral;
  }
}
