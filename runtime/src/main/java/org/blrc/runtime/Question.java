package org.blrc.runtime;

/**
 * What the loss is asked.
 *
 * @param function the name of the loss in the spec
 * @param kind {@code gradient}, {@code per_example_gradients}, {@code hessian_diagonal}, ...
 * @param perExample whether the answer has a row for each example
 */
public record Question(String function, String kind, boolean perExample) {}
