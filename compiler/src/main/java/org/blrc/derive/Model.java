package org.blrc.derive;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.family.FamilyFacts;
import org.blrc.symbolic.Calculus;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Declaration;
import org.blrc.syntax.Unit;

/**
 * A spec whose names have their meaning: the input of the derivation.
 *
 * @param scope the names that rules written in the spec may use
 * @param variable the random variable
 * @param family the posterior's family in its own parameters
 * @param arguments the spec's argument for each of the family's parameters
 * @param posterior the family with the arguments in place of the parameters
 * @param coordinates the states that the posterior's arguments use, in order of declaration
 * @param loss a function of the random variable
 * @param relaxed whether the sampler is a rule's and not the family's
 * @param responsibilities where the posterior is one component of a mixture, its own; where it is
 *     the distribution of the component, those of all components
 */
record Model(
    Declaration.Optimizer spec,
    Unit unit,
    Scope scope,
    List<Hyper> hypers,
    List<State> states,
    Sym variable,
    FamilyFacts family,
    Map<Sym, Expr> arguments,
    FamilyFacts posterior,
    List<Sym> coordinates,
    Optional<FamilyFacts> prior,
    Expr loss,
    boolean relaxed,
    List<Responsibility> responsibilities) {

  record Hyper(Sym symbol, Optional<Double> byDefault) {}

  record State(Sym symbol, Optional<Expr> initial) {}

  /**
   * The Levi-Civita connection of a state's own one-dimensional block. Through one parameter of the
   * family it follows from the parameter's: with p = p(x), Gamma_x = p'' / p' + p' Gamma_p.
   */
  Optional<Expr> connection(Sym state) {
    List<Sym> through =
        arguments.keySet().stream()
            .filter(parameter -> Walk.contains(arguments.get(parameter), state))
            .toList();
    if (through.size() != 1) {
      return posterior.connection(state);
    }
    Expr slope = Calculus.derivative(arguments.get(through.getFirst()), state);
    return family
        .connection(through.getFirst())
        .map(
            connection ->
                Normal.shorter(
                    Exprs.add(
                        Exprs.divide(Calculus.derivative(slope, state), slope),
                        Exprs.mul(slope, Walk.substitute(connection, arguments)))));
  }

  /** The other states to which the Fisher information ties one: it is not zero between them. */
  List<Sym> tiedTo(Sym state) {
    return coordinates.stream()
        .filter(other -> !other.equals(state))
        .filter(other -> !Normal.isZero(posterior.fisher(List.of(state, other)).get(0).get(1)))
        .toList();
  }

  /** The loss of the spec, without responsibilities. */
  Expr lossOfSpec() {
    Expr result = loss;
    for (Responsibility each : responsibilities) {
      result = Exprs.add(result, each.at(variable));
    }
    return result;
  }

  /** Names with that of the responsibility of the component that this is. */
  Scope own(Scope names) {
    Scope result = names;
    for (Responsibility each : responsibilities) {
      result = each.in(result);
    }
    return result;
  }

  /** Names of a spec with what they stand for in this component of its posterior. */
  Scope ofComponent(Scope names) {
    return own(
        names.withVariable(spec.posterior().variable().text(), variable, posterior.support()));
  }

  /** The same as a component of a mixture, whose responsibility belongs to the loss. */
  Model with(Responsibility own) {
    return withLoss(Exprs.subtract(loss, own.at(variable)), List.of(own));
  }

  /** The same with another loss, which refers to responsibilities. */
  Model withLoss(Expr other, List<Responsibility> inIt) {
    return changed(family, posterior, other, relaxed, inIt);
  }

  /** The same, with draws made in another way, given in the family's parameters. */
  Model relaxed(Expr sampler) {
    FamilyFacts drawn = family.drawnAs(sampler);
    return changed(drawn, drawn.with(arguments).over(variable), loss, true, responsibilities);
  }

  private Model changed(
      FamilyFacts inParameters,
      FamilyFacts inStates,
      Expr otherLoss,
      boolean isRelaxed,
      List<Responsibility> inLoss) {
    return new Model(
        spec,
        unit,
        scope,
        hypers,
        states,
        variable,
        inParameters,
        arguments,
        inStates,
        coordinates,
        prior,
        otherLoss,
        isRelaxed,
        inLoss);
  }

  /** Whether each state takes a step of its own. */
  boolean blockwise() {
    return spec.step().map(name -> name.text().equals("blockwise")).orElse(false);
  }
}
