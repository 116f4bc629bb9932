package org.blrc.trial;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A mixture of normal distributions, the same for every coordinate: coordinates differ in where
 * they start.
 */
final class NormalMixture implements Target {

  /** One of the distributions, with its share of the mass. */
  record Component(double share, double mean, double deviation) {

    /** The logarithm of share times density. */
    double log(double x) {
      double z = (x - mean) / deviation;
      return Math.log(share / deviation) - (z * z + Math.log(2 * Math.PI)) / 2;
    }

    /** The derivative of the negative log density. */
    double pull(double x) {
      return (x - mean) / (deviation * deviation);
    }
  }

  private final List<Component> components;
  private final List<Double> valleys;
  private final double[] starts;

  /**
   * A mixture.
   *
   * @param valleys the minima of its density, in ascending order
   * @param starts where each coordinate starts
   */
  NormalMixture(List<Component> components, List<Double> valleys, double... starts) {
    this.components = List.copyOf(components);
    this.valleys = List.copyOf(valleys);
    this.starts = starts.clone();
  }

  @Override
  public int dimension() {
    return starts.length;
  }

  @Override
  public double[] initial(RandomGenerator random) {
    return starts.clone();
  }

  @Override
  public double loss(int coordinate, double x) {
    double highest = highest(x);
    return -highest
        - Math.log(components.stream().mapToDouble(c -> Math.exp(c.log(x) - highest)).sum());
  }

  @Override
  public double slope(int coordinate, double x) {
    double[] shares = responsibilities(x);
    double slope = 0;
    for (int k = 0; k < shares.length; k++) {
      slope += shares[k] * components.get(k).pull(x);
    }
    return slope;
  }

  /** The mean of the components' curvatures less the variance of their slopes. */
  @Override
  public double curvature(int coordinate, double x) {
    double[] shares = responsibilities(x);
    double slope = slope(coordinate, x);
    double curvature = 0;
    for (int k = 0; k < shares.length; k++) {
      Component component = components.get(k);
      double apart = component.pull(x) - slope;
      double precision = 1 / (component.deviation() * component.deviation());
      curvature += shares[k] * (precision - apart * apart);
    }
    return curvature;
  }

  /** How probable each component is at a point. */
  private double[] responsibilities(double x) {
    double highest = highest(x);
    double[] shares = components.stream().mapToDouble(c -> Math.exp(c.log(x) - highest)).toArray();
    double sum = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(share -> share / sum).toArray();
  }

  private double highest(double x) {
    return components.stream().mapToDouble(c -> c.log(x)).max().orElseThrow();
  }

  @Override
  public String label(int coordinate) {
    return "from " + Text.number(starts[coordinate]);
  }

  @Override
  public List<Double> valleys() {
    return valleys;
  }
}
