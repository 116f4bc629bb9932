package org.blrc.runtime.cuda;

/**
 * What the scalars of a launch depend on. There is one of them, which changes from launch to
 * launch, so that a step makes no objects.
 */
public final class LaunchContext {

  private double[] values;
  private double[] nextValues;
  private long step;
  private int draws;
  private int examples;
  private double share;

  LaunchContext at(long number, double[] hypers, double[] nextHypers) {
    step = number;
    values = hypers;
    nextValues = nextHypers;
    return this;
  }

  LaunchContext of(int accumulated, int rows, double part) {
    draws = accumulated;
    examples = rows;
    share = part;
    return this;
  }

  /** The values of the hyper-parameters, in the order of the signature. */
  public double[] values() {
    return values;
  }

  /** The same in the step that follows. */
  public double[] nextValues() {
    return nextValues;
  }

  /** The number of the step, from 1. */
  public double step() {
    return step;
  }

  /** What part of the whole step is made. */
  public double share() {
    return share;
  }

  /** The weight of a draw among those of the step. */
  public double drawWeight() {
    return 1.0 / draws;
  }

  /** The weight of an example among those of the answers. */
  public double exampleWeight() {
    return 1.0 / examples;
  }
}
