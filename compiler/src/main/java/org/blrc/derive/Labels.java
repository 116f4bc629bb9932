package org.blrc.derive;

import java.util.List;
import java.util.stream.Collectors;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Rational;
import org.blrc.symbolic.Typesetting;

/** Left sides of equations that are no expressions of the language. */
final class Labels {

  static final Step.Label LOSS = Step.Label.of("loss", in -> in.words("loss"));
  static final Step.Label REST_OF_LOG_PRIOR =
      Step.Label.of(
          "rest of log prior",
          in -> in.row(in.operator("log"), in.subscript(in.name("p"), in.words("rest"))));
  static final Step.Label LOG_PARTITION = Step.Label.of("log-partition", in -> in.name("A"));
  static final Step.Label BASE_MEASURE =
      Step.Label.of("log h", in -> in.row(in.operator("log"), in.name("h")));
  static final Step.Label ENTROPY =
      Step.Label.of("entropy", in -> in.call(in.script('H'), in.name("q")));
  static final Step.Label DIVERGENCE =
      Step.Label.of("KL(q, prior)", in -> in.call(in.operator("KL"), in.name("q"), in.name("p")));
  static final Step.Label INTEGRAND = Step.Label.of("f", in -> in.name("f"));

  private Labels() {}

  static Step.Label of(Quantity quantity) {
    return switch (quantity) {
      case Quantity.Value(Expr expr) -> Step.Label.of(expr);
      case Quantity.Loss() -> LOSS;
      case Quantity.PriorNatural(int index) -> priorNatural(index);
      case Quantity.RestOfLogPrior() -> REST_OF_LOG_PRIOR;
      case Quantity.Statistic(int index) -> statistic(index);
      case Quantity.Natural(int index) -> natural(index);
      case Quantity.LogPartition() -> LOG_PARTITION;
      case Quantity.BaseMeasure() -> BASE_MEASURE;
      case Quantity.Expectation(int index) -> expectation(index);
      case Quantity.NaturalOfMeans(int index) -> naturalOfMeans(index);
      case Quantity.Fisher(Sym left, Sym right) -> fisher(left, right);
      case Quantity.Connection(Sym state) -> connection(state);
      case Quantity.JointConnection(var states, Sym of) -> jointConnection(states, of);
      case Quantity.Entropy() -> ENTROPY;
      case Quantity.Divergence() -> DIVERGENCE;
      case Quantity.Score(Sym by) -> score(by);
      case Quantity.Probability(Rational value) -> probability(new Expr.Num(value));
      case Quantity.SampleDerivative(Sym variable, Sym by) -> sampleDerivative(variable, by);
      case Quantity.DistributionFunction(Sym variable) -> distributionFunction(variable);
      case Quantity.QuantileDerivative(Sym variable, Sym by) -> sampleDerivative(variable, by);
      case Quantity.Integrand() -> INTEGRAND;
      case Quantity.ExpectedGradient(Sym by) -> expectedGradient(by);
      case Quantity.MeanGradient(int index) -> meanGradient(index);
      case Quantity.NewNatural(int index) -> newNatural(index);
      case Quantity.ObjectiveGradient(Sym by) -> objectiveGradient(by);
      case Quantity.ConditionalNatural(Sym state) -> conditionalNatural(state);
      case Quantity.NewConditionalNatural(Sym state) -> newConditionalNatural(state);
      case Quantity.Identity(Sym of) -> identity(of);
      case Quantity.Field(Sym of, Sym along) -> sampleDerivative(of, along);
      case Quantity.EntropyGradient(Sym by) -> entropyGradient(by);
      case Quantity.NewValue(Sym of) -> newState(of);
      case Quantity.Weight(int component) -> weight(component);
      case Quantity.LogResponsibility(int component) -> logResponsibility(component);
      case Quantity.Point(int number) -> point(number);
      case Quantity.Direction(int phase) -> direction(phase);
    };
  }

  static Step.Label statistic(int index) {
    return Step.Label.of("T_" + (index + 1), in -> indexed(in, "T", index));
  }

  static Step.Label natural(int index) {
    return Step.Label.of("lambda_" + (index + 1), in -> indexed(in, "lambda", index));
  }

  static Step.Label naturalOfMeans(int index) {
    return Step.Label.of(
        "lambda_" + (index + 1) + "(mu)",
        in -> in.call(indexed(in, "lambda", index), in.name("mu")));
  }

  static Step.Label newNatural(int index) {
    return Step.Label.of(
        "new(lambda_" + (index + 1) + ")", in -> in.renewed(indexed(in, "lambda", index)));
  }

  static Step.Label priorNatural(int index) {
    return Step.Label.of(
        "prior lambda_" + (index + 1),
        in ->
            in.subscript(
                in.name("lambda"), in.row(in.number(0), in.comma(), in.number(index + 1))));
  }

  static Step.Label expectation(int index) {
    return Step.Label.of("mu_" + (index + 1), in -> indexed(in, "mu", index));
  }

  static Step.Label fisher(Expr left, Expr right) {
    return Step.Label.of(
        "Fisher[" + text(left) + ", " + text(right) + "]",
        in ->
            in.subscript(
                in.name("F"), in.row(in.expression(left), in.comma(), in.expression(right))));
  }

  /** Christoffel symbols go by the letter Γ. */
  static Step.Label connection(Expr state) {
    return Step.Label.of(
        "connection(" + text(state) + ")", in -> in.subscript(in.name("Γ"), in.expression(state)));
  }

  /** The component of Γ(u, u) that belongs to a state. */
  static Step.Label jointConnection(List<Sym> states, Sym of) {
    return Step.Label.of(
        states.stream()
                .map(Labels::text)
                .collect(Collectors.joining(", ", "connection(", ")(u, u) of "))
            + text(of),
        in -> in.call(in.subscript(in.name("Γ"), in.expression(of)), in.name("u"), in.name("u")));
  }

  static Step.Label sampleDerivative(Expr variable, Expr by) {
    return Step.Label.of(
        "d " + text(variable) + " / d " + text(by),
        in -> derivative(in, in.expression(variable), by(in, by)));
  }

  static Step.Label distributionFunction(Expr variable) {
    return Step.Label.of(
        "F(" + text(variable) + ")", in -> in.call(in.name("F"), in.expression(variable)));
  }

  static Step.Label score(Expr by) {
    return Step.Label.of(
        "d log q / d " + text(by),
        in -> derivative(in, in.row(in.operator("log"), in.name("q")), in.expression(by)));
  }

  static Step.Label probability(Expr value) {
    return Step.Label.of(
        "q(" + text(value) + ")", in -> in.call(in.name("q"), in.expression(value)));
  }

  static Step.Label expectedGradient(Expr by) {
    return Step.Label.of(
        "d E[f] / d " + text(by), in -> derivative(in, in.expectation(in.name("f")), by(in, by)));
  }

  static Step.Label meanGradient(int index) {
    return Step.Label.of(
        "d E[f] / d mu_" + (index + 1),
        in -> derivative(in, in.expectation(in.name("f")), indexed(in, "mu", index)));
  }

  static Step.Label objectiveGradient(Expr by) {
    return Step.Label.of("d L / d " + text(by), in -> derivative(in, in.script('L'), by(in, by)));
  }

  static Step.Label conditionalNatural(Expr state) {
    return Step.Label.of(
        "lambda of " + text(state), in -> in.subscript(in.name("lambda"), in.expression(state)));
  }

  static Step.Label newConditionalNatural(Expr state) {
    return Step.Label.of(
        "new(lambda of " + text(state) + ")",
        in -> in.renewed(in.subscript(in.name("lambda"), in.expression(state))));
  }

  static Step.Label identity(Expr of) {
    return Step.Label.of(
        "identity(" + text(of) + ")", in -> in.subscript(in.expression(of), in.words("identity")));
  }

  static Step.Label entropyGradient(Expr by) {
    return Step.Label.of(
        "d entropy / d " + text(by),
        in -> derivative(in, in.call(in.script('H'), in.name("q")), by(in, by)));
  }

  static Step.Label newState(Expr state) {
    return Step.Label.of(Symbols.newValue((Sym) state));
  }

  static Step.Label weight(int component) {
    return Step.Label.of("w_" + component, in -> in.subscript(in.name("w"), in.number(component)));
  }

  static Step.Label logResponsibility(int component) {
    return Step.Label.of(
        "log r_" + component,
        in -> in.row(in.operator("log"), in.subscript(in.name("r"), in.number(component))));
  }

  /** The point of a phase, from 1. */
  static Step.Label point(int number) {
    return Step.Label.of("point " + number, in -> in.words("point " + number));
  }

  static Step.Label direction(int phase) {
    return Step.Label.of("direction " + phase, in -> in.words("direction " + phase));
  }

  private static String indexed(Typesetting in, String name, int index) {
    return in.subscript(in.name(name), in.number(index + 1));
  }

  private static String derivative(Typesetting in, String of, String by) {
    return in.fraction(in.partial(of), in.partial(by));
  }

  /** What is differentiated by: a direction of an algebra is written with its state as index. */
  private static String by(Typesetting in, Expr by) {
    return Symbols.along(by)
        .map(state -> in.subscript(in.name("u"), in.name(state)))
        .orElseGet(() -> in.expression(by));
  }

  private static String text(Expr expr) {
    return ExprPrinter.TEXT.print(expr);
  }
}
