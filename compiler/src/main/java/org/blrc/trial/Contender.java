package org.blrc.trial;

import java.util.Map;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.Signature;

/**
 * An optimizer to be tried.
 *
 * @param roles what its hyper-parameters are to the problem
 * @param posterior what its states say of a coordinate
 */
public record Contender<A>(
    Signature signature, Roles roles, Posterior posterior, Numbers<A> numbers, Factory<A> factory) {

  /** Makes optimizers. */
  @FunctionalInterface
  public interface Factory<A> {

    /**
     * Makes an optimizer.
     *
     * @param initial the initial value of the states that have none of their own
     * @param hyperParameters the value of every hyper-parameter, in the order of the signature
     * @throws IllegalArgumentException if it cannot start from these values
     */
    Optimizer<A> create(A initial, Map<String, Double> hyperParameters);
  }

  public String name() {
    return signature.name();
  }
}
