package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import org.blrc.derive.Step.Line;
import org.blrc.family.FamilyFacts;
import org.blrc.symbolic.Calculus;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Normal;

/**
 * Gradients through the score function: d/dw E[f] = E[f d log q/dw], where d log q/dw = sum_j (T_j
 * - mu_j) dlambda_j/dw.
 *
 * @param why what rules out the other ways
 */
record ScoreGradient(FamilyFacts posterior, String why) implements ExpectationGradient {

  private Expr score(Sym coordinate) {
    List<Expr> terms = new ArrayList<>();
    for (int j = 0; j < posterior.natural().size(); j++) {
      Expr slope = Calculus.derivative(posterior.natural().get(j), coordinate);
      if (!Normal.isZero(slope)) {
        Expr mean = posterior.expectation().get(j).orElseThrow();
        terms.add(Exprs.mul(slope, Exprs.subtract(posterior.statistics().get(j), mean)));
      }
    }
    return Normal.shorter(Exprs.add(terms));
  }

  @Override
  public List<Line> lines(List<Sym> coordinates) {
    List<Line> lines = new ArrayList<>();
    coordinates.forEach(
        each -> lines.add(new Line.Equation(new Quantity.Score(each), score(each))));
    return lines;
  }

  @Override
  public Expr gradient(Expr function, Sym coordinate) {
    Expr score = score(coordinate);
    return new EquationForm(posterior)
        .expectation(
            Exprs.terms(function).stream()
                .map(term -> Normal.simplify(Exprs.mul(term, score)))
                .flatMap(product -> Exprs.terms(product).stream()));
  }

  @Override
  public Prose justification() {
    return Prose.of("score function ")
        .then(Formulas.score())
        .then(": " + why + "; the loss is asked for one value at each draw, and for no derivative");
  }

  @Override
  public String source() {
    return "Williams 1992";
  }
}
