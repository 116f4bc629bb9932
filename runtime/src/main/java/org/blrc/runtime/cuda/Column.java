package org.blrc.runtime.cuda;

/** What an array of a program's kernels holds. */
public sealed interface Column {

  /**
   * A state between steps.
   *
   * @param index its place in the signature
   */
  record State(int index) implements Column {}

  /**
   * What the model reads, where that is no state.
   *
   * @param rows one for each component
   */
  record Parameters(int rows) implements Column {}

  /** The vector that the Hessian is multiplied with. */
  record Direction() implements Column {}

  /**
   * The caller's answer to a question of the last phase.
   *
   * @param question its index in the phase
   */
  record Given(int question) implements Column {}

  /** What is kept of earlier phases or draws. */
  record Kept() implements Column {}

  /**
   * Noise that takes the place of what would be drawn.
   *
   * @param normal whether it is standard normal; if not, it is uniform on (0, 1)
   */
  record Noise(int stream, boolean normal) implements Column {}
}
