package org.blrc.derive;

import java.util.List;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Function;
import org.blrc.symbolic.Normal;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Code;

/** Where an expression jumps, a derivative under an expectation misses what the jump adds. */
record Jumps(Model model, Sym variable) {

  /**
   * A size in a denominator hides a jump, as in x / |x|, which the derivative would not show.
   *
   * @throws Failure where a function of the variable jumps
   */
  void forbid(Expr function) {
    Exprs.terms(function).forEach(this::forbidInTerm);
  }

  private void forbidInTerm(Expr term) {
    if (Walk.contains(term, this::isSize)
        && (Normal.hasPole(term, this::isSize)
            || Walk.contains(Normal.simplify(term), this::isSign))) {
      throw Failure.at(
              model.spec().loss().span(),
              Code.LOSS,
              "the loss jumps or is infinite where a size is zero")
          .note("in: " + ExprPrinter.TEXT.print(term))
          .hint("its gradient would miss the jump; use a smooth function in its place");
    }
  }

  boolean isSize(Expr part) {
    return isCall(part, Function.ABS);
  }

  boolean isSign(Expr part) {
    return isCall(part, Function.SIGN);
  }

  /** Whether a part is a function's value that depends on the variable. */
  private boolean isCall(Expr part, Function which) {
    return part instanceof Expr.Call(Function function, List<Expr> arguments)
        && function == which
        && Walk.contains(arguments.getFirst(), variable);
  }
}
