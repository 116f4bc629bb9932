package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import org.blrc.derive.Step.Line;
import org.blrc.family.FamilyFacts;
import org.blrc.symbolic.Calculus;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;

/**
 * Gradients of expectations through the distribution function: d/dw E[f(x)] = E[f'(x) dx/dw], with
 * the derivative of x at a fixed probability, dx/dw = -(dF/dw) / q. It does not matter how x is
 * drawn.
 */
record ImplicitGradient(Model model, FamilyFacts posterior) implements ExpectationGradient {

  @Override
  public List<Line> lines(List<Sym> coordinates) {
    Sym variable = posterior.variable();
    List<Line> lines = new ArrayList<>();
    lines.add(
        new Line.Equation(
            new Quantity.DistributionFunction(variable), posterior.cdf().orElseThrow()));
    for (Sym coordinate : coordinates) {
      lines.add(
          new Line.Equation(
              new Quantity.QuantileDerivative(variable, coordinate), weight(coordinate)));
    }
    return lines;
  }

  private Expr weight(Sym coordinate) {
    return posterior.quantileDerivative(coordinate).orElseThrow();
  }

  @Override
  public Expr gradient(Expr function, Sym coordinate) {
    new Jumps(model, posterior.variable()).forbid(function);
    Expr weight = weight(coordinate);
    return new EquationForm(posterior)
        .expectation(
            Exprs.terms(Calculus.derivative(function, posterior.variable())).stream()
                .flatMap(slope -> Exprs.terms(Exprs.mul(slope, weight)).stream()));
  }

  @Override
  public Prose justification() {
    return Prose.of("implicit pathwise derivative ")
        .then(Formulas.pathwise(posterior.variable()))
        .then(" with ")
        .then(Formulas.implicit(posterior.variable()))
        .then(", through the distribution function");
  }

  @Override
  public String source() {
    return "Figurnov, Mohamed & Mnih 2018, eq. 5";
  }
}
