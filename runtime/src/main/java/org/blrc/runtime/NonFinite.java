package org.blrc.runtime;

/**
 * What happens to an answer of the loss that holds a NaN or an infinity, or would make one in the
 * sum over the passes of an {@link Optimizer#evaluate(int)}.
 */
public enum NonFinite {
  /**
   * It is used like any other; nothing is checked. The default. A step that makes a state NaN may
   * still be refused, see {@link OutOfDomain}.
   */
  PROPAGATE,

  /**
   * The answer is refused with a {@link NonFiniteException} that names its first such value. The
   * states are as they were, and the evaluation is open, so that another answer can be given.
   */
  REJECT,

  /**
   * The step is skipped: {@link Optimizer#step} discards all of its evaluations and changes neither
   * the states nor the number of steps, so that the next step has the same number and the same
   * noise. {@link Optimizer#skippedSteps} counts them.
   */
  SKIP
}
