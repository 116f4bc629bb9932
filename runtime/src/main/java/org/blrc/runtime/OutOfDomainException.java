package org.blrc.runtime;

/**
 * A step would take a state out of its domain; see {@link OutOfDomain}. The optimizer is as it was
 * before the evaluations of the step.
 */
public final class OutOfDomainException extends ArithmeticException {

  private static final long serialVersionUID = 1;

  private final String state;
  private final double value;
  private final long coordinate;
  private final long step;

  OutOfDomainException(String message, String state, double value, long coordinate, long step) {
    super(message);
    this.state = state;
    this.value = value;
    this.coordinate = coordinate;
    this.step = step;
  }

  /** The name of the state, as in the spec. */
  public String state() {
    return state;
  }

  /** What the step would make of it. */
  public double value() {
    return value;
  }

  /** The first coordinate whose state would leave; -1 if all coordinates share it. */
  public long coordinate() {
    return coordinate;
  }

  /** The number of the step, from 1. */
  public long step() {
    return step;
  }
}
