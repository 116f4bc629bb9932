package org.blrc.derive;

import java.util.List;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Code;

/** Reports what no approximation has replaced and no program can compute. */
final class LeftOver {

  private LeftOver() {}

  static void check(List<Model> components, Update update) {
    Model model = components.getFirst();
    Expr value = update.value();
    String where =
        "in: "
            + ExprPrinter.TEXT.print(Symbols.newValue(update.state()))
            + " = "
            + ExprPrinter.TEXT.print(value);
    List<Expr> expectations = Walk.find(value, Expr.Expect.class::isInstance);
    for (Expr expectation : expectations) {
      Expr.Expect mean = (Expr.Expect) expectation;
      if (mean.body().equals(mean.variable())) {
        throw Failure.at(
                model.spec().posterior().family().span(),
                Code.NO_MEAN,
                "the mean of `"
                    + model.variable().name()
                    + "` is not among the family's expectation parameters")
            .note(where)
            .hint(
                "evaluate at a point that you name, as in `E[f("
                    + model.variable().name()
                    + ")] ~> f(m)`, or at draws");
      }
    }
    if (!expectations.isEmpty()) {
      throw Failure.at(
              model.spec().name().span(),
              Code.EXPECTATION_LEFT,
              "`" + ExprPrinter.TEXT.print(expectations.getFirst()) + "` is left")
          .note(where)
          .hint("approximate it, for example with `delta_method` or `monte_carlo`");
    }
    for (Expr sum :
        Walk.find(
            value,
            part -> part instanceof Expr.Reduce reduce && reduce.axis() instanceof Axis.Data)) {
      throw Failure.at(
              model.spec().loss().span(),
              Code.SUM_LEFT,
              "`" + ExprPrinter.TEXT.print(sum) + "` runs over all data")
          .note(where)
          .hint("estimate it from a minibatch, for example with `stochastic`");
    }
    if (EquationForm.isRandom(value)) {
      throw Failure.at(
              model.spec().name().span(),
              Code.EXPECTATION_LEFT,
              "the update still depends on a random quantity")
          .note(where)
          .hint(
              "a point was put in for the variable where its noise remains; use `monte_carlo`"
                  + " instead");
    }
  }
}
