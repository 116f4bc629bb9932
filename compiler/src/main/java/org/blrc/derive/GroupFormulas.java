package org.blrc.derive;

import java.util.List;
import org.blrc.symbolic.Expr;

/** The theory's formulas for posteriors that a group moves. */
final class GroupFormulas {

  private GroupFormulas() {}

  /** How a move of the base variable x moves a draw that is a function of it. */
  static Step.Label carried(Expr.Sym variable) {
    String name = variable.name();
    return Step.Label.of(
        "d%1$s = (d%1$s / dx) dx".formatted(name),
        in -> {
          String moved = in.row(in.words("d"), in.name(name));
          String base = in.row(in.words("d"), in.name("x"));
          return Formulas.equation(in, moved, in.product(List.of(in.fraction(moved, base), base)));
        });
  }

  /** The entropy up to that of the noise. */
  static Step.Label entropyOfDraws(Expr.Sym variable, Expr.Noise noise) {
    String drawn = variable.name();
    String from = noise.name();
    return Step.Label.of(
        "entropy = entropy of %2$s + E[log|d%1$s / d%2$s|]".formatted(drawn, from),
        in -> {
          String slope = in.fraction(in.partial(in.name(drawn)), in.partial(in.name(from)));
          return Formulas.equation(
              in,
              in.call(in.script('H'), in.name("q")),
              in.row(
                  in.call(in.script('H'), in.name(from)),
                  in.term(
                      false,
                      in.expectation(
                          in.row(in.operator("log"), in.sign('|'), slope, in.sign('|'))))));
        });
  }

  /** The step along a one-parameter subgroup. */
  static Step.Label groupStep() {
    return Step.Label.of(
        "new(g) = g exp(-rate * grad)",
        in -> {
          String g = in.name("g");
          String step =
              in.product(
                  List.of(
                      in.expression(Symbols.RATE),
                      in.row(in.gradient(in.name("u")), in.script('L'))));
          return Formulas.equation(
              in, in.renewed(g), in.row(g, in.call(in.operator("exp"), in.term(true, step))));
        });
  }
}
