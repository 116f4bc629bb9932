package org.blrc.derive;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.blrc.symbolic.CoordinateSums;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.ExprPrinter;
import org.blrc.symbolic.Walk;
import org.blrc.syntax.Code;

/** Which states all coordinates share. */
final class SharedStates {

  private SharedStates() {}

  /**
   * Those of a rule's states that coordinates share because shared states move with them, as a
   * momentum of a shared state: their updates are the same for all coordinates.
   */
  static Set<Sym> among(List<Sym> added, Equations equations) {
    Set<Sym> shared = new HashSet<>(added);
    shared.removeIf(Sym::shared);
    while (true) {
      UnaryOperator<Expr> inShared = Progress.inShared(shared);
      List<Sym> differ =
          shared.stream().filter(state -> differs(state, equations, inShared)).toList();
      if (differ.isEmpty()) {
        break;
      }
      differ.forEach(shared::remove);
    }
    boolean needed =
        equations.updates().stream()
            .filter(update -> update.state().shared())
            .anyMatch(update -> Walk.contains(update.value(), part -> isAmong(part, shared)));
    return needed ? shared : Set.of();
  }

  private static boolean differs(Sym state, Equations equations, UnaryOperator<Expr> inShared) {
    return equations
        .of(state)
        .filter(update -> CoordinateSums.varies(inShared.apply(update.value())))
        .isPresent();
  }

  private static boolean isAmong(Expr part, Set<Sym> states) {
    return part instanceof Sym symbol
        && (states.contains(symbol) || states.contains(symbol.as(Sym.Kind.STATE)));
  }

  /** Requires of a shared state that its new value is the same for all coordinates. */
  static void check(Model model, Update update) {
    if (update.state().shared() && CoordinateSums.varies(update.value())) {
      throw Failure.at(
              model.spec().name().span(),
              Code.SHAPE,
              "all coordinates share `%s`, but its new value differs between them"
                  .formatted(update.state().name()))
          .note(
              "in: "
                  + ExprPrinter.TEXT.print(Symbols.newValue(update.state()))
                  + " = "
                  + ExprPrinter.TEXT.print(update.value()))
          .hint(
              "a rule may rewrite what is averaged, but not put something else beside the average");
    }
  }
}
