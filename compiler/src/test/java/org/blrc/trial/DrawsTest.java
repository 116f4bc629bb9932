package org.blrc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.blrc.runtime.HyperParameter;
import org.blrc.runtime.Optimizer;
import org.junit.jupiter.api.Test;

/** Draws from mixtures have the distribution of the whole mixture. */
class DrawsTest {

  private static final int COUNT = 4000;

  /** Five standard errors of a share, at most. */
  private static final double SHARE = 5 * Math.sqrt(0.25 / COUNT);

  @Test
  void allCoordinatesAreInOneComponentWithItsLearnedWeight() {
    Contender<double[]> contender = Specs.zoo("mixture-learned");
    Optimizer<double[]> optimizer = optimizer(contender, Map.of());
    set(optimizer, "l[1]", Math.log(3));
    set(optimizer, "m[1]", -50, -70);
    set(optimizer, "m[2]", 50, 70);
    set(optimizer, "s[1]", 0.25, 1);
    double[][] draws = draws(contender, optimizer);
    for (double[] draw : draws) {
      assertEquals(Math.signum(draw[0]), Math.signum(draw[1]), "one component");
    }
    // The family's logit is of its first value against the last.
    double[][] first = Arrays.stream(draws).filter(each -> each[0] < 0).toArray(double[][]::new);
    assertEquals(0.75, (double) first.length / COUNT, SHARE);
    assertEquals(-50, mean(first, 0), 5 * 2 / Math.sqrt(first.length));
    assertEquals(-70, mean(first, 1), 5 * 1 / Math.sqrt(first.length));
    assertEquals(2, deviation(first, 0), 0.2);
    assertEquals(1, deviation(first, 1), 0.1);
  }

  @Test
  void eachCoordinateIsInAComponentOfItsOwn() {
    Contender<double[]> contender = Specs.zoo("mixture-iblr");
    Optimizer<double[]> optimizer = optimizer(contender, Map.of("w[1]", 1.0, "w[2]", 3.0));
    set(optimizer, "m[1]", -50, -50);
    set(optimizer, "m[2]", 50, 50);
    double[][] draws = draws(contender, optimizer);
    assertEquals(0.25, share(draws, each -> each[0] < 0), SHARE);
    assertEquals(0.25, share(draws, each -> each[1] < 0), SHARE);
    assertEquals(0.0625, share(draws, each -> each[0] < 0 && each[1] < 0), SHARE);
    // The delta method asks the loss at the means.
    assertTrue(Arrays.stream(draws).allMatch(each -> Math.abs(each[0]) == 50));
  }

  @Test
  void aComponentThatNothingMovesIsDrawnFrom() {
    Contender<double[]> contender =
        Specs.contender(
            """
            optimizer Slab {
              hyper      a: positive = 0.1
              state      m: real
              posterior  each x ~ mixture(k in 1..2) of Normal(mean = [k = 1] * m + [k = 2] * 30, precision = 1 / 4) with weights [k = 1] * 1 + [k = 2] * 2
              loss       f(x)
              rate       a
              approximate
                monte_carlo
            }
            """);
    Optimizer<double[]> optimizer = optimizer(contender, Map.of());
    set(optimizer, "m", -30, -30);
    double[][] draws = draws(contender, optimizer);
    double[][] fixed = Arrays.stream(draws).filter(each -> each[1] > 0).toArray(double[][]::new);
    assertEquals(2 / 3., (double) fixed.length / COUNT, SHARE);
    assertEquals(30, mean(fixed, 1), 5 * 2 / Math.sqrt(fixed.length));
    assertEquals(2, deviation(fixed, 1), 0.2);
  }

  @Test
  void relaxedDrawsStandForTheWholeMixture() {
    Contender<double[]> contender = Specs.zoo("dropout");
    Optimizer<double[]> optimizer = optimizer(contender, Map.of("keep", 0.8));
    set(optimizer, "m", 3, 5);
    double[][] draws = draws(contender, optimizer);
    assertTrue(Arrays.stream(draws).allMatch(each -> each[0] == 0 || each[0] == 3));
    assertEquals(0.8, share(draws, each -> each[0] != 0), SHARE);
    assertEquals(0.64, share(draws, each -> each[0] != 0 && each[1] != 0), SHARE);
  }

  @Test
  void valuesOfAFiniteSupportHaveTheProbabilitiesOfTheMixture() {
    Contender<double[]> contender =
        Specs.contender(
            """
            optimizer TwoCoins {
              hyper      a: positive = 0.1
              state      p[2]: unit = 1 / 2
              posterior  x ~ mixture(k in 1..2) of each Bernoulli(probability = p[k]) with weights [k = 1] * 1 + [k = 2] * 4
              loss       f(x)
              rate       a
            }
            """);
    Optimizer<double[]> optimizer = optimizer(contender, Map.of());
    set(optimizer, "p[1]", 0.9, 0.9);
    set(optimizer, "p[2]", 0.1, 0.1);
    double[][] draws = draws(contender, optimizer);
    assertEquals(0.2 * 0.9 + 0.8 * 0.1, share(draws, each -> each[0] == 1), SHARE);
    assertEquals(
        0.2 * 0.81 + 0.8 * 0.01, share(draws, each -> each[0] == 1 && each[1] == 1), SHARE);
    double[] centre = new double[2];
    new Belief<>(contender, optimizer).centre(centre);
    assertEquals(0, centre[0]);
  }

  private interface Event {
    boolean holds(double[] draw);
  }

  private static double share(double[][] draws, Event event) {
    return Arrays.stream(draws).filter(event::holds).count() / (double) draws.length;
  }

  private static double mean(double[][] draws, int coordinate) {
    return Arrays.stream(draws).mapToDouble(each -> each[coordinate]).average().orElseThrow();
  }

  private static double deviation(double[][] draws, int coordinate) {
    double mean = mean(draws, coordinate);
    return Math.sqrt(
        Arrays.stream(draws)
            .mapToDouble(each -> (each[coordinate] - mean) * (each[coordinate] - mean))
            .average()
            .orElseThrow());
  }

  private static double[][] draws(Contender<double[]> contender, Optimizer<double[]> optimizer) {
    IntFunction<double[]> draws = new Belief<>(contender, optimizer).draws(1).orElseThrow();
    return IntStream.range(0, COUNT).mapToObj(draws).toArray(double[][]::new);
  }

  /** Over two coordinates. */
  private static Optimizer<double[]> optimizer(
      Contender<double[]> contender, Map<String, Double> given) {
    Map<String, Double> hypers = new LinkedHashMap<>();
    for (HyperParameter hyper : contender.signature().hyperParameters()) {
      hypers.put(hyper.name(), given.getOrDefault(hyper.name(), hyper.byDefault()));
    }
    return contender.factory().create(new double[2], hypers);
  }

  private static void set(Optimizer<double[]> optimizer, String state, double... values) {
    System.arraycopy(values, 0, optimizer.state(state), 0, values.length);
    optimizer.refresh();
  }
}
