package org.blrc.verify;

/** What stands for functions known only from outside. */
@FunctionalInterface
interface Loss {

  /**
   * A derivative of a function.
   *
   * @param x the components of the point
   * @param component by which the derivative is taken, from 1
   * @param function which of the loss's functions, from 0
   * @param example which example, from 0
   */
  double at(double[] x, int component, int order, int function, int example);
}
