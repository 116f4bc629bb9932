package org.blrc.derive;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.family.FamilyFacts;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;

/**
 * What a derivation starts from, for those who check it.
 *
 * @param hypers the hyper-parameters
 * @param variable the random variable
 * @param coordinates where the step is taken: states or parameters of the family
 * @param inStates each coordinate as a function of the states
 * @param domains of the coordinates: where one stands for a parameter of the family, that of the
 *     parameter, whatever a state is declared to be
 * @param family the posterior as a function of the coordinates
 * @param posterior the same as a function of the states
 * @param states the states that the posterior depends on
 * @param loss a function of the random variable
 * @param rates the rate of each state
 * @param relaxed whether the sampler is a rule's, whose draws do not have the family's distribution
 * @param identity that of the group that moves the posterior, state by state; empty where none does
 * @param inner of the weights of a mixture, its components, over which the loss holds means; else
 *     empty
 */
public record Setting(
    List<Sym> hypers,
    Sym variable,
    List<Sym> coordinates,
    Map<Sym, Expr> inStates,
    Map<Sym, Domain> domains,
    FamilyFacts family,
    FamilyFacts posterior,
    List<Sym> states,
    Optional<FamilyFacts> prior,
    Expr loss,
    Map<Sym, Expr> rates,
    Mode mode,
    boolean relaxed,
    Map<Sym, Expr> identity,
    List<FamilyFacts> inner) {

  /** How the states move together. */
  public enum Mode {
    /** One step of all natural parameters. */
    JOINT,
    /** A step of each state by itself. */
    BLOCKWISE,
    /** A step in the states, which tie the family's parameters together. */
    CURVED,
    /** A step along a one-parameter subgroup, in the algebra of a group. */
    GROUP
  }

  /** The distributions that the loss is asked at values of. */
  public FamilyFacts asked() {
    return inner.isEmpty() ? posterior : inner.getFirst();
  }

  static Setting of(Model model, Objective objective, List<FamilyFacts> inner) {
    Coordinates coordinates = objective.coordinates();
    Mode mode =
        model.family().group().isPresent()
            ? Mode.GROUP
            : objective.isCurved() ? Mode.CURVED : model.blockwise() ? Mode.BLOCKWISE : Mode.JOINT;
    return new Setting(
        model.hypers().stream().map(Model.Hyper::symbol).toList(),
        model.variable(),
        coordinates.symbols(),
        coordinates.values(),
        domains(model, coordinates),
        coordinates.facts(),
        model.posterior(),
        model.coordinates(),
        model.prior(),
        Responsibility.allWrittenOut(model.responsibilities(), model.loss()),
        Rates.of(model).byState(),
        mode,
        model.relaxed(),
        identity(model),
        inner);
  }

  private static Map<Sym, Domain> domains(Model model, Coordinates coordinates) {
    Map<Sym, Domain> result = new LinkedHashMap<>();
    for (Sym coordinate : coordinates.symbols()) {
      Expr value = coordinates.values().get(coordinate);
      result.put(
          coordinate,
          model.arguments().entrySet().stream()
              .filter(argument -> argument.getValue().equals(value))
              .map(argument -> argument.getKey().domain())
              .findFirst()
              .orElse(coordinate.domain()));
    }
    return Collections.unmodifiableMap(result);
  }

  private static Map<Sym, Expr> identity(Model model) {
    Map<Sym, Expr> result = new LinkedHashMap<>();
    model
        .family()
        .group()
        .ifPresent(
            group ->
                group
                    .identity()
                    .forEach(
                        (parameter, value) ->
                            result.put((Sym) model.arguments().get(parameter), value)));
    return Collections.unmodifiableMap(result);
  }
}
