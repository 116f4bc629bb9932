package org.blrc.derive;

import java.util.List;
import org.blrc.derive.Step.Line;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;

/** A way to take the gradient of an expectation under the posterior. */
sealed interface ExpectationGradient
    permits PathwiseGradient, ImplicitGradient, SupportDifferences, ScoreGradient {

  /** What it works with. */
  List<Line> lines(List<Sym> coordinates);

  /** d/dw E[f], exactly. */
  Expr gradient(Expr function, Sym coordinate);

  /** Which way it is, why it was taken, and what it asks of the loss. */
  Prose justification();

  /** Where to read about it. */
  String source();
}
