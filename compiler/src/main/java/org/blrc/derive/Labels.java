package org.blrc.derive;

import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.ExprPrinter;

/** Left sides of equations that are no expressions of the language. */
final class Labels {

  static final Step.Label LOSS = new Step.Label("loss", "\\ell");
  static final Step.Label LOG_PRIOR = new Step.Label("log prior", "\\log p");
  static final Step.Label OBJECTIVE = new Step.Label("L(q)", "\\mathcal{L}(q)");
  static final Step.Label LOG_PARTITION = new Step.Label("log-partition", "A");
  static final Step.Label BASE_MEASURE = new Step.Label("log h", "\\log h");
  static final Step.Label ENTROPY = new Step.Label("entropy", "\\mathcal{H}(q)");

  static final Step.Label DIVERGENCE =
      new Step.Label("KL(q, prior)", "\\operatorname{KL}(q \\,\\|\\, p)");

  static final Step.Label INTEGRAND = new Step.Label("f", "f");
  static final Step.Label REST_OF_LOG_PRIOR =
      new Step.Label("rest of log prior", "\\log p_{\\text{rest}}");

  private Labels() {}

  static Step.Label point(int number) {
    return new Step.Label("point " + number, "\\text{point " + number + "}");
  }

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
      case Quantity.Fisher(Sym left, Sym right) -> fisher(left, right);
      case Quantity.Connection(Sym state) -> connection(state);
      case Quantity.Entropy() -> ENTROPY;
      case Quantity.Divergence() -> DIVERGENCE;
      case Quantity.SampleDerivative(Sym variable, Sym by) -> sampleDerivative(variable, by);
      case Quantity.Integrand() -> INTEGRAND;
      case Quantity.ExpectedGradient(Sym by) -> expectedGradient(by);
      case Quantity.MeanGradient(int index) -> meanGradient(index);
      case Quantity.NewNatural(int index) -> newNatural(index);
      case Quantity.ObjectiveGradient(Sym by) -> objectiveGradient(by);
      case Quantity.ConditionalNatural(Sym state) -> conditionalNatural(state);
      case Quantity.NewConditionalNatural(Sym state) -> newConditionalNatural(state);
      case Quantity.NewValue(Sym of) -> newState(of);
      case Quantity.Point(int number) -> point(number);
    };
  }

  static Step.Label statistic(int index) {
    return indexed("T", "T", index);
  }

  static Step.Label natural(int index) {
    return indexed("lambda", "\\lambda", index);
  }

  static Step.Label newNatural(int index) {
    return new Step.Label(
        "new(lambda_" + (index + 1) + ")", "\\lambda_{" + (index + 1) + "}^{\\text{new}}");
  }

  static Step.Label priorNatural(int index) {
    return new Step.Label("prior lambda_" + (index + 1), "\\lambda_{0," + (index + 1) + "}");
  }

  static Step.Label expectation(int index) {
    return indexed("mu", "\\mu", index);
  }

  private static Step.Label indexed(String text, String latex, int index) {
    return new Step.Label(text + "_" + (index + 1), latex + "_{" + (index + 1) + "}");
  }

  static Step.Label fisher(Expr left, Expr right) {
    return new Step.Label(
        "Fisher[" + text(left) + ", " + text(right) + "]",
        "F_{" + latex(left) + "," + latex(right) + "}");
  }

  static Step.Label connection(Expr state) {
    return new Step.Label("connection(" + text(state) + ")", "\\Gamma_{" + latex(state) + "}");
  }

  static Step.Label sampleDerivative(Expr variable, Expr by) {
    return new Step.Label(
        "d " + text(variable) + " / d " + text(by),
        "\\frac{\\partial " + latex(variable) + "}{\\partial " + latex(by) + "}");
  }

  static Step.Label expectedGradient(Expr by) {
    return new Step.Label(
        "d E[f] / d " + text(by),
        "\\frac{\\partial\\,\\mathbb{E}_q[f]}{\\partial " + latex(by) + "}");
  }

  static Step.Label meanGradient(int index) {
    return new Step.Label(
        "d E[f] / d mu_" + (index + 1),
        "\\frac{\\partial\\,\\mathbb{E}_q[f]}{\\partial \\mu_{" + (index + 1) + "}}");
  }

  static Step.Label objectiveGradient(Expr by) {
    return new Step.Label(
        "d L / d " + text(by), "\\frac{\\partial \\mathcal{L}}{\\partial " + latex(by) + "}");
  }

  static Step.Label conditionalNatural(Expr state) {
    return new Step.Label("lambda of " + text(state), "\\lambda_{" + latex(state) + "}");
  }

  static Step.Label newConditionalNatural(Expr state) {
    return new Step.Label(
        "new(lambda of " + text(state) + ")", "\\lambda_{" + latex(state) + "}^{\\text{new}}");
  }

  static Step.Label newState(Expr state) {
    return Step.Label.of(Symbols.newValue((Expr.Sym) state));
  }

  private static String text(Expr expr) {
    return ExprPrinter.TEXT.print(expr);
  }

  private static String latex(Expr expr) {
    return ExprPrinter.LATEX.print(expr);
  }
}
