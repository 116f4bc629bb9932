package org.blrc.trial;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to try.
 *
 * @param settings values of hyper-parameters by name, for every contender that has one of that name
 * @param seed of the initial parameters, the order of the minibatches and the optimizers' noise
 * @param plot where to write the curves of the training loss: PNG for a name that ends in {@code
 *     .png}, else SVG
 */
public record TrialRequest(
    Problem problem,
    List<Contender<?>> contenders,
    Map<String, Double> settings,
    long seed,
    Optional<Path> plot) {

  public TrialRequest {
    contenders = List.copyOf(contenders);
    settings = Map.copyOf(settings);
  }
}
