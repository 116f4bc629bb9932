package org.blrc.derive;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.blrc.family.FamilyFacts;
import org.blrc.program.Program;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;

/**
 * A finished derivation.
 *
 * @param optimizer the spec's name for it
 * @param steps what was done, in order
 * @param result the new value of each state
 * @param program what back ends see
 * @param setting what it starts from; of a mixture, what its first component starts from
 * @param components those of the posterior where it is a mixture; else empty
 * @param weights where states move the weights of a mixture, their own derivation, with a program
 *     for these states alone; what responsibilities are stands written out in it
 */
public record Derivation(
    String optimizer,
    List<Step> steps,
    List<Result> result,
    Program program,
    Setting setting,
    List<Component> components,
    Optional<Derivation> weights) {

  public Derivation {
    steps = List.copyOf(steps);
    result = List.copyOf(result);
    components = List.copyOf(components);
  }

  /** The common rate of the rule, in lines before each state's own takes its place. */
  public static final Sym RATE = Symbols.RATE;

  /** The number of the step, from 1. */
  public static final Sym STEP_NUMBER = Scope.STEP_NUMBER;

  /** The symbol for the mean of a statistic, where that is given. */
  public static Sym mean(int statistic) {
    return Symbols.mean(statistic);
  }

  /** How lines refer to the value after the step of a state or of a parameter. */
  public static Sym newValue(Sym old) {
    return Symbols.newValue(old);
  }

  /** How lines refer to the logarithm of a component's responsibility, by its number from 1. */
  public static String responsibility(int component) {
    return Responsibility.name(component).name();
  }

  /** The rank of that function. */
  public static int rankOfResponsibility(int component) {
    return Responsibility.name(component).rank();
  }

  /** How lines refer to the direction in which a state moves. */
  public static Sym direction(Sym state) {
    return Symbols.direction(state);
  }

  /** Of a mixture, the derivations of the components that states move, and of the weights. */
  public List<Derivation> parts() {
    return Stream.concat(
            components.stream().flatMap(component -> component.derivation().stream()),
            weights.stream())
        .toList();
  }

  Derivation with(Program other) {
    return new Derivation(optimizer, steps, result, other, setting, components, weights);
  }

  /**
   * A component of the posterior.
   *
   * @param weight up to a factor that all components have
   * @param posterior its distribution as a function of the states
   * @param loss a function of its random variable
   * @param derivation where states move it, its own, with a program for these states alone; what
   *     its responsibility is stands written out in it
   */
  public record Component(
      Expr weight,
      FamilyFacts posterior,
      Optional<FamilyFacts> prior,
      Expr loss,
      Optional<Derivation> derivation) {}

  /** {@code new(state) = value}. */
  public record Result(Sym state, Expr value) {}
}
