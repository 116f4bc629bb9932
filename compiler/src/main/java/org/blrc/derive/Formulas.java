package org.blrc.derive;

import java.util.List;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Typesetting;

/** The theory's own formulas, of which steps are instances. */
final class Formulas {

  private Formulas() {}

  /** The objective, E_q[loss - log prior] - H(q). */
  static Step.Label objective(boolean hasPrior) {
    return Step.Label.of(
        "L(q) = E_q[loss" + (hasPrior ? " - log prior" : "") + "] - H(q)",
        in -> {
          String loss = in.words("loss");
          String prior = in.row(in.operator("log"), in.words("prior"));
          return equation(
              in,
              in.call(in.script('L'), in.name("q")),
              in.row(
                  in.expectation(hasPrior ? in.row(loss, in.term(true, prior)) : loss),
                  in.term(true, in.call(in.script('H'), in.name("q")))));
        });
  }

  /** The loss of a component of a mixture, loss - log r_k. */
  static Step.Label componentLoss() {
    return Step.Label.of(
        "loss - log r_k",
        in ->
            in.row(in.words("loss"), in.term(true, in.row(in.operator("log"), indexed(in, "r")))));
  }

  /** The loss of the choice of a component. */
  static Step.Label choiceLoss() {
    return Step.Label.of(
        "E_k[loss - log prior + log q_k - log r_k]",
        in -> {
          String logDensity = in.row(in.operator("log"), indexed(in, "q"));
          String logResponsibility = in.row(in.operator("log"), indexed(in, "r"));
          return in.expectation(
              in.row(
                  in.words("loss"),
                  in.term(true, in.row(in.operator("log"), in.words("prior"))),
                  in.term(false, logDensity),
                  in.term(true, logResponsibility)));
        });
  }

  /** The responsibility of a component, w_k q_k / q. */
  static Step.Label responsibility() {
    return Step.Label.of(
        "r_k = w_k q_k / q",
        in ->
            equation(
                in,
                indexed(in, "r"),
                in.fraction(in.row(indexed(in, "w"), indexed(in, "q")), in.name("q"))));
  }

  private static String indexed(Typesetting in, String name) {
    return in.subscript(in.name(name), in.name("k"));
  }

  static Step.Label exponentialFamily() {
    return Step.Label.of(
        "q = exp(log h + lambda . T - A)",
        in ->
            equation(
                in,
                in.name("q"),
                in.call(
                    in.operator("exp"),
                    in.row(
                        logBase(in),
                        in.term(false, dot(in, in.name("lambda"), in.name("T"))),
                        in.term(true, in.name("A"))))));
  }

  static Step.Label expectationParameters() {
    return Step.Label.of(
        "mu = grad A",
        in -> equation(in, in.name("mu"), in.row(in.gradient(in.name("lambda")), in.name("A"))));
  }

  static Step.Label fisher() {
    return Step.Label.of(
        "Fisher = (d lambda)^T (d mu)",
        in ->
            equation(
                in,
                in.name("F"),
                in.row(transposed(in, by(in, in.name("lambda"))), by(in, in.name("mu")))));
  }

  static Step.Label entropy() {
    return Step.Label.of(
        "entropy = A - lambda . mu - E[log h]",
        in ->
            equation(
                in,
                in.call(in.script('H'), in.name("q")),
                in.row(
                    in.name("A"),
                    in.term(true, dot(in, in.name("lambda"), in.name("mu"))),
                    in.term(true, in.expectation(logBase(in))))));
  }

  static Step.Label pathwise(Expr.Sym variable) {
    String name = variable.name();
    return Step.Label.of(
        "d E[f] = E[f'(" + name + ") d" + name + "]",
        in ->
            equation(
                in,
                by(in, expected(in)),
                in.expectation(
                    in.product(
                        List.of(
                            in.call(in.primed(in.name("f")), in.name(name)),
                            by(in, in.name(name)))))));
  }

  /** The derivative of a variable at a fixed probability. */
  static Step.Label implicit(Expr.Sym variable) {
    String name = variable.name();
    return Step.Label.of(
        "d%1$s = -dF(%1$s) / q(%1$s)".formatted(name),
        in -> {
          String x = in.name(name);
          return equation(
              in,
              by(in, x),
              in.term(
                  true, in.fraction(by(in, in.call(in.name("F"), x)), in.call(in.name("q"), x))));
        });
  }

  /** The derivative of a sum over the values of a variable. */
  static Step.Label enumeration(Expr.Sym variable) {
    String name = variable.name();
    return Step.Label.of(
        "d E[f] = sum of dq(%1$s) f(%1$s)".formatted(name),
        in -> {
          String x = in.name(name);
          String mass = by(in, in.call(in.name("q"), x));
          return equation(
              in,
              by(in, expected(in)),
              in.row(
                  in.subscript(in.sign('\u2211'), x),
                  in.product(List.of(mass, in.call(in.name("f"), x)))));
        });
  }

  /** The derivative through that of the log density. */
  static Step.Label score() {
    return Step.Label.of(
        "d E[f] = E[f d log q]",
        in -> {
          String slope = by(in, in.row(in.operator("log"), in.name("q")));
          return equation(
              in, by(in, expected(in)), in.expectation(in.product(List.of(in.name("f"), slope))));
        });
  }

  /** The moment generating function of the statistics. */
  static Step.Label moments() {
    return Step.Label.of(
        "E[exp(s . T)] = exp(A(lambda + s) - A(lambda))",
        in -> {
          String lambda = in.name("lambda");
          String moved = in.row(lambda, in.term(false, in.name("s")));
          return equation(
              in,
              in.expectation(in.call(in.operator("exp"), dot(in, in.name("s"), in.name("T")))),
              in.call(
                  in.operator("exp"),
                  in.row(
                      in.call(in.name("A"), moved), in.term(true, in.call(in.name("A"), lambda)))));
        });
  }

  /** Stein's lemma for a standard normal variable of this name. */
  static Step.Label stein(String noise) {
    return Step.Label.of(
        "E[%1$s G(%1$s)] = E[G'(%1$s)]".formatted(noise),
        in -> {
          String variable = in.name(noise);
          return equation(
              in,
              in.expectation(in.product(List.of(variable, in.call(in.name("G"), variable)))),
              in.expectation(in.call(in.primed(in.name("G")), variable)));
        });
  }

  static Step.Label chainRule() {
    return Step.Label.of(
        "(d mu / dw)^T grad_mu = grad_w",
        in ->
            equation(
                in,
                in.row(
                    transposed(in, by(in, in.name("mu"))),
                    in.gradient(in.name("mu")),
                    expected(in)),
                in.row(in.gradient(in.name("w")), expected(in))));
  }

  /** The Bayesian learning rule. */
  static Step.Label rule(boolean hasPrior) {
    return Step.Label.of(
        "new(lambda) = (1 - rate) * lambda"
            + (hasPrior ? " + rate * prior lambda" : "")
            + " - rate * grad_mu E[f]",
        in -> {
          String lambda = in.name("lambda");
          String rate = in.expression(Symbols.RATE);
          String kept =
              in.product(List.of(in.brackets(in.row(in.number(1), in.term(true, rate))), lambda));
          String prior = in.product(List.of(rate, in.subscript(lambda, in.number(0))));
          String step = in.product(List.of(rate, in.row(in.gradient(in.name("mu")), expected(in))));
          return equation(
              in,
              in.renewed(lambda),
              in.row(kept, hasPrior ? in.term(false, prior) : "", in.term(true, step)));
        });
  }

  /** The natural-gradient step in coordinates w. */
  static Step.Label ownStep() {
    return Step.Label.of(
        "new(state) = state - rate * F^-1 grad",
        in -> {
          String w = in.name("w");
          String gradient = in.row(in.gradient(w), in.script('L'));
          String inverse = in.power(in.name("F"), in.number(-1));
          return equation(
              in,
              in.renewed(w),
              in.row(
                  w,
                  in.term(
                      true, in.product(List.of(in.expression(Symbols.RATE), inverse, gradient)))));
        });
  }

  static Step.Label rate(Expr value) {
    return Step.Label.of(
        ExprPrinter.TEXT.print(Symbols.RATE) + " = " + ExprPrinter.TEXT.print(value),
        in -> equation(in, in.expression(Symbols.RATE), in.expression(value)));
  }

  static String equation(Typesetting in, String left, String right) {
    return in.row(left, in.sign('='), right);
  }

  private static String expected(Typesetting in) {
    return in.expectation(in.name("f"));
  }

  private static String logBase(Typesetting in) {
    return in.row(in.operator("log"), in.name("h"));
  }

  private static String dot(Typesetting in, String left, String right) {
    return in.row(left, in.sign('\u00b7'), right);
  }

  /** The derivative in the coordinates. */
  private static String by(Typesetting in, String of) {
    return in.fraction(in.partial(of), in.partial(in.name("w")));
  }

  private static String transposed(Typesetting in, String matrix) {
    return in.power(in.brackets(matrix), in.name("T"));
  }
}
