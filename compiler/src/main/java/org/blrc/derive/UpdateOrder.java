package org.blrc.derive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
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
    IdentityHashMap<Update, Set<Update>> used = new IdentityHashMap<>();
    left.forEach(update -> used.put(update, used(update, equations.updates())));
    while (!left.isEmpty()) {
      List<Update> ready =
          left.stream()
              .filter(update -> left.stream().noneMatch(used.get(update)::contains))
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

  /** The updates whose new values one of them contains. */
  private static Set<Update> used(Update update, List<Update> all) {
    Expr value = update.value();
    Set<Update> used = Collections.newSetFromMap(new IdentityHashMap<>());
    all.stream()
        .filter(other -> Walk.contains(value, Symbols.newValue(other.state())))
        .forEach(used::add);
    return used;
  }
}
