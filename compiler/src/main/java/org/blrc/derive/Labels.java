package org.blrc.derive;

import org.blrc.symbolic.Expr;
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

  private Labels() {}

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
