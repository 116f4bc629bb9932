package org.blrc.derive;

import java.util.List;
import java.util.stream.Collectors;
import org.blrc.symbolic.CoordinateSums;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.syntax.Code;
import org.blrc.syntax.Span;

/** The Levi-Civita connections that the text at a place asks for. */
record Connections(Model model, Span span) {

  /** That of one state, for tangents that are read where they stand. */
  Value.Bilinear of(Sym state) {
    refuseGroups();
    List<Sym> tied = model.blockwise() ? List.of() : model.tiedTo(state);
    if (!tied.isEmpty()) {
      throw Failure.at(
              span,
              Code.SHAPE,
              "the step moves `%s` together with %s, to which its Fisher information ties it"
                  .formatted(state.name(), names(tied)))
          .hint("name all of them at once, in a rule that is declared for several states (`x...`)");
    }
    Expr ofOne = model.connection(state).orElseThrow(() -> none(List.of(state)));
    Expr coefficient = state.shared() ? together(state, ofOne) : ofOne;
    Sym left = Symbols.direction(state);
    Sym right = Symbols.secondDirection(state);
    return new Value.Bilinear(
        Exprs.mul(coefficient, left, right), List.of(left), List.of(right), List.of());
  }

  /**
   * That of a state which all coordinates share, whose Fisher information F is the sum of theirs:
   * F' / (2 F) is the mean of F Gamma over the mean of F.
   */
  private Expr together(Sym state, Expr ofOne) {
    if (!CoordinateSums.varies(ofOne)) {
      return ofOne;
    }
    Expr fisher = model.posterior().fisher(List.of(state)).getFirst().getFirst();
    return Exprs.divide(SharedStep.average(Exprs.mul(fisher, ofOne)), SharedStep.average(fisher));
  }

  /** That of several states which move together. */
  JointConnection of(List<Sym> states) {
    refuseGroups();
    JointConnection connection =
        JointConnection.of(states, model.posterior()).orElseThrow(() -> none(states));
    boolean shared = states.stream().anyMatch(Sym::shared);
    boolean alike =
        states.stream().allMatch(Sym::shared)
            && connection.values().stream().noneMatch(CoordinateSums::varies);
    if (shared && !alike) {
      throw Failure.at(
              span,
              Code.SHAPE,
              "all coordinates share %s, which cannot follow a connection together with states that differ"
                  .formatted(names(states.stream().filter(Sym::shared).toList())))
          .hint("correct each state by itself, with `step blockwise`");
    }
    return connection;
  }

  private void refuseGroups() {
    if (model.family().group().isPresent()) {
      throw Failure.at(
              span, Code.PATTERN, "a group moves the posterior, and its step follows no connection")
          .hint("leave the rule out: the exponential map is exact");
    }
  }

  private Failure none(List<Sym> states) {
    return Failure.at(
        span,
        Code.PATTERN,
        "the posterior does not depend on %s, so there is no connection".formatted(names(states)));
  }

  private static String names(List<Sym> states) {
    return states.stream().map(state -> "`" + state.name() + "`").collect(Collectors.joining(", "));
  }
}
