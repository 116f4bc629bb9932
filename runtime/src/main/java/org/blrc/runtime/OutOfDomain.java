package org.blrc.runtime;

/**
 * What happens to a step that would take a state out of its domain, as a precision below zero, or
 * make it NaN. Only states that an update does not keep in their domain for certain are looked at.
 */
public enum OutOfDomain {
  /** The step is made as it is; nothing is checked. */
  PROPAGATE,

  /**
   * The step is refused: {@link Optimizer#step} throws an {@link OutOfDomainException} that names
   * the first such value. Its evaluations are discarded, and neither the states nor the number of
   * steps change, so that the next step has the same number and the same noise. The default.
   */
  REJECT,

  /**
   * Each coordinate whose states would leave makes its step with all rates halved, as often as it
   * takes and up to {@value DomainCheck#HALVINGS} times; then not even the precision of doubles has
   * anything left of it, and the whole step is refused as above. The other coordinates make the
   * step as it is. {@link Optimizer#shortenedSteps} counts.
   */
  BACK_OFF
}
