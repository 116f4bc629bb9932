package org.blrc.derive;

import java.util.List;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Rational;

/**
 * What a line of a derivation gives the value of. Indices of natural and expectation parameters
 * count the family's statistics from 0.
 */
public sealed interface Quantity {

  /** How it is written. */
  default Step.Label label() {
    return Labels.of(this);
  }

  /** An expression, such as a draw. */
  record Value(Expr expr) implements Quantity {}

  record Loss() implements Quantity {}

  record PriorNatural(int index) implements Quantity {}

  /** What of the log prior its natural parameters do not cover. */
  record RestOfLogPrior() implements Quantity {}

  record Statistic(int index) implements Quantity {}

  record Natural(int index) implements Quantity {}

  record LogPartition() implements Quantity {}

  record BaseMeasure() implements Quantity {}

  record Expectation(int index) implements Quantity {}

  /** A natural parameter as a function of the expectation parameters. */
  record NaturalOfMeans(int index) implements Quantity {}

  record Fisher(Sym left, Sym right) implements Quantity {}

  record Connection(Sym state) implements Quantity {}

  /** What the connection of several states makes of a tangent in each, in the update of one. */
  record JointConnection(List<Sym> states, Sym of) implements Quantity {}

  record Entropy() implements Quantity {}

  /** The Kullback-Leibler divergence from the prior. */
  record Divergence() implements Quantity {}

  /** The derivative of the sampler at fixed noise. */
  record SampleDerivative(Sym variable, Sym by) implements Quantity {}

  /** The cumulative distribution function. */
  record DistributionFunction(Sym variable) implements Quantity {}

  /** The derivative of the variable at a fixed probability. */
  record QuantileDerivative(Sym variable, Sym by) implements Quantity {}

  /** The derivative of the log density. */
  record Score(Sym by) implements Quantity {}

  /** The probability of a value. */
  record Probability(Rational of) implements Quantity {}

  /** What stands under the expectation. */
  record Integrand() implements Quantity {}

  record ExpectedGradient(Sym by) implements Quantity {}

  /** The gradient in an expectation parameter. */
  record MeanGradient(int index) implements Quantity {}

  record NewNatural(int index) implements Quantity {}

  /** The gradient of the whole objective. */
  record ObjectiveGradient(Sym by) implements Quantity {}

  /** The natural parameter of the family in one state alone. */
  record ConditionalNatural(Sym state) implements Quantity {}

  record NewConditionalNatural(Sym state) implements Quantity {}

  /** The identity of a group, in one of its parameters. */
  record Identity(Sym of) implements Quantity {}

  /** The change of a state along a direction in the algebra of a group. */
  record Field(Sym of, Sym along) implements Quantity {}

  record EntropyGradient(Sym by) implements Quantity {}

  /** The new value of a state or of a parameter. */
  record NewValue(Sym of) implements Quantity {}

  /** The weight of a component of a mixture, from 1. */
  record Weight(int component) implements Quantity {}

  /** The logarithm of the responsibility of a component, from 1. */
  record LogResponsibility(int component) implements Quantity {}

  /** The point of a phase, from 1. */
  record Point(int number) implements Quantity {}

  /** The vector that the Hessian is multiplied with in a phase, from 1. */
  record Direction(int phase) implements Quantity {}
}
