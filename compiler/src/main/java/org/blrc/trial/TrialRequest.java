package org.blrc.trial;

import java.util.List;
import java.util.Map;

/**
 * What to try.
 *
 * @param settings values of hyper-parameters by name, for every contender that has one of that name
 * @param seed of the initial parameters, the order of the minibatches and the optimizers' noise
 */
public record TrialRequest(
    Problem problem, List<Contender<?>> contenders, Map<String, Double> settings, long seed) {

  public TrialRequest {
    contenders = List.copyOf(contenders);
    settings = Map.copyOf(settings);
  }
}
