package org.blrc.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.blrc.derive.Setting;
import org.blrc.family.Support;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Noise;

/**
 * A sampler against the declared density: by integrals over its noise, or by draws with a fixed
 * seed where these would be over several noises at once.
 *
 * @param points at least one
 */
record SamplerCheck(List<Point> points) {

  /**
   * Bounded, smooth and without oscillations, which heavy tails do not let us follow: steps and
   * bells in several places. Equal means of all of them show equal distributions.
   */
  private static final List<DoubleUnaryOperator> PROBES =
      DoubleStream.of(-2, -1, 0, 1, 2)
          .boxed()
          .<DoubleUnaryOperator>mapMulti(
              (at, probes) -> {
                probes.accept(x -> Math.tanh(x - at));
                probes.accept(x -> 1 / (1 + (x - at) * (x - at)));
              })
          .toList();

  /** The same of points on a circle, which an angle tells up to whole turns. */
  private static final List<DoubleUnaryOperator> OF_ANGLES =
      PROBES.stream()
          .<DoubleUnaryOperator>mapMulti(
              (probe, probes) -> {
                probes.accept(x -> probe.applyAsDouble(2 * Math.sin(x)));
                probes.accept(x -> probe.applyAsDouble(2 * Math.cos(x)));
              })
          .toList();

  private static final double INTEGRAL = 1e-6;
  private static final int DRAWS = 100_000;

  /**
   * What the functions are taken of: each component, and sums of all of them, in which the joint
   * distribution shows.
   */
  private static List<ToDoubleFunction<double[]>> directions(Point point) {
    if (!(point.setting().posterior().support() instanceof Support.Simplex(int size))) {
      return List.of(x -> x[0]);
    }
    return IntStream.rangeClosed(1, 2 * size)
        .<ToDoubleFunction<double[]>>mapToObj(
            j ->
                x -> {
                  double sum = 0;
                  for (int k = 0; k < size; k++) {
                    sum += j <= size ? (j == k + 1 ? x[k] : 0) : Math.sin(j * (k + 1)) * x[k];
                  }
                  return sum;
                })
        .toList();
  }

  /** The functions whose means are compared. */
  private static List<ToDoubleFunction<double[]>> probes(Point point) {
    return directions(point).stream()
        .flatMap(
            direction ->
                ofOneNumber(point).stream()
                    .<ToDoubleFunction<double[]>>map(
                        probe -> x -> probe.applyAsDouble(direction.applyAsDouble(x))))
        .toList();
  }

  /** In standard errors; a sampler that is right is further off with a probability of 1e-8. */
  private static final double DEVIATION = 6;

  Check check() {
    Setting setting = points.getFirst().setting();
    boolean integrable = setting.posterior().noises().size() <= 1;
    Errors errors = new Errors();
    for (Point point : points) {
      errors.add(() -> integrable ? integralError(point) : deviation(point));
    }
    String means = "sampler: means of %d functions".formatted(probes(points.getFirst()).size());
    return integrable
        ? errors.check(0, means + " are those of the density", INTEGRAL)
        : errors.check(0, means + " over %d draws, in standard errors".formatted(DRAWS), DEVIATION);
  }

  private static List<DoubleUnaryOperator> ofOneNumber(Point point) {
    return point.setting().family().support() instanceof Support.Circle ? OF_ANGLES : PROBES;
  }

  private static Density density(Point point) {
    return point.world().around().posterior().orElseThrow();
  }

  private static double integralError(Point point) {
    Expr sampler = point.setting().posterior().sampler().orElseThrow();
    double worst = 0;
    for (ToDoubleFunction<double[]> probe : probes(point)) {
      double drawn =
          NoiseIntegral.mean(
              point.setting().posterior().noises(),
              1,
              noises ->
                  probe.applyAsDouble(point.world().withNoise(noises.getFirst()).values(sampler)));
      worst = Check.worse(worst, Check.error(density(point).integral(probe), drawn));
    }
    return worst;
  }

  private static double deviation(Point point) {
    Expr sampler = point.setting().posterior().sampler().orElseThrow();
    List<ToDoubleFunction<double[]>> probes = probes(point);
    double[] sums = new double[probes.size()];
    double[] squares = new double[probes.size()];
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < DRAWS; i++) {
      double[] drawn = point.world().withNoise(noise(point, random)).values(sampler);
      for (int j = 0; j < sums.length; j++) {
        double probed = probes.get(j).applyAsDouble(drawn);
        sums[j] += probed;
        squares[j] += probed * probed;
      }
    }
    double worst = 0;
    for (int j = 0; j < sums.length; j++) {
      double mean = sums[j] / DRAWS;
      double standardError = Math.sqrt((squares[j] / DRAWS - mean * mean) / DRAWS);
      double expected = density(point).integral(probes.get(j));
      worst = Check.worse(worst, Math.abs(mean - expected) / standardError);
    }
    return worst;
  }

  private static Map<String, Double> noise(Point point, SplittableRandom random) {
    Map<String, Double> values = new HashMap<>();
    for (Noise noise : point.setting().posterior().noises()) {
      values.put(
          noise.name(),
          switch (noise.distribution()) {
            case STANDARD_NORMAL -> random.nextGaussian();
            case UNIFORM -> 1 - random.nextDouble();
          });
    }
    return values;
  }
}
