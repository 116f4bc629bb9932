package org.blrc.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.blrc.symbolic.Expr.Sym;

/** The update equations, one for each state, in order of declaration. */
record Equations(List<Update> updates) {

  Equations {
    updates = List.copyOf(updates);
  }

  Optional<Update> of(Sym state) {
    return updates.stream().filter(update -> update.state().equals(state)).findFirst();
  }

  Equations with(Update changed) {
    return new Equations(
        updates.stream()
            .map(
                update -> update.state().equals(changed.state()) ? changed : update.beside(changed))
            .toList());
  }

  Equations and(Update added) {
    List<Update> extended = new ArrayList<>(updates);
    extended.add(added);
    return new Equations(extended);
  }

  Equations map(UnaryOperator<Update> change) {
    return new Equations(updates.stream().map(change).toList());
  }
}
