package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Code;

/** Orders updates so that new values are computed before they are used. */
final class UpdateOrder {

  private UpdateOrder() {}

  static List<Update> of(Model model, Equations equations) {
    List<Update> ordered = new ArrayList<>();
    List<Update> left = new ArrayList<>(equations.updates());
    while (!left.isEmpty()) {
      List<Update> ready =
          left.stream()
              .filter(update -> left.stream().noneMatch(other -> uses(update, other)))
              .toList();
      if (ready.isEmpty()) {
        String circle =
            String.join(
                "\n",
                left.stream()
                    .map(
                        update ->
                            ExprPrinter.TEXT.print(Symbols.newValue(update.state()))
                                + " = "
                                + ExprPrinter.TEXT.print(update.value()))
                    .toList());
        throw Failure.at(
                model.spec().name().span(), Code.CYCLE, "updates depend on each other in a circle")
            .note(circle);
      }
      ordered.addAll(ready);
      left.removeAll(ready);
    }
    return ordered;
  }

  private static boolean uses(Update update, Update other) {
    Expr newValue = Symbols.newValue(other.state());
    return Walk.contains(update.value(), newValue);
  }
}
