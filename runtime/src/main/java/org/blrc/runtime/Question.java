package org.blrc.runtime;

/**
 * What the loss is asked.
 *
 * @param function the name of the loss in the spec
 * @param kind {@code gradient}, {@code per_example_gradients}, {@code hessian_diagonal}, {@code
 *     hessian_vector_product} with {@link Optimizer#direction}, ...
 * @param perExample whether the answer has a row for each example
 * @param components how many numbers the answer has for each coordinate, as a gradient where the
 *     random variable has several components: one row of coordinates for each, one after the other,
 *     and so for each example
 */
public record Question(String function, String kind, boolean perExample, int components) {

  /** With one number for each coordinate. */
  public Question(String function, String kind, boolean perExample) {
    this(function, kind, perExample, 1);
  }
}
