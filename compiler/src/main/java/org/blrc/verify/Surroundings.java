package org.blrc.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;

/**
 * What a {@link World} lies in, and seldom changes.
 *
 * @param posterior the density at the old states, where expectations are taken
 * @param loss what the loss's functions are
 * @param sampler the value of a draw, given noise
 * @param others the distributions of other random variables than the posterior's, at the old states
 * @param batch the examples of the minibatch
 * @param coordinates those that sums run over, where there is not just one; empty elsewhere
 * @param coupling the mixed second derivative of the loss in this coordinate and one more, in which
 *     directions have other values; 0 where there is one coordinate
 */
record Surroundings(
    Optional<Density> posterior,
    Loss loss,
    Expr sampler,
    Map<Sym, Distribution> others,
    List<Integer> batch,
    List<World> coordinates,
    double coupling) {

  private static final double COUPLING = 0.6;

  /** Those of one coordinate. */
  Surroundings(Loss loss, Expr sampler, List<Integer> batch) {
    this(Optional.empty(), loss, sampler, Map.of(), batch, List.of(), 0);
  }

  Surroundings with(Density density) {
    return new Surroundings(
        Optional.of(density), loss, sampler, others, batch, coordinates, coupling);
  }

  Surroundings with(Loss other) {
    return new Surroundings(posterior, other, sampler, others, batch, coordinates, coupling);
  }

  Surroundings withBatch(List<Integer> examples) {
    return new Surroundings(posterior, loss, sampler, others, examples, coordinates, coupling);
  }

  Surroundings with(List<World> together) {
    return new Surroundings(
        posterior, loss, sampler, others, batch, List.copyOf(together), coupling);
  }

  Surroundings withOthers(Map<Sym, Distribution> distributions) {
    return new Surroundings(posterior, loss, sampler, distributions, batch, coordinates, coupling);
  }

  Density density(Sym variable) {
    return others.containsKey(variable) ? others.get(variable).density() : posterior.orElseThrow();
  }

  Expr sampler(Sym variable) {
    return others.containsKey(variable) ? others.get(variable).sampler() : sampler;
  }

  /** With one more coordinate, on which the loss depends together with this one. */
  Surroundings coupled() {
    return new Surroundings(posterior, loss, sampler, others, batch, coordinates, COUPLING);
  }
}
