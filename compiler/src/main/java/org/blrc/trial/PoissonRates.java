package org.blrc.trial;

import java.util.List;
import java.util.random.RandomGenerator;
import org.hipparchus.special.Gamma;

/**
 * The rates of Poisson processes, of each of which some events were counted over an exposure, under
 * an exponential prior with mean 1. The exact posterior of a rate is the gamma distribution with
 * shape 1 + events and rate 1 + exposure.
 */
final class PoissonRates implements Target {

  private final List<Integer> events;
  private final double exposure;

  PoissonRates(double exposure, List<Integer> events) {
    this.exposure = exposure;
    this.events = List.copyOf(events);
  }

  @Override
  public int dimension() {
    return events.size();
  }

  @Override
  public double[] initial(RandomGenerator random) {
    return new double[dimension()];
  }

  @Override
  public double loss(int coordinate, double x) {
    int count = events.get(coordinate);
    double rate = 1 + exposure;
    return rate * x
        - count * Math.log(x)
        + Gamma.logGamma(count + 1.)
        - (count + 1) * Math.log(rate);
  }

  @Override
  public double slope(int coordinate, double x) {
    return 1 + exposure - events.get(coordinate) / x;
  }

  @Override
  public double curvature(int coordinate, double x) {
    return events.get(coordinate) / (x * x);
  }

  @Override
  public String label(int coordinate) {
    return events.get(coordinate) + " events";
  }

  @Override
  public List<Double> valleys() {
    return List.of();
  }
}
