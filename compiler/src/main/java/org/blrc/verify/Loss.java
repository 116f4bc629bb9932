package org.blrc.verify;

/** What stands for functions known only from outside. */
@FunctionalInterface
interface Loss {

  /**
   * A derivative of a function.
   *
   * @param function which of the loss's functions, from 0
   * @param example which example, from 0
   */
  double at(double x, int order, int function, int example);
}
