package org.blrc.runtime;

/**
 * A range of coordinates with values of its own for some hyper-parameters; the others are those of
 * the optimizer, whatever these are changed to.
 */
public interface ParameterGroup {

  /** The name, unique in the optimizer. */
  String name();

  /** The first coordinate. */
  long from();

  /** The coordinate after the last one. */
  long to();

  /** The value of a hyper-parameter in the next step, or in the current one inside a step. */
  double hyperParameter(String name);

  /**
   * Gives a hyper-parameter a value of its own from the next step on, in place of any schedule.
   *
   * @throws IllegalArgumentException if there is none of that name or the value lies outside its
   *     domain
   * @throws IllegalStateException inside a step
   */
  void hyperParameter(String name, double value);

  /**
   * Gives a hyper-parameter a schedule of its own from the next step on.
   *
   * @throws IllegalArgumentException if there is none of that name
   * @throws IllegalStateException inside a step
   */
  void schedule(String name, Schedule schedule);
}
