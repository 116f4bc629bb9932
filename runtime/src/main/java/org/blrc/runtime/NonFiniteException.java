package org.blrc.runtime;

/**
 * An answer of the loss holds a NaN or an infinity, or would make one in the sum over several
 * passes, where {@link NonFinite#REJECT} was chosen.
 */
public final class NonFiniteException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final long coordinate;
  private final long step;

  NonFiniteException(String message, long coordinate, long step) {
    super(message);
    this.coordinate = coordinate;
    this.step = step;
  }

  /** The first coordinate with such a value. */
  public long coordinate() {
    return coordinate;
  }

  /** The number of the step, from 1. */
  public long step() {
    return step;
  }
}
