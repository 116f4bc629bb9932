package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import org.blrc.derive.Step.Line;
import org.blrc.family.FamilyFacts;
import org.blrc.family.Support;
import org.blrc.symbolic.Calculus;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Rational;
import org.blrc.symbolic.Walk;

/**
 * Gradients over a finite support, by enumeration: E[f] is the sum of q(x) f(x), and d/dw E[f] that
 * of dq(x)/dw f(x). Since the dq/dw add up to zero these are finite differences of f.
 *
 * @param probabilities of the values of the support, in their order
 */
record SupportDifferences(FamilyFacts posterior, Support.Finite support, List<Expr> probabilities)
    implements ExpectationGradient {

  static SupportDifferences of(FamilyFacts posterior, Support.Finite support) {
    return new SupportDifferences(posterior, support, posterior.probabilities(support));
  }

  @Override
  public List<Line> lines(List<Sym> coordinates) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < probabilities.size(); i++) {
      lines.add(
          new Line.Equation(
              new Quantity.Probability(support.values().get(i)), probabilities.get(i)));
    }
    return lines;
  }

  @Override
  public Expr gradient(Expr function, Sym coordinate) {
    List<Expr> terms = new ArrayList<>();
    for (int i = 0; i < probabilities.size(); i++) {
      Rational value = support.values().get(i);
      terms.add(
          Exprs.mul(
              Calculus.derivative(probabilities.get(i), coordinate),
              Walk.substitute(function, posterior.variable(), new Expr.Num(value))));
    }
    return new EquationForm(posterior).of(Exprs.add(terms));
  }

  @Override
  public Prose justification() {
    return Prose.of("the support is finite, so that ")
        .then(Formulas.enumeration(posterior.variable()))
        .then(
            " exactly; the loss is asked for its value at each of the "
                + support.values().size()
                + " points, and for no derivative");
  }

  @Override
  public String source() {
    return NaturalStep.PAPER + ", section 4.2";
  }
}
