package org.blrc.derive;

import java.util.List;
import org.blrc.family.Support;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Code;

/**
 * Requires of updates that what has components stands where it may: as the point of a loss, or with
 * one of its components named. Rules speak of one number and may have put it elsewhere.
 */
record Shapes(Model model) {

  static void check(Model model, Update update) {
    if (model.posterior().support() instanceof Support.Simplex) {
      new Shapes(model).number(update.value());
    }
  }

  /** Requires a number. */
  private void number(Expr expr) {
    switch (expr) {
      case Expr.Component(
              Expr.Oracle(String _, int _, int order, var _, Expr point, var along),
              int _)
          when order > 0 && along.isEmpty() ->
          point(point);
      case Expr.Component(Expr of, int _) when isWhole(of) -> {}
      case Expr.Oracle(String _, int _, int order, var _, Expr point, var _) when order == 0 ->
          point(point);
      case Expr.Oracle _, Expr.Component _, Expr.Vector _, Expr.Draw _ -> refuse(expr);
      case Sym symbol when symbol.equals(model.variable()) -> refuse(expr);
      default -> Walk.children(expr).forEach(this::number);
    }
  }

  private void point(Expr point) {
    if (!isWhole(point)) {
      refuse(point);
    }
  }

  private boolean isWhole(Expr expr) {
    return switch (expr) {
      case Expr.Vector(List<Expr> components) -> {
        components.forEach(this::number);
        yield true;
      }
      case Expr.Draw _ -> true;
      case Sym symbol -> symbol.equals(model.variable());
      default -> false;
    };
  }

  private void refuse(Expr expr) {
    throw Failure.at(
            model.spec().name().span(),
            Code.SHAPE,
            "`%s` is taken for one number, but `%s` has components"
                .formatted(ExprPrinter.TEXT.print(expr), model.variable().name()))
        .hint(
            "rules that compute with points or with derivatives as such are for variables of one"
                + " number");
  }
}
